"""The desk checks what was filed from home: the list with its deadlines, the papers, the three answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.urls import reverse

from dossiers.models import Dossier, FiledPaper, Slip
from dossiers.selectors.filed_list import filed_list
from dossiers.services.refuse_submission import refuse_submission
from dossiers.services.return_submission import return_submission
from dossiers.services.withdraw_filing import withdraw_filing
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.actors import Actor
from tests.budgets.conftest import at_most
from tests.dossiers.filed import LATER, PDF, asked, proof_of, submitted
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import MORNING, PublishedProcedure, make_actor

pytestmark = pytest.mark.django_db
LIST = "/ho-so/truc-tuyen/"
LIST_MAX = 5


@pytest.fixture
def dossier(online: PublishedProcedure, ward: Unit) -> Dossier:
    return submitted(online, ward)


def test_the_list_shows_the_deadline_and_turns_yellow_then_red(
    dossier: Dossier, desk_clerk_lan: Actor, open_session: OpenSession
) -> None:
    client = open_session(desk_clerk_lan)
    page = client.get(LIST).content.decode()
    assert dossier.code in page and "Trong hạn" in page and "còn 1 ngày làm việc" in page
    assert dossier.check_due_at is not None
    with time_machine.travel(dossier.check_due_at - timedelta(minutes=30), tick=False):
        page = open_session(desk_clerk_lan).get(LIST).content.decode()
        assert "Sắp đến hạn" in page and "còn 30 phút làm việc" in page
    with time_machine.travel(dossier.check_due_at + timedelta(minutes=30), tick=False):
        page = open_session(desk_clerk_lan).get(LIST).content.decode()
        assert "quá hạn 30 phút làm việc" in page


def test_each_kind_has_its_list(
    online: PublishedProcedure, ward: Unit, desk_clerk_lan: Actor, open_session: OpenSession
) -> None:
    filings = [submitted(online, ward, now=MORNING + timedelta(minutes=n)) for n in (1, 2, 3, 4)]
    waiting, returned, refused, withdrawn = filings
    return_submission(actor=desk_clerk_lan, dossier_id=returned.pk, lines=asked(online), reason="Thiếu", now=MORNING)
    refuse_submission(actor=desk_clerk_lan, dossier_id=refused.pk, reason="Không thuộc thẩm quyền", now=MORNING)
    withdraw_filing(proof=proof_of(withdrawn), now=LATER)
    client = open_session(desk_clerk_lan)
    for word, own in (("", waiting), ("cho-dan", returned), ("tu-choi", refused), ("da-rut", withdrawn)):
        page = client.get(f"{LIST}?loc={word}").content.decode()
        assert [one.code in page for one in filings] == [one is own for one in filings]
    assert waiting.code in client.get(f"{LIST}?q={waiting.code[-4:]}").content.decode()
    assert waiting.code not in client.get(f"{LIST}?q=khong-ai").content.decode()


def test_pages_follow_each_other_and_cost_the_same(
    online: PublishedProcedure, ward: Unit, desk_clerk_lan: Actor, open_session: OpenSession
) -> None:
    codes = [submitted(online, ward, now=MORNING + timedelta(seconds=n)).code for n in range(3)]
    client = open_session(desk_clerk_lan)
    client.get(LIST)
    with at_most(LIST_MAX):
        client.get(LIST)
    first = filed_list(actor=desk_clerk_lan, kind="waiting", limit=2, now=MORNING)
    rest = filed_list(actor=desk_clerk_lan, kind="waiting", limit=2, cursor=first.next_cursor, now=MORNING)
    assert [row.code for row in (*first.rows, *rest.rows)] == codes
    assert (first.counts["waiting"], rest.next_cursor) == (3, None)
    assert client.get(f"{LIST}?sau=hong").status_code == 400


def test_only_desks_have_the_list_and_see_their_own(
    dossier: Dossier, officer_minh: Actor, stranger_nga: Actor, open_session: OpenSession
) -> None:
    assert open_session(officer_minh).get(LIST).status_code == 403
    assert dossier.code not in open_session(stranger_nga).get(LIST).content.decode()


def test_the_paper_is_read_and_the_read_is_written_down(
    dossier: Dossier, desk_clerk_lan: Actor, stranger_nga: Actor, ward: Unit, open_session: OpenSession
) -> None:
    client, paper = open_session(desk_clerk_lan), FiledPaper.objects.get()
    path = reverse("dossiers:filed-paper", args=[dossier.code, paper.pk])
    page = client.get(reverse("dossiers:dossier", args=[dossier.code])).content.decode()
    assert f'href="{path}" target="xem-giay-to"' in page and f'src="{path}"' in page
    shown = client.get(path)
    assert b"".join(shown.streaming_content) == PDF
    assert (shown["Content-Type"], shown["X-Frame-Options"]) == ("application/pdf", "SAMEORIGIN")
    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
    assert AuditEntry.objects.filter(action="paper.read", object_id=str(dossier.pk)).count() == 1
    assert open_session(stranger_nga).get(path).status_code == 404
    inspector = make_actor(ward, Role.INSPECTOR, "Đỗ Thanh Tra")
    assert open_session(inspector).get(path).status_code == 403, "who need not know people reads no papers"
    page = open_session(inspector).get(reverse("dossiers:dossier", args=[dossier.code])).content.decode()
    assert paper.name in page and path not in page


def test_accepted_from_its_page(dossier: Dossier, desk_clerk_lan: Actor, open_session: OpenSession) -> None:
    client = open_session(desk_clerk_lan)
    page = client.get(reverse("dossiers:dossier", args=[dossier.code])).content.decode()
    assert "Trả lời người nộp" in page and "Giấy tiếp nhận</span>" not in page
    answer = client.post(
        reverse("dossiers:accept-submission", args=[dossier.code]),
        {"accept_submission-row_version": dossier.row_version},
        follow=True,
    )
    assert "Đã tiếp nhận hồ sơ trực tuyến" in answer.content.decode()
    dossier.refresh_from_db()
    assert (dossier.status, dossier.check_due_at) == ("ACCEPTED", None)
    again = client.post(reverse("dossiers:accept-submission", args=[dossier.code]), {})
    assert again.status_code in (400, 409)


def test_returned_with_the_slip_and_refused_with_its_reason(
    online: PublishedProcedure, ward: Unit, desk_clerk_lan: Actor, open_session: OpenSession
) -> None:
    client, paper = open_session(desk_clerk_lan), online.papers[0]
    first, second = submitted(online, ward), submitted(online, ward, now=MORNING + timedelta(minutes=1))
    path = reverse("dossiers:return-submission", args=[first.code])
    assert "supplement.no_lines" in client.post(path, {"return_submission-reason": "Thiếu"}).content.decode()
    fault = {f"return_submission-fault_{paper.pk}": "unclear", f"return_submission-note_{paper.pk}": "Chụp lại rõ hơn"}
    assert client.post(path, {"return_submission-reason": "Ảnh mờ", **fault}).status_code == 302
    slip = Slip.objects.get(dossier=first)
    pdf = client.get(reverse("dossiers:slip-pdf", args=[first.code, slip.pk]))
    assert pdf["Content-Type"] == "application/pdf"
    page = client.get(reverse("dossiers:dossier", args=[first.code])).content.decode()
    assert "Chờ người nộp bổ sung đến" in page
    path = reverse("dossiers:refuse-submission", args=[second.code])
    assert client.post(path, {}).status_code == 422
    assert client.post(path, {"refuse_submission-reason": "Không thuộc thẩm quyền"}).status_code == 302
    second.refresh_from_db()
    assert second.status == "REFUSED_INTAKE"
    assert client.get(reverse("dossiers:dossier", args=[second.code])).status_code == 200


def test_what_is_not_accepted_stands_in_no_work_list(
    online: PublishedProcedure, ward: Unit, desk_clerk_lan: Actor, open_session: OpenSession
) -> None:
    dossier = submitted(online, ward)
    return_submission(actor=desk_clerk_lan, dossier_id=dossier.pk, lines=asked(online), reason="Thiếu", now=MORNING)
    client = open_session(desk_clerk_lan)
    for scope in ("don-vi", "cua-toi", "tat-ca"):
        assert dossier.code not in client.get(f"/ho-so/viec/?pham-vi={scope}").content.decode()
    assert dossier.code in client.get(f"/ho-so/viec/?pham-vi=tat-ca&q={dossier.code}").content.decode()


def test_a_lost_file_is_an_error_in_words(dossier: Dossier, desk_clerk_lan: Actor, open_session: OpenSession) -> None:
    paper = FiledPaper.objects.get()
    default_storage.delete(paper.file.name)
    answer = open_session(desk_clerk_lan).get(reverse("dossiers:filed-paper", args=[dossier.code, paper.pk]))
    assert answer.status_code == 404 and "filing.no_paper" in answer.content.decode()
