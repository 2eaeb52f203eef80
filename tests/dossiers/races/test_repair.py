"""Two people put the same thing right, or hand out the same receipt, at the same moment."""

from __future__ import annotations

from functools import partial

import pytest
from django.core.files.base import ContentFile

from dossiers.constants import FormKind
from dossiers.models import Correction, ResultFile, Slip
from dossiers.services.correct_mistake import FieldChange, ResultChange, correct_mistake
from dossiers.services.record_result import ResultData
from dossiers.services.reissue_receipt import reissue_receipt
from haddong_portal.common.errors import DomainError
from tests.dossiers.conftest import PDF, Story
from tests.dossiers.races.conftest import AtOnce
from tests.dossiers.services.test_repair import day_off

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def codes(answers: list[object]) -> list[str]:
    return sorted(answer.code if isinstance(answer, DomainError) else "ok" for answer in answers)


def test_a_new_receipt_is_handed_out_once(at_once: AtOnce, story: Story) -> None:
    dossier = story.taken()
    day_off()
    act = partial(reissue_receipt, actor=story.clerk, dossier_id=dossier.pk, reason="lịch đổi", now=story.now())
    assert codes(at_once([act, act])) == ["ok", "receipt.nothing_new"]
    assert Slip.objects.filter(form_kind=FormKind.RECEIPT).count() == 2


def test_a_result_is_replaced_once_and_only_its_file_stays(at_once: AtOnce, story: Story) -> None:
    dossier = story.done()
    wrong = ResultFile.objects.get(dossier=dossier)

    def replace_it() -> object:
        result = ResultData(name="Bản đúng", file=ContentFile(PDF, name="dung.pdf"))
        return correct_mistake(
            actor=story.leader,
            dossier_id=dossier.pk,
            change=ResultChange(wrong.pk, result),
            mistake_by="agency",
            reason="Sai năm sinh",
        )

    assert codes(at_once([replace_it, replace_it])) == ["correction.already_replaced", "ok"]
    assert ResultFile.objects.count() == 2 and Correction.objects.count() == 1


def test_of_two_who_saw_the_same_page_one_corrects(at_once: AtOnce, story: Story) -> None:
    dossier = story.received()
    calls = [
        partial(
            correct_mistake,
            actor=story.clerk,
            dossier_id=dossier.pk,
            change=FieldChange("applicant_address", address),
            mistake_by="applicant",
            reason="Gõ nhầm",
            row_version=dossier.row_version,
        )
        for address in ("Số 1", "Số 2")
    ]
    assert codes(at_once(calls)) == ["dossier.changed", "ok"]
    assert Correction.objects.count() == 1
