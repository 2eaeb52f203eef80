"""From the intake page to a slip of the counter and back: guided, listed, printed again, remembered."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from dossiers.models import Dossier, IntakeDraft, Slip
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.actors import Actor
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import PublishedProcedure, make_actor
from tests.flows.desk import codes_on, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan(desk_clerk_lan: Actor, open_session: OpenSession) -> Client:
    return open_session(desk_clerk_lan)


@pytest.fixture
def form(intake_form: dict[str, str], procedure: PublishedProcedure) -> dict[str, str]:
    """The required paper was not brought."""
    return intake_form | {f"paper-{procedure.papers[0].pk}-state": "missing"}


def aside(client: Client, form: dict[str, str], way: str) -> str:
    """Press the button on a fresh draft; the address of the slip's form."""
    draft = str(client.get(reverse("dossiers:intake"))["Location"])
    return str(client.post(f"{draft}khong-nhan/", form | {"way": way})["Location"])


def guided(client: Client, form: dict[str, str], paper: int, **more: str) -> Slip:
    path = aside(client, form, "huong-dan")
    answer = client.post(path, {f"fault_{paper}": "missing", "reason": "Mang tờ khai đã ký", **more})
    assert answer.status_code == 302, answer.content.decode()
    slip = Slip.objects.latest("pk")
    assert answer["Location"] == reverse("dossiers:counter-slip", args=[slip.pk])
    return slip


def test_what_was_typed_becomes_guidance(lan: Client, form: dict[str, str], procedure: PublishedProcedure) -> None:
    needed, optional = procedure.papers
    path = aside(lan, form, "huong-dan")
    page = lan.get(path).content.decode()
    assert "Trần Thị Thử" in page and needed.name in page and optional.name in page
    assert '<option value="missing" selected' in page, "what the checklist lacks is asked for already"
    slip = guided(lan, form, needed.pk)
    assert (slip.applicant_name, slip.dossier_id, slip.procedure_id) == (
        "Trần Thị Thử",
        None,
        procedure.procedure.pk,
    )
    assert not IntakeDraft.objects.exists() and not Dossier.objects.exists()
    shown = lan.get(reverse("dossiers:counter-slip", args=[slip.pk])).content.decode()
    assert needed.name in shown and "Mang tờ khai đã ký" in shown


def test_incomplete_guidance_comes_back_with_its_sentence(
    lan: Client, form: dict[str, str], procedure: PublishedProcedure
) -> None:
    answer = lan.post(aside(lan, form, "huong-dan"), {"reason": "Đang gõ"})
    page = answer.content.decode()
    assert answer.status_code == 400 and "guidance.no_lines" in page and "Đang gõ" in page
    other = {f"fault_{procedure.papers[1].pk}": "wrong"}
    assert "guidance.incomplete" in lan.post(aside(lan, form, "huong-dan"), other).content.decode()
    assert not Slip.objects.exists()


def test_who_comes_back_is_met_with_what_was_missing(
    lan: Client, form: dict[str, str], procedure: PublishedProcedure
) -> None:
    slip = guided(lan, form, procedure.papers[0].pk)
    draft = str(lan.get(reverse("dossiers:intake"))["Location"])
    scan = {"procedure_code": form["procedure_code"], "case_id": form["case_id"], "payload": form["personal_id"]}
    answer = lan.post(f"{draft}nguoi-nop/", scan).content.decode()
    assert 'id="guided"' in answer and procedure.papers[0].name in answer
    assert reverse("dossiers:counter-slip", args=[slip.pk]) in answer
    again = aside(lan, form, "huong-dan")
    page = lan.get(again)
    assert "Người này đã được hướng dẫn" in page.content.decode()
    paper = procedure.papers[0].pk
    refused = lan.post(again, {f"fault_{paper}": "missing"})
    assert refused.status_code == 409 and "guidance.already_given" in refused.content.decode()
    second = guided(lan, form, paper, again="same_papers")
    assert second.replaces_id == slip.pk


