"""Answers patients' questions with passages quoted character for character from source documents."""

__version__ = "0.1.0"
