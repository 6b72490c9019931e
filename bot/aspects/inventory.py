"""The aspects, in the order in which documents about an illness tend to tell them."""

import numpy as np
from numpy.typing import NDArray

# One row of probabilities, or a row per passage, in the order of ASPECTS.
Distribution = NDArray[np.float64]

ASPECTS = (
    "information",
    "frequency",
    "causes",
    "genetic changes",
    "inheritance",
    "susceptibility",
    "symptoms",
    "complications",
    "exams and tests",
    "stages",
    "treatment",
    "outlook",
    "prevention",
    "considerations",
    "research",
    "support groups",
    "none",
)
