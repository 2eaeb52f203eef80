"""The control sheet of a dossier, printed from its step log alone."""

from __future__ import annotations

import pytest

from dossiers.models import StepRun
from dossiers.selectors.control_sheet_pdf import control_sheet_data, control_sheet_pdf
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound
from tests.dossiers.conftest import Story
from tests.factories import MORNING

pytestmark = pytest.mark.django_db


def test_every_hand_over_of_the_log_is_a_row(story: Story) -> None:
    dossier = story.returned()
    assert dossier.accepted_at is not None
    sheet = control_sheet_data(dossier, accepted_at=dossier.accepted_at, now=story.now())
    runs = StepRun.objects.filter(dossier=dossier, branch=0).count()
    assert len(sheet.rows) == runs - 1
    assert sheet.rows[0].result == "" and sheet.rows[-1].to_unit == sheet.head.body_name
    assert {row.result for row in sheet.rows[1:]} <= {"trước hạn", "đúng hạn", "quá hạn"}
    assert (sheet.dossier_code, sheet.head.form_name) == (dossier.code, "Phiếu kiểm soát quá trình giải quyết hồ sơ")


def test_it_is_printed_for_whoever_may_see_the_dossier(story: Story, stranger_nga: Actor) -> None:
    dossier = story.taken()
    assert control_sheet_pdf(actor=story.officer, code=dossier.code, now=story.now()).startswith(b"%PDF")
    assert AuditEntry.objects.filter(action="dossier.slip", purpose="in phiếu kiểm soát").count() == 1
    with pytest.raises(NotFound):
        control_sheet_pdf(actor=stranger_nga, code=dossier.code, now=MORNING)
