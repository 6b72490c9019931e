"""The operator's options, environment and file in, one configuration out."""

from bot.settings.configured import configured
from bot.settings.engine import Engine
from bot.settings.groups import Configuration, Reading, Serving, Settings, Talking, Watching

__all__ = ["Configuration", "Engine", "Reading", "Serving", "Settings", "Talking", "Watching", "configured"]
