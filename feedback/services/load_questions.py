"""Load the shipped question bank. System; makes the questions that are missing and leaves the others as they are."""

from __future__ import annotations

import json
from pathlib import Path

from django.db import transaction

from feedback.models import SurveyQuestion

DATA_FILE = Path(__file__).parent.parent / "data" / "survey_questions.json"


@transaction.atomic
def load_questions() -> tuple[int, int]:
    """(made, kept)."""
    shipped = json.loads(DATA_FILE.read_text(encoding="utf-8"))["questions"]
    known = set(SurveyQuestion.objects.values_list("code", flat=True))
    missing = [entry for entry in shipped if entry["code"] not in known]
    SurveyQuestion.objects.bulk_create(
        SurveyQuestion(
            code=entry["code"],
            wording=entry["wording"],
            choices=[{"value": value, "label": label} for value, label in enumerate(entry["choices"], start=1)],
            position=entry["position"],
            source=entry["source"],
        )
        for entry in missing
    )
    return len(missing), len(shipped) - len(missing)
