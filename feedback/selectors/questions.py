"""The questions of the survey's second page."""

from __future__ import annotations

from feedback.models import SurveyQuestion


def active_questions() -> list[SurveyQuestion]:
    """The questions asked today, in their order."""
    return list(SurveyQuestion.objects.filter(is_active=True))
