"""What of a subject is asked, and what of it a passage tells: symptoms, causes, treatment, outlook, ..."""

from bot.aspects.inventory import ASPECTS, Distribution
from bot.aspects.passage_aspects import PassageAspects
from bot.aspects.question_aspects import QuestionAspects

__all__ = ["ASPECTS", "Distribution", "PassageAspects", "QuestionAspects"]
