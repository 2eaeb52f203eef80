"""The process editor and the delegations, page by page: what is shown, what is done, what is refused in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit, User
from haddong_portal.common import clock
from procedures.models import Delegation, IsoProcess, Procedure, UnitProcedure
from tests.factories import UnitFactory, make_process
from tests.procedures.screens.conftest import BIRTH

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client, performed: Unit, person_in: Callable[[Role], User]) -> Client:
    client.force_login(person_in(Role.CATALOGUE_EDITOR))
    return client


@pytest.fixture
def process(catalogue: None) -> IsoProcess:
    """In force for births, five steps."""
    process = make_process(Procedure.objects.get(national_code=BIRTH))
    process.steps.update(record="Phiếu")
    return process


@pytest.fixture
def draft(editor: Client, process: IsoProcess) -> IsoProcess:
    editor.post(reverse("procedures:iso-next", args=[process.pk]))
    return IsoProcess.objects.get(code=process.code, version=2)


def page(client: Client, name: str, *args: int, query: str = "") -> str:
    response = client.get(reverse(f"procedures:{name}", args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def step_fields(**changes: object) -> dict[str, object]:
    fields = {
        "name": "Lấy ý kiến",
        "action": "verify",
        "hours": "4",
        "role": "officer",
        "place": "handling",
        "branch": 0,
    }
    return {**fields, "record": "Văn bản", **changes}


def test_the_list_names_issues_by_where_they_stand(editor: Client, draft: IsoProcess) -> None:
    everything = page(editor, "iso-list")
    assert everything.count(draft.code) >= 2
    assert "Đang áp dụng" in everything and "Dự thảo" in everything
    drafts = page(editor, "iso-list", query="?trang-thai=du-thao")
    assert "lần 2" in drafts and "lần 1" not in drafts
    assert "Không có quy trình nào ở đây" in page(editor, "iso-list", query="?q=khong-co")


def test_a_process_shows_its_line_its_steps_and_the_check(editor: Client, process: IsoProcess) -> None:
    shown = page(editor, "iso-process", process.pk)
    assert shown.count("<text x=") == 5
    assert "Đủ điều kiện ban hành." in shown
    assert "Lập lần ban hành sau" in shown and "Thêm bước" not in shown


def test_a_draft_is_edited_step_by_step(editor: Client, draft: IsoProcess) -> None:
    address = reverse("procedures:iso-step-new", args=[draft.pk])
    added = editor.post(f"{address}?sau=3", step_fields())
    assert added["Location"].endswith("#buoc-4")
    step = draft.steps.get(sequence=4)
    moved = editor.post(reverse("procedures:iso-step-move", args=[draft.pk, step.pk]), {"chieu": "len"})
    assert moved["Location"].endswith("?chieu=len&buoc=3#buoc-3")
    changed = step_fields(hours="2.5", branch=1, starts_after=2, joins_before=4, returns_to="")
    editor.post(reverse("procedures:iso-step", args=[draft.pk, step.pk]), changed)
    step.refresh_from_db()
    assert (step.sequence, step.limit_minutes, step.branch, step.starts_after) == (3, 150, 1, 2)
    assert "Nhánh 1, song song với tuyến chính" in page(editor, "iso-process", draft.pk)
    editor.post(reverse("procedures:iso-step-move", args=[draft.pk, step.pk]), {"chieu": "xoa"})
    assert draft.steps.count() == 5


def test_what_a_step_lacks_is_told_on_its_form_and_in_the_check(editor: Client, draft: IsoProcess) -> None:
    address = reverse("procedures:iso-step-new", args=[draft.pk])
    refused = editor.post(address, step_fields(branch=1, starts_after=3, joins_before=2))
    assert refused.status_code == 400
    assert "process.branch_joins_too_early" in refused.content.decode()
    assert editor.post(address, step_fields(returns_to="ba")).status_code == 400
    editor.post(address, step_fields(role="", record=""))
    shown = page(editor, "iso-process", draft.pk)
    assert "process.no_role" in shown and "process.no_record" in shown and "process.dead_end" in shown


def test_issuing_is_closed_until_the_check_passes_then_writes_the_decision(editor: Client, draft: IsoProcess) -> None:
    today = clock.today()
    decision = {
        "decision_no": "45/QĐ-UBND",
        "decided_on": today.isoformat(),
        "valid_from": (today + timedelta(days=1)).isoformat(),
        "approver_name": "Nguyễn Văn Trường",
        "approver_title": "Chủ tịch UBND quận",
    }
    address = reverse("procedures:iso-publish", args=[draft.pk])
    assert "process.amendment_missing" in editor.post(address, decision).content.decode()
    assert editor.post(address, {**decision, "amendment": "Rút ngắn"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.decision_no) == ("published", "45/QĐ-UBND")
    assert "Sắp áp dụng" in page(editor, "iso-process", draft.pk)


def test_two_issues_are_compared(editor: Client, process: IsoProcess, draft: IsoProcess) -> None:
    step = draft.steps.get(sequence=3)
    editor.post(reverse("procedures:iso-step", args=[draft.pk, step.pk]), step_fields(name=step.name, action="examine"))
    shown = page(editor, "iso-compare", draft.pk)
    assert "lần 1 và lần 2" in shown
    assert "19 giờ làm việc (2,38 ngày)" in shown and "4 giờ làm việc" in shown
    response = editor.get(reverse("procedures:iso-compare", args=[process.pk]))
    assert response.status_code == 404


def test_the_history_names_who_and_what(editor: Client, draft: IsoProcess) -> None:
    shown = page(editor, "iso-history", draft.pk)
    assert "Nguyễn Thu Lan" in shown and "Thêm bước" in shown


def test_the_document_is_written_and_printed(editor: Client, draft: IsoProcess) -> None:
    address = reverse("procedures:iso-document", args=[draft.pk])
    filled = {
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "0",
        "form-0-number": "1",
        "form-0-title": "Mục đích",
        "form-0-kind": "purpose",
        "form-0-body": "Để người dân nhận kết quả đúng hẹn.",
        "form-1-kind": "other",
        "forms_text": "BM-01 | Tờ khai\nGiấy cam kết",
        "records_text": "Tờ khai | 05 năm | Lưu trữ phường",
        "recipients_text": "Công chức Tư pháp - Hộ tịch",
    }
    assert editor.post(address, filled).status_code == 302
    assert list(draft.sections.values_list("number", "title")) == [("1", "Mục đích")]
    assert list(draft.forms.values_list("code", "name")) == [("BM-01", "Tờ khai"), ("", "Giấy cam kết")]
    assert list(draft.records.values_list("kept_for", "kept_at")) == [("05 năm", "Lưu trữ phường")]
    again = editor.post(address, {**filled, "forms_text": "BM-01 | Tờ khai\nBM-01 | Đơn"})
    assert again.status_code == 400
    pdf = editor.get(reverse("procedures:iso-pdf", args=[draft.pk]))
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")


def test_a_new_process_is_started_and_thrown_away(editor: Client) -> None:
    address = reverse("procedures:iso-new")
    head = {"code": "QT-HT-77", "name": "Thử", "procedure_code": BIRTH, "level": "xa", "kind": "multi_day"}
    assert "procedure.not_found" in editor.post(address, {**head, "procedure_code": "9.9"}).content.decode()
    assert editor.post(address, head).status_code == 302
    process = IsoProcess.objects.get(code="QT-HT-77")
    named = {**head, "name": "Tên mới", "promised_cut_hours": "8"}
    editor.post(reverse("procedures:iso-head", args=[process.pk]), named)
    process.refresh_from_db()
    assert (process.name, process.promised_cut_minutes) == ("Tên mới", 480)
    editor.post(reverse("procedures:iso-discard", args=[process.pk]))
    assert not IsoProcess.objects.filter(code="QT-HT-77").exists()


def test_an_issue_is_retired_from_its_page(editor: Client, process: IsoProcess) -> None:
    address = reverse("procedures:iso-retire", args=[process.pk])
    ends = (clock.today() + timedelta(days=3)).isoformat()
    editor.post(address, {"ends_on": ends, "reason": ""})
    process.refresh_from_db()
    assert process.state == "published"
    editor.post(address, {"ends_on": ends, "reason": "Thủ tục bị bãi bỏ"})
    process.refresh_from_db()
    assert process.state == "retired"


def test_a_leader_reads_but_does_not_write(
    client: Client, process: IsoProcess, person_in: Callable[[Role], User]
) -> None:
    client.force_login(person_in(Role.LEADER))
    assert "Lập lần ban hành sau" not in page(client, "iso-process", process.pk)
    assert client.post(reverse("procedures:iso-next", args=[process.pk])).status_code == 403


@pytest.fixture
def delegation(editor: Client, performed: Unit) -> Delegation:
    """Recorded on the form: births, from the district to the ward, ending in ten days."""
    district = UnitFactory(name="Ủy ban nhân dân quận Hà Đông", short_name="Quận Hà Đông")
    today = clock.today()
    response = editor.post(
        reverse("procedures:delegation-new"),
        {
            "from_unit": district.pk,
            "to_unit": performed.pk,
            "decision_no": "12/QĐ-UBND",
            "decided_on": today.isoformat(),
            "valid_from": today.isoformat(),
            "valid_to": (today + timedelta(days=10)).isoformat(),
            "acts": ["sign"],
            "codes": BIRTH,
            "bind_procedures": "on",
        },
    )
    assert response.status_code == 302
    return Delegation.objects.get()


def test_a_delegation_that_ends_soon_is_warned_of(editor: Client, delegation: Delegation) -> None:
    shown = page(editor, "delegations")
    assert "Có ủy quyền sắp hết hiệu lực" in shown and "còn 10 ngày" in shown and "chưa xác nhận" in shown
    assert "12/QĐ-UBND" not in page(editor, "delegations", query="?trang-thai=da-het")
    assert UnitProcedure.objects.get(procedure__national_code=BIRTH).delegated_by == delegation.from_unit


def test_a_delegation_is_confirmed_and_ended_from_its_page(editor: Client, delegation: Delegation) -> None:
    shown = page(editor, "delegation", delegation.pk)
    assert BIRTH in shown and "Văn Quán" in shown
    editor.post(reverse("procedures:delegation-confirm", args=[delegation.pk]))
    address = reverse("procedures:delegation-revoke", args=[delegation.pk])
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    refused = editor.post(address, {"revoked_on": yesterday, "reason": "Sắp xếp"})
    assert refused.status_code == 400 and "delegation.revoked_in_past" in refused.content.decode()
    editor.post(address, {"revoked_on": clock.today().isoformat(), "reason": "Sắp xếp"})
    delegation.refresh_from_db()
    assert (delegation.confirmed, delegation.revoked_on) == (True, clock.today())
    assert "Hết hiệu lực" in page(editor, "delegation", delegation.pk)


def test_an_unknown_procedure_code_is_told(editor: Client) -> None:
    response = editor.post(reverse("procedures:delegation-new"), {"codes": "9.999999"})
    assert response.status_code == 400
    assert "Không có thủ tục mang mã 9.999999." in response.content.decode()
