"""A message in, the fixed notice that it calls for out: an emergency, or thoughts of suicide."""

from bot.notices.detect import detect, gravest, languages

__all__ = ["detect", "gravest", "languages"]
