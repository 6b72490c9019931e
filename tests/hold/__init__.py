"""What is done to the program before others do it: made-up input, load, kills, dear questions."""

from pathlib import Path

STARTER_CORPUS = Path(__file__).resolve().parents[2] / "corpus"
