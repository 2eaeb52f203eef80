"""A leader revokes an issued result from the dossier's page; others cannot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from dossiers.constants import EventKind
from dossiers.models import DossierEvent
from dossiers.papers.constants import PaperState
from dossiers.papers.models import Paper
from dossiers.services.revoke_result import revoke_result
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.errors import Conflict, NotAllowed, NotFound
from haddong_portal.notices.models import Notice
from tests.dossiers.issuing.conftest import Desk
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _next_day() -> Iterator[None]:
    with time_machine.travel(MORNING + timedelta(days=1), tick=False):
        yield


def test_only_leaders_and_heads_revoke_and_only_what_was_issued(desk: Desk) -> None:
    result = desk.record()
    code = result.dossier.code
    with pytest.raises(NotAllowed):
        revoke_result(actor=desk.story.officer, code=code, result_id=result.pk, reason="Sai")
    with pytest.raises(NotFound):
        revoke_result(actor=desk.story.leader, code=code, result_id=result.pk, reason="Sai")
    desk.issue(result.dossier_id)
    paper = revoke_result(actor=desk.story.leader, code=code, result_id=result.pk, reason="Cấp sai")

    assert (paper.state, paper.revoked_reason) == (PaperState.REVOKED, "Cấp sai")


def test_the_dossiers_story_and_the_applicant_are_told_once(desk: Desk) -> None:
    result = desk.record(number="12/XN-UBND")
    desk.issue(result.dossier_id)
    words = {"actor": desk.story.leader, "code": result.dossier.code, "result_id": result.pk}
    paper = revoke_result(**words, reason="Cấp sai thẩm quyền")
    with pytest.raises(Conflict):
        revoke_result(**words, reason="Lại lần nữa")

    event = DossierEvent.objects.get(kind=EventKind.RESULT_REVOKED)
    assert (event.dossier_id, event.from_status) == (result.dossier_id, event.to_status)
    assert event.note.endswith("số 12/XN-UBND. Lý do: Cấp sai thẩm quyền")
    assert event.data == {"result_id": result.pk, "paper_id": paper.pk}
    notice = Notice.objects.get(event="result_revoked")
    assert notice.recipient == result.dossier.phone
    assert "12/XN-UBND" in notice.body and "Cấp sai thẩm quyền" in notice.body


def test_from_the_dossiers_page_to_the_public_one(desk: Desk, open_session: OpenSession, client: Client) -> None:
    result = desk.record()
    version = desk.issue(result.dossier_id)
    assert version is not None
    code, leader = result.dossier.code, open_session(desk.story.leader)
    address = reverse("dossiers:revoke-result", args=[code, result.pk])
    page = reverse("dossiers:dossier", args=[code])
    assert address in leader.get(page).content.decode()
    assert "Đã ký số" in leader.get(page).content.decode()
    assert "Thu hồi rồi thì không khôi phục được" in leader.get(address).content.decode()
    row = AuditEntry.objects.get(action="result.read")
    assert (row.purpose, row.person_id) == ("thu hồi kết quả", result.dossier.person_id), "nothing was downloaded"
    assert leader.post(address, {"reason": ""}).status_code == 422
    assert leader.post(address, {"reason": "Cấp sai thẩm quyền"}).status_code == 302

    assert Paper.objects.get().state == PaperState.REVOKED
    after = leader.get(page).content.decode()
    assert "Đã thu hồi" in after and address not in after
    assert "Cấp sai thẩm quyền" in client.get(f"/xac-thuc/{desk.code_of(version)}/").content.decode()
    assert leader.post(address, {"reason": "Lại lần nữa"}).status_code == 409


def test_a_clerk_neither_sees_nor_reaches_it(desk: Desk, open_session: OpenSession) -> None:
    result = desk.record()
    desk.issue(result.dossier_id)
    clerk = open_session(desk.story.clerk)
    address = reverse("dossiers:revoke-result", args=[result.dossier.code, result.pk])

    assert address not in clerk.get(reverse("dossiers:dossier", args=[result.dossier.code])).content.decode()
    assert clerk.get(address).status_code == 403


def test_the_download_is_the_signed_paper_and_the_upload_on_demand(desk: Desk, open_session: OpenSession) -> None:
    result = desk.record()
    clerk = open_session(desk.story.clerk)
    address = reverse("dossiers:result-file", args=[result.dossier.code, result.pk])
    uploaded = b"".join(clerk.get(address))
    desk.issue(result.dossier_id)
    signed = clerk.get(address)

    content = b"".join(signed)
    assert content.startswith(uploaded) and len(content) > len(uploaded)
    assert signed["Content-Disposition"].startswith("attachment")
    assert b"".join(clerk.get(f"{address}?ban=goc")) == uploaded
