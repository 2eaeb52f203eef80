"""Corrections, losses and new receipts on the dossier's page."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from dossiers.models import Correction, Dossier, LossReport, ResultFile, Slip
from dossiers.services.intake_data import OrganisationData
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.citizens.models import Organisation
from tests.dossiers.conftest import Story
from tests.dossiers.screens.conftest import OpenSession, unfold
from tests.dossiers.services.test_repair import day_off
from tests.factories import citizen, make_actor

pytestmark = pytest.mark.django_db


def page_of(client: Client, dossier: Dossier) -> str:
    return client.get(reverse("dossiers:dossier", args=[dossier.code])).content.decode()


def press(client: Client, dossier: Dossier, act: str, **data: object) -> int:
    command = {"correct": "correct_mistake", "report-loss": "report_loss", "reissue-receipt": "reissue_receipt"}[act]
    answer = client.post(
        reverse(f"dossiers:{act}", args=[dossier.code]), {f"{command}-{key}": value for key, value in data.items()}
    )
    return int(answer.status_code)


def test_a_clerk_corrects_and_the_page_shows_before_and_after(
    story: Story, open_session: OpenSession, ward: Unit
) -> None:
    dossier = story.received()
    lan = open_session(story.clerk)
    assert 'name="correct_mistake-target"' in unfold(lan, dossier.code, "correct_mistake")
    facts = {"target": "applicant_name", "new_value": "Trần Văn Tuấn", "mistake_by": "agency", "reason": "Gõ nhầm"}
    assert press(lan, dossier, "correct", **facts) == 302
    page = page_of(lan, dossier)
    assert "<del>Trần Văn Tú</del>" in page and "<ins>Trần Văn Tuấn</ins>" in page
    inspector = open_session(make_actor(ward, Role.INSPECTOR, "Đỗ Văn Thanh"))
    seen = page_of(inspector, dossier)
    assert "Sửa tên người nộp" in seen and "<del>" not in seen, "who reads no personal data sees no old values"
    assert Slip.objects.filter(dossier=dossier, form_kind="receipt").count() == 2


def test_an_organisations_name_and_code_are_offered_and_corrected(story: Story, open_session: OpenSession) -> None:
    company = OrganisationData("Công ty TNHH Lụa Vạn Phúc", "0101234567")
    dossier = story.received(person=None, organisation=company, representative=citizen("Lê Minh Khôi", 7))
    lan = open_session(story.clerk)
    form = unfold(lan, dossier.code, "correct_mistake")
    assert "Sửa cả tên trong dữ liệu tổ chức" in form
    assert 'value="tax_code"' in form and 'value="personal_id"' not in form
    facts = {"target": "applicant_name", "new_value": "Công ty TNHH Lụa Hà Đông", "also_record": "on"}
    assert press(lan, dossier, "correct", **facts, mistake_by="applicant", reason="Gõ nhầm") == 302
    assert Organisation.objects.get().name == "Công ty TNHH Lụa Hà Đông"
    assert "Đã sửa cả dữ liệu tổ chức" in page_of(lan, dossier)


def test_a_refused_correction_comes_back_with_its_words(story: Story, open_session: OpenSession) -> None:
    dossier = story.received()
    facts = {"target": "applicant_name", "new_value": "Trần Văn Tú", "mistake_by": "agency", "reason": "Đang gõ lý do"}
    answer = open_session(story.clerk).post(
        reverse("dossiers:correct", args=[dossier.code]),
        {f"correct_mistake-{key}": value for key, value in facts.items()},
    )
    page = answer.content.decode()
    assert answer.status_code == 400 and "correction.same_value" in page and "Đang gõ lý do" in page
    assert not Correction.objects.exists()


def test_a_wrong_result_is_replaced_on_the_page(story: Story, open_session: OpenSession) -> None:
    dossier = story.done()
    wrong = ResultFile.objects.get(dossier=dossier)
    lan = open_session(story.clerk)
    assert f'value="result:{wrong.pk}"' in unfold(lan, dossier.code, "correct_mistake")
    facts = {"target": f"result:{wrong.pk}", "name": "Bản đúng", "mistake_by": "agency", "reason": "Sai năm sinh"}
    assert press(lan, dossier, "correct", **facts) == 302
    page = page_of(lan, dossier)
    assert "đã thay bằng bản khác" in page and "Bản đúng" in page
    assert f'value="result:{wrong.pk}"' not in unfold(lan, dossier.code, "correct_mistake")


def test_lost_papers_and_a_new_receipt(story: Story, open_session: OpenSession) -> None:
    dossier = story.taken()
    lan = open_session(story.clerk)
    assert "<summary>Cấp lại giấy hẹn</summary>" not in page_of(lan, dossier), "nothing new to print"
    assert press(lan, dossier, "report-loss", what="Ảnh thẻ", reason="Thất lạc") in (400, 422)
    assert press(lan, dossier, "report-loss", what="Ảnh thẻ", reason="Thất lạc", remedy="Chụp lại") == 302
    assert LossReport.objects.get().cost_vnd == 0
    day_off()
    Dossier.objects.filter(pk=dossier.pk).update(recomputed_due_at=dossier.due_at)
    assert "<summary>Cấp lại giấy hẹn</summary>" in page_of(lan, dossier)
    assert press(lan, dossier, "reissue-receipt", reason="lịch làm việc thay đổi") == 302
    assert "<summary>Cấp lại giấy hẹn</summary>" not in page_of(lan, dossier)
