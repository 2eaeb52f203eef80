"""The citizen's form from home: kept as typed, opened again by its address, refused in words, sent once."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dossiers.models import Dossier, FiledPaper, FilingDraft
from dossiers.services.submit_online import submit_online
from haddong_portal.accounts.models import Unit
from haddong_portal.citizens import ports
from haddong_portal.common.actors import Actor
from procedures.models import ProcedureCase
from tests.dossiers.filed import COMPANY, PHONE, draft_of, pdf, submitted
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import PublishedProcedure

pytestmark = pytest.mark.django_db
WORDS = {
    "full_name": "Trần Văn Tú",
    "personal_id": "001090000001",
    "birth": "19/02/1990",
    "sex": "Nam",
    "address": "Số 5 phố Văn Quán",
    "delivery": "desk",
}
PART = {"HX-Request": "true"}


def start(client: Client, online: PublishedProcedure, ward: Unit) -> str:
    """The address of a new draft."""
    code = online.procedure.national_code
    answer = client.post(f"/nop-ho-so/{code}/", {"unit": str(ward.pk), "case": str(online.case.pk)})
    assert answer.status_code == 302
    return str(answer["Location"])


@pytest.fixture
def sent_codes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every code that went to a phone."""
    codes: list[str] = []

    def sender(*, phone: str, code: str, minutes: int, reference: str, now: Any) -> None:
        codes.append(code)

    monkeypatch.setattr(ports, "_senders", [sender])
    return codes


def prove_phone(client: Client, draft: str, codes: list[str], phone: str = PHONE) -> Any:
    page = client.post(f"{draft}ma-xac-nhan/", {"phone": phone}, headers=PART)
    assert page.status_code == 200
    challenge = re.search(r'name="challenge" value="([0-9a-f-]+)"', page.content.decode())
    assert challenge is not None
    words = {"challenge": challenge[1], "code": codes[-1], "phone": phone}
    return client.post(f"{draft}xac-nhan/", words, headers=PART)


def upload(client: Client, draft: str, requirement_id: int, file: SimpleUploadedFile) -> Any:
    return client.post(f"{draft}giay-to/{requirement_id}/", {"file": file}, headers=PART)


def test_from_the_procedure_to_a_code(
    client: Client, online: PublishedProcedure, ward: Unit, sent_codes: list[str]
) -> None:
    page = client.get(f"/thu-tuc/{online.procedure.national_code}/").content.decode()
    assert f'href="/nop-ho-so/{online.procedure.national_code}/"' in page
    draft = start(client, online, ward)
    assert client.post(draft, WORDS)["Location"] == f"{draft}xem-lai/"
    review = client.get(f"{draft}xem-lai/").content.decode()
    assert "Thiếu: Tờ khai theo mẫu" in review and "Chưa xác nhận số điện thoại" in review
    assert upload(client, draft, online.papers[0].pk, pdf()).status_code == 200
    assert "091••••678" in prove_phone(client, draft, sent_codes).content.decode()
    assert client.post(f"{draft}xem-lai/", {"agreed": "1"})["Location"] == draft
    dossier = Dossier.objects.get()
    done = client.get(draft).content.decode()
    assert dossier.code in done and "/tra-cuu/" in done
    assert (dossier.status, dossier.phone, dossier.channel) == ("SUBMITTED", PHONE, 2)
    assert dossier.person is not None and str(dossier.person.birth_date) == "1990-02-19"


def test_a_closed_browser_finds_its_form_again(client: Client, online: PublishedProcedure, ward: Unit) -> None:
    draft = start(client, online, ward)
    saved = client.post(f"{draft}luu/", {**WORDS, "full_name": "Trần Thị Dở"}, headers=PART)
    assert "Đã lưu lúc" in saved.content.decode()
    assert f'href="{draft}"' in client.get("/nop-ho-so/").content.decode(), "this browser remembers"
    other = Client()
    assert draft not in other.get("/nop-ho-so/").content.decode()
    assert 'value="Trần Thị Dở"' in other.get(draft).content.decode(), "its address opens it anywhere"


def test_a_forged_cookie_remembers_nothing(client: Client, online: PublishedProcedure, ward: Unit) -> None:
    key = draft_of(online, ward)
    client.cookies["portal_filing"] = f"{key.hex}:forged:signature"
    page = client.get("/nop-ho-so/")
    assert page.status_code == 200
    assert str(key) not in page.content.decode()


