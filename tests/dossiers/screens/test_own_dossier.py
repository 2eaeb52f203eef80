"""A citizen's own dossier behind the tracking link: nothing without the code, then slips, papers and withdrawal."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dossiers.models import Dossier, FiledPaper, Slip
from dossiers.selectors.links import tracking_token
from dossiers.services.issue_slip import SlipData, issue_slip
from dossiers.services.return_submission import return_submission
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.citizens import ports
from haddong_portal.common.actors import Actor
from tests.dossiers.filed import asked, pdf, submitted
from tests.factories import MORNING, PublishedProcedure, receive

pytestmark = pytest.mark.django_db
YESTERDAY = MORNING - timedelta(days=1)
PART = {"HX-Request": "true"}


@pytest.fixture
def returned(online: PublishedProcedure, ward: Unit, desk_clerk_lan: Actor) -> Dossier:
    dossier = submitted(online, ward, now=YESTERDAY)
    lines = asked(online)
    return_submission(actor=desk_clerk_lan, dossier_id=dossier.pk, lines=lines, reason="Tờ khai chưa ký", now=YESTERDAY)
    dossier.refresh_from_db()
    return dossier


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What went to phones."""
    codes: list[dict[str, Any]] = []
    monkeypatch.setattr(ports, "_senders", [lambda **words: codes.append(words)])
    return codes


def at(dossier: Dossier, name: str, *more: object) -> str:
    return reverse(f"tracking:{name}", args=[tracking_token(dossier.code), *more])


def prove(client: Client, dossier: Dossier, told: list[dict[str, Any]]) -> Any:
    page = client.post(at(dossier, "prove")).content.decode()
    challenge = re.search(r'name="challenge" value="([0-9a-f-]+)"', page)
    assert challenge is not None, page
    return client.post(at(dossier, "prove"), {"challenge": challenge[1], "code": told[-1]["code"]})


OWN_PAGES = [
    ("own", (), "get"),
    ("own-slip", (1,), "get"),
    ("own-file", (1,), "get"),
    ("own-upload", (1,), "post"),
    ("own-remove", (1,), "post"),
    ("own-send", (), "post"),
    ("own-withdraw", (), "post"),
]


@pytest.mark.parametrize(("name", "more", "method"), OWN_PAGES)
def test_the_link_alone_opens_none_of_it(
    client: Client, returned: Dossier, name: str, more: tuple[object, ...], method: str
) -> None:
    answer = getattr(client, method)(at(returned, name, *more))
    assert (answer.status_code, answer["Location"]) == (302, at(returned, "prove"))
    part = getattr(client, method)(at(returned, name, *more), headers=PART)
    assert (part.status_code, part["HX-Redirect"]) == (401, at(returned, "prove"))
    bent = at(returned, name, *more).replace(tracking_token(returned.code), "khong-phai-ma")
    assert getattr(client, method)(bent).status_code == 404


def test_another_dossiers_proof_opens_none_of_it(
    client: Client, returned: Dossier, online: PublishedProcedure, desk_clerk_lan: Actor, told: list[dict[str, Any]]
) -> None:
    prove(client, returned, told)
    other = Dossier.objects.get(pk=receive(desk_clerk_lan, online, confirmed_duplicate=True).dossier_id)
    assert client.get(at(other, "own"))["Location"] == at(other, "prove")
    client.cookies["portal_owner"] = f"{other.code}|bent:x:y"
    assert client.get(at(other, "own"))["Location"] == at(other, "prove")


def test_from_the_link_to_filed_again(
    client: Client, returned: Dossier, online: PublishedProcedure, told: list[dict[str, Any]]
) -> None:
    page = client.get(at(returned, "link")).content.decode()
    assert "Cần Quý ông/bà bổ sung" in page and "thiếu chữ ký" in page and "Bổ sung trực tuyến" in page
    assert prove(client, returned, told)["Location"] == at(returned, "own")
    paper = online.papers[0].pk
    page = client.get(at(returned, "own")).content.decode()
    assert "Tờ khai chưa ký" in page and f'id="giay-{paper}"' in page
    early = client.post(at(returned, "own-send"))
    assert early.status_code == 400 and "filing.lines_missing" in early.content.decode()
    bad = client.post(at(returned, "own-upload", paper), {"file": pdf(content=b"MZ")}, headers=PART)
    assert bad.status_code == 400 and "filing.bad_type" in bad.content.decode()
    good = client.post(at(returned, "own-upload", paper), {"file": pdf("da-ky.pdf")}, headers=PART)
    assert "da-ky.pdf" in good.content.decode() and "Đủ giấy tờ" in good.content.decode()
    file = FiledPaper.objects.get(name="da-ky.pdf")
    assert b"%PDF" in b"".join(client.get(at(returned, "own-file", file.pk)).streaming_content)
    sent = client.post(at(returned, "own-send"), follow=True).content.decode()
    assert "Đã gửi giấy tờ bổ sung" in sent and "Mới đăng ký" in sent
    returned.refresh_from_db()
    assert returned.status == "SUBMITTED"
    assert AuditEntry.objects.filter(action="dossier.own", object_id=str(returned.pk)).exists()