def test_a_refusal_needs_no_procedure(lan: Client, form: dict[str, str]) -> None:
    path = aside(lan, form | {"procedure_code": "", "case_id": ""}, "tu-choi")
    assert lan.post(path, {"request": "", "reason": ""}).status_code == 422
    answer = lan.post(path, {"request": "Cấp hộ chiếu", "reason": "Thuộc thẩm quyền của công an thành phố"})
    slip = Slip.objects.get()
    assert answer["Location"] == reverse("dossiers:counter-slip", args=[slip.pk])
    assert (slip.form_kind, slip.procedure_id, slip.request) == ("refusal", None, "Cấp hộ chiếu")


def test_guidance_without_a_procedure_leads_back(lan: Client, form: dict[str, str]) -> None:
    path = aside(lan, form | {"procedure_code": "", "case_id": ""}, "huong-dan")
    assert lan.get(path).status_code == lan.post(path).status_code == 302
    assert not Slip.objects.exists()


def test_the_papers_say_what_was_said_and_carry_the_survey(
    lan: Client, form: dict[str, str], procedure: PublishedProcedure
) -> None:
    slip = guided(lan, form, procedure.papers[0].pk)
    pdf = lan.get(reverse("dossiers:counter-slip-pdf", args=[slip.pk])).content
    text = text_of(pdf)
    for expected in ("Trần Thị Thử", procedure.papers[0].name, "Mang tờ khai đã ký", "Nguyễn Thị Lan", "001190000001"):
        assert expected in text, text
    assert any("/danh-gia/" in code for code in codes_on(pdf))
    lan.post(aside(lan, form, "tu-choi"), {"request": "Khai lại", "reason": "Trùng\nKhông đủ điều kiện"})
    refused = Slip.objects.latest("pk")
    pdf = lan.get(reverse("dossiers:counter-slip-pdf", args=[refused.pk])).content
    assert "Không đủ điều kiện" in text_of(pdf) and any("/danh-gia/" in code for code in codes_on(pdf))
    assert AuditEntry.objects.filter(action="slip.read").count() == 2


def test_slips_are_their_units_own(
    lan: Client,
    form: dict[str, str],
    procedure: PublishedProcedure,
    stranger_nga: Actor,
    ward: Unit,
    open_session: OpenSession,
) -> None:
    slip = guided(lan, form, procedure.papers[0].pk)
    lists = reverse("dossiers:counter-slips")
    assert "Trần Thị Thử" in lan.get(lists).content.decode()
    assert "Trần Thị Thử" not in lan.get(f"{lists}?loai=refusal").content.decode()
    nga = open_session(stranger_nga)
    assert "Trần Thị Thử" not in nga.get(lists).content.decode()
    inspector = open_session(make_actor(ward, Role.INSPECTOR, "Đỗ Văn Thanh"))
    for name in ("counter-slip", "counter-slip-pdf"):
        path = reverse(f"dossiers:{name}", args=[slip.pk])
        assert nga.get(path).status_code == 404
        assert inspector.get(path).status_code == 403
    dossiers_own = Slip.objects.filter(pk=slip.pk)
    assert dossiers_own.get().unit_id == ward.pk


def test_the_list_is_paged(lan: Client, desk_clerk_lan: Actor, ward: Unit) -> None:
    from tests.dossiers.services.test_counter_slips import refuse
    from tests.factories import citizen

    for number in range(1, 53):
        refuse(desk_clerk_lan, person=citizen(f"Người số {number:03d}", personal_id=""))
    first = lan.get(reverse("dossiers:counter-slips")).content.decode()
    assert "Người số 052" in first and "Người số 002" not in first
    last = Slip.objects.order_by("-pk")[49].pk
    second = lan.get(f"{reverse('dossiers:counter-slips')}?truoc={last}").content.decode()
    assert "Người số 002" in second and "Người số 052" not in second
