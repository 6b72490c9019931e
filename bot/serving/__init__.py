"""A folder that changes in, the assistant over its latest settled state out."""

from bot.library.look import Look, Stamp, look_at
from bot.serving.served import Served, Standing
from bot.serving.watch import Watch

__all__ = ["Look", "Served", "Stamp", "Standing", "Watch", "look_at"]
