"""Words of feedback that other apps may use."""

from __future__ import annotations

from django.db import models


class Satisfaction(models.IntegerChoices):
    """The five faces; satisfied means 4 or more."""

    VERY_UNSATISFIED = 1, "Rất không hài lòng"
    UNSATISFIED = 2, "Không hài lòng"
    NEUTRAL = 3, "Bình thường"
    SATISFIED = 4, "Hài lòng"
    VERY_SATISFIED = 5, "Rất hài lòng"