def test_the_slips_of_ones_own_but_no_office_paper(
    client: Client, returned: Dossier, ward: Unit, desk_clerk_lan: Actor, told: list[dict[str, Any]]
) -> None:
    prove(client, returned, told)
    slip = Slip.objects.get(dossier=returned)
    shown = client.get(at(returned, "own-slip", slip.pk))
    assert (shown["Content-Type"], shown["Cache-Control"]) == ("application/pdf", "private, no-store")
    inner = issue_slip(
        kind="extension_request",
        unit_id=ward.pk,
        ruleset_id=returned.ruleset_id,
        actor=desk_clerk_lan,
        now=MORNING,
        data=SlipData(reason="nội bộ"),
        dossier=returned,
    )
    assert client.get(at(returned, "own-slip", inner.pk)).status_code == 404
    assert "Phiếu đề nghị gia hạn" not in client.get(at(returned, "own")).content.decode()


def test_a_withdrawal_from_home(
    client: Client, online: PublishedProcedure, desk_clerk_lan: Actor, told: list[dict[str, Any]]
) -> None:
    dossier = Dossier.objects.get(pk=receive(desk_clerk_lan, online).dossier_id)
    prove(client, dossier, told)
    assert "Đề nghị rút hồ sơ" in client.get(at(dossier, "own")).content.decode()
    done = client.post(at(dossier, "own-withdraw"), {"reason": "Đổi ý"}, follow=True).content.decode()
    assert "Đã gửi đề nghị rút hồ sơ" in done
    again = client.post(at(dossier, "own-withdraw"), {})
    assert again.status_code == 409 and "dossier.illegal_move" in again.content.decode()


def test_a_filing_not_yet_accepted_is_taken_back(client: Client, returned: Dossier, told: list[dict[str, Any]]) -> None:
    prove(client, returned, told)
    page = client.get(at(returned, "own")).content.decode()
    assert "kết thúc ngay" in page and "Đề nghị rút hồ sơ" not in page
    done = client.post(at(returned, "own-withdraw"), {"reason": "Đổi ý"}, follow=True).content.decode()
    assert "Đã rút hồ sơ" in done and "Dừng xử lý" in done and "kết thúc ngay" not in done
    returned.refresh_from_db()
    assert returned.status == "STOPPED"


def test_a_wrong_code_and_a_dossier_without_a_phone(
    client: Client, online: PublishedProcedure, desk_clerk_lan: Actor, told: list[dict[str, Any]]
) -> None:
    dossier = Dossier.objects.get(pk=receive(desk_clerk_lan, online).dossier_id)
    page = client.post(at(dossier, "prove")).content.decode()
    challenge = re.search(r'name="challenge" value="([0-9a-f-]+)"', page)
    assert challenge is not None
    wrong = client.post(at(dossier, "prove"), {"challenge": challenge[1], "code": "abc"})
    assert wrong.status_code == 400 and "phone_code.wrong" in wrong.content.decode()
    assert "portal_owner" not in client.cookies
    dossier.phone = ""
    dossier.save(update_fields=["phone", "phone_index"])
    nobody = client.post(at(dossier, "prove"))
    assert nobody.status_code == 409 and "tracking.no_phone" in nobody.content.decode()


def test_digits_of_the_phone_lead_to_the_door_but_a_code_alone_does_not(
    client: Client, online: PublishedProcedure, desk_clerk_lan: Actor
) -> None:
    dossier = Dossier.objects.get(pk=receive(desk_clerk_lan, online).dossier_id)
    assert (
        at(dossier, "own") in client.post("/tra-cuu/", {"code": dossier.code, "last_digits": "5678"}).content.decode()
    )
    assert at(dossier, "own") not in client.post("/tra-cuu/", {"code": dossier.code}).content.decode()


def test_a_filing_shows_its_check_and_no_way_to_collect(client: Client, online: PublishedProcedure, ward: Unit) -> None:
    page = client.get(at(submitted(online, ward), "link")).content.decode()
    assert "kiểm tra hồ sơ và trả lời" in page
    assert "Nhận kết quả" not in page and "0%" not in page
