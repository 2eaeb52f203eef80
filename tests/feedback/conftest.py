"""A printed survey code of the ward, as a citizen holds it."""

from __future__ import annotations

import pytest

from feedback.services.load_questions import load_questions
from haddong_portal.accounts.models import Unit
from haddong_portal.common.survey_codes import survey_code
from tests.factories import MORNING


@pytest.fixture
def code(ward: Unit) -> str:
    load_questions()
    return survey_code(
        unit_id=ward.pk, form="01", procedure_code="1.001193", slip="receipt/1", issued_on=MORNING.date()
    )