def test_nothing_of_a_draft_is_stored_on_the_way(client: Client, online: PublishedProcedure, ward: Unit) -> None:
    answer = client.get(f"/nop-ho-so/ban-khai/{draft_of(online, ward)}/")
    assert answer["Cache-Control"] == "private, no-store"
    assert "noindex" in answer["X-Robots-Tag"]


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "filing.empty", "không có nội dung"),
        (b"<html><script>alert(1)</script>", "filing.bad_type", "phải là PDF, JPEG hoặc PNG"),
        (b"%PDF-1.7" + b"x" * 5000, "filing.too_large", "lớn hơn"),
    ],
)
def test_a_hostile_file_is_refused_in_words_and_loses_no_other(
    client: Client, online: PublishedProcedure, ward: Unit, settings: Any, content: bytes, code: str, words: str
) -> None:
    settings.UPLOAD_MAX_BYTES = 4000
    draft = f"/nop-ho-so/ban-khai/{draft_of(online, ward)}/"
    answer = upload(client, draft, online.papers[0].pk, pdf("<b>độc</b>.pdf", content))
    page = answer.content.decode()
    assert answer.status_code in (400, 413)
    assert code in page and words in page and "<b>" not in page
    assert "to-khai.pdf" in page, "what was there stays"


def test_a_paper_of_no_component_is_not_taken(client: Client, online: PublishedProcedure, ward: Unit) -> None:
    draft = f"/nop-ho-so/ban-khai/{draft_of(online, ward, papers=False)}/"
    answer = client.post(f"{draft}giay-to/999999/", {"file": pdf()})
    assert answer.status_code == 400
    assert "filing.unpublished" in answer.content.decode()
    assert not FiledPaper.objects.exists()


def test_a_file_is_shown_as_what_it_is_and_taken_out_again(
    client: Client, online: PublishedProcedure, ward: Unit
) -> None:
    key = draft_of(online, ward)
    draft, paper = f"/nop-ho-so/ban-khai/{key}/", FiledPaper.objects.get()
    shown = client.get(f"{draft}tep/{paper.pk}/")
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    b"".join(shown.streaming_content)
    other = f"/nop-ho-so/ban-khai/{draft_of(online, ward, papers=False)}/"
    assert client.get(f"{other}tep/{paper.pk}/").status_code == 404, "only under its own draft's address"
    client.post(f"{other}tep/{paper.pk}/bo/")
    assert FiledPaper.objects.count() == 1
    assert "Đã bỏ tệp" in client.post(f"{draft}tep/{paper.pk}/bo/", headers=PART).content.decode()
    assert not FiledPaper.objects.exists()


def test_a_wrong_code_proves_nothing(
    client: Client, online: PublishedProcedure, ward: Unit, sent_codes: list[str]
) -> None:
    draft = f"/nop-ho-so/ban-khai/{draft_of(online, ward, proven=False)}/"
    client.post(f"{draft}ma-xac-nhan/", {"phone": PHONE}, headers=PART)
    sent_codes[-1] = "x" + sent_codes[-1][1:]
    page = client.post(f"{draft}ma-xac-nhan/", {"phone": PHONE}, headers=PART)
    assert page.status_code == 429 and "phone_code.too_soon" in page.content.decode()
    answer = client.post(f"{draft}xac-nhan/", {"challenge": str(uuid.uuid4()), "code": "000000", "phone": PHONE})
    assert answer.status_code == 400 and "phone_code.expired" in answer.content.decode()
    assert FilingDraft.objects.get().phone == ""


def test_another_case_brings_its_papers_and_drops_the_others(
    client: Client, online: PublishedProcedure, ward: Unit
) -> None:
    other = ProcedureCase.objects.create(version=online.version, position=2, name="Trường hợp khác")
    draft = f"/nop-ho-so/ban-khai/{draft_of(online, ward)}/"
    client.post(f"{draft}truong-hop/", {**WORDS, "full_name": "Vừa Gõ Xong", "case": str(other.pk)})
    page = client.get(draft).content.decode()
    assert "Trường hợp này không phải nộp giấy tờ" in page
    assert 'value="Vừa Gõ Xong"' in page, "what was typed goes along"
    assert not FiledPaper.objects.exists()
    assert client.post(f"{draft}truong-hop/", {"case": "999999"}).status_code == 400


