"""What is imported of nltk, and what is not."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys, bot.nltk_parts
print(sum(name.startswith("nltk") for name in sys.modules), "nltk" in sys.modules)
from nltk.stem import PorterStemmer, SnowballStemmer
print(PorterStemmer().stem("kettles"), SnowballStemmer is bot.nltk_parts.SnowballStemmer)
"""


def test_a_start_imports_little_of_nltk_and_leaves_the_rest_as_it_is() -> None:
    told = subprocess.run(
        (sys.executable, "-c", PROGRAM),
        cwd=Path(__file__).resolve().parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    first, second = told.stdout.splitlines()
    count, there = first.split()
    assert (int(count) < 20, there) == (True, "False")
    assert second == "kettl True"
