"""Fits what the bot has learned, from question sets and from the phrasings written here."""