def test_without_the_tick_and_with_bad_words_nothing_is_sent(
    client: Client, online: PublishedProcedure, ward: Unit
) -> None:
    draft = f"/nop-ho-so/ban-khai/{draft_of(online, ward)}/"
    client.post(f"{draft}luu/", WORDS, headers=PART)
    unticked = client.post(f"{draft}xem-lai/")
    assert unticked.status_code == 422 and "filing.not_agreed" in unticked.content.decode()
    client.post(f"{draft}luu/", {**WORDS, "birth": "hôm qua"}, headers=PART)
    assert client.post(f"{draft}xem-lai/", {"agreed": "1"})["Location"] == f"{draft}?xem-loi=1"
    assert "intake.bad_date" in client.get(f"{draft}?xem-loi=1").content.decode()
    client.post(f"{draft}luu/", {**WORDS, "personal_id": "123"}, headers=PART)
    refused = client.post(f"{draft}xem-lai/", {"agreed": "1"})
    assert refused.status_code == 400 and "Mã:" in refused.content.decode()
    assert not Dossier.objects.exists()


def test_an_organisation_is_asked_for_other_things(client: Client, online: PublishedProcedure, ward: Unit) -> None:
    draft = start(client, online, ward)
    company = {name: "" for name in WORDS} | COMPANY | {"delivery": "desk"}
    lacking = client.post(draft, {**company, "tax_code": ""})
    page = lacking.content.decode()
    assert lacking.status_code == 422 and "Chưa nhập mã số thuế của tổ chức." in page
    assert "id_full_name_error" not in page, "no person's name is asked for"
    assert client.post(draft, company)["Location"] == f"{draft}xem-lai/"
    review = client.get(f"{draft}xem-lai/").content.decode()
    assert "0101234567" in review and "Đỗ Thị Giám Đốc, Giám đốc" in review and "Có ô chưa khai" not in review


def test_the_desk_sees_whose_it_is(
    client: Client, online: PublishedProcedure, ward: Unit, desk_clerk_lan: Actor, open_session: OpenSession
) -> None:
    key = draft_of(online, ward, content=COMPANY)
    code = submit_online(key=key, client_ip="203.0.113.9").code
    page = open_session(desk_clerk_lan).get(f"/ho-so/{code}/").content.decode()
    assert "<dt>Mã số thuế</dt><dd>0101234567</dd>" in page
    assert "<dt>Người đại diện</dt><dd>Đỗ Thị Giám Đốc, Giám đốc</dd>" in page


def test_a_number_on_file_under_another_name_is_not_told(
    client: Client, online: PublishedProcedure, ward: Unit
) -> None:
    submitted(online, ward)
    draft = f"/nop-ho-so/ban-khai/{draft_of(online, ward)}/"
    client.post(f"{draft}luu/", {**WORDS, "full_name": "Người Khác Hẳn"}, headers=PART)
    answer = client.post(f"{draft}xem-lai/", {"agreed": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "filing.person_mismatch" in page
    assert "đã ghi nhận" not in page


def test_an_erased_form_is_gone(client: Client, online: PublishedProcedure, ward: Unit) -> None:
    draft = start(client, online, ward)
    assert client.post(f"{draft}xoa/")["Location"] == "/nop-ho-so/"
    assert not FilingDraft.objects.exists()
    gone = client.get(draft)
    assert gone.status_code == 404 and "filing.gone" in gone.content.decode()


def test_a_sent_form_is_written_no_more(client: Client, online: PublishedProcedure, ward: Unit) -> None:
    dossier = submitted(online, ward)
    draft = f"/nop-ho-so/ban-khai/{FilingDraft.objects.get().key}/"
    assert client.post(f"{draft}luu/", WORDS).status_code == 404
    assert client.post(f"{draft}giay-to/{online.papers[0].pk}/", {"file": pdf()}).status_code == 404
    client.post(f"{draft}xoa/")
    assert Dossier.objects.get().pk == dossier.pk
    assert client.post(f"{draft}xem-lai/", {"agreed": "1"})["Location"] == draft
    assert Dossier.objects.count() == 1


def test_a_procedure_for_the_desk_only_has_no_form(client: Client, procedure: PublishedProcedure) -> None:
    code = procedure.procedure.national_code
    assert client.get(f"/nop-ho-so/{code}/").status_code == 404
    assert "/nop-ho-so/" + code not in client.get(f"/thu-tuc/{code}/").content.decode()
