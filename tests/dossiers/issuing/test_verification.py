"""Anybody verifies an issued result, by code and by file; nothing personal shows, nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dossiers.models import ResultFile
from dossiers.papers.models import PaperVersion, StoredFile
from dossiers.papers.rules.verification_codes import LETTERS, new_code, read_code, shown_code
from dossiers.papers.services.reading import read_file
from dossiers.papers.services.revoke_paper import revoke_paper
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common import clock
from haddong_portal.common.signing.sign_pdf import sign_pdf
from tests.dossiers.issuing.conftest import Desk
from tests.dossiers.issuing.test_issue_result import _correct
from tests.factories import MORNING
from tests.signing_help import key_from, plain_pdf, stranger

pytestmark = pytest.mark.django_db


def by_code(client: Client, code: str) -> Any:
    return client.get(f"/xac-thuc/{code}/")


def by_file(client: Client, content: bytes, name: str = "ket-qua.pdf") -> Any:
    return client.post("/xac-thuc/tep/", {"file": SimpleUploadedFile(name, content, "application/pdf")})


def title(response: Any) -> str:
    text = response.content.decode()
    return text.split('<h1 id="verdict">')[1].split("</h1>")[0] if 'id="verdict"' in text else ""


@pytest.fixture(autouse=True)
def _next_day() -> Iterator[None]:
    """While the paper counts: its type is good for six months."""
    with time_machine.travel(MORNING + timedelta(days=1), tick=False):
        yield


@pytest.fixture
def version(desk: Desk) -> PaperVersion:
    return desk.issued(number="12/XN-UBND")


def test_the_code_says_genuine_and_shows_no_more_than_needed(desk: Desk, version: PaperVersion, client: Client) -> None:
    response = by_code(client, desk.code_of(version))
    text = response.content.decode()

    assert title(response) == "Giấy tờ này là thật"
    for shown in ("Giấy xác nhận tình trạng hôn nhân", "12/XN-UBND", "05/03/2024", "Trần V•• T••"):
        assert shown in text
    dossier = ResultFile.objects.get(paper_version=version).dossier
    for hidden in ("Trần Văn Tú", dossier.code, dossier.phone, "Số 7 phố Lụa", "001090"):
        assert hidden not in text
    assert response["Cache-Control"] == "no-store" and response["Referrer-Policy"] == "no-referrer"


def test_a_look_is_on_record_for_the_owner(desk: Desk, version: PaperVersion, client: Client) -> None:
    by_code(client, desk.code_of(version))

    entry = AuditEntry.objects.get(action="paper.verify")
    assert (entry.object_id, entry.person_id) == (str(version.paper_id), version.paper.owner_person_id)


def test_codes_are_read_as_people_type_them(desk: Desk, version: PaperVersion, client: Client) -> None:
    code = desk.code_of(version)
    for typed in (shown_code(code).lower(), f" {code} ", f"http://testserver/xac-thuc/{code}/"):
        assert client.post("/xac-thuc/", {"code": typed})["Location"] == f"/xac-thuc/{code}/"


def test_unknown_codes_all_get_the_same_answer(desk: Desk, version: PaperVersion, client: Client) -> None:
    answers = {by_code(client, code).content.replace(code.encode(), b"") for code in (new_code(), new_code())}

    assert by_code(client, new_code()).status_code == 404
    assert len({_without_tokens(answer) for answer in answers}) == 1


def _without_tokens(content: bytes) -> bytes:
    import re

    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", content)


def test_the_file_itself_is_genuine_and_is_not_kept(
    desk: Desk, version: PaperVersion, client: Client, tmp_path: Path
) -> None:
    before = StoredFile.objects.count(), sorted(path for path in tmp_path.rglob("*") if path.is_file())
    response = by_file(client, read_file(version.original))

    assert title(response) == "Giấy tờ này là thật"
    assert "Trùng từng byte" in response.content.decode()
    assert before == (StoredFile.objects.count(), sorted(path for path in tmp_path.rglob("*") if path.is_file()))


@pytest.mark.parametrize("place", [0.2, 0.5, 0.8])
def test_a_tampered_byte_is_caught_and_said(desk: Desk, version: PaperVersion, client: Client, place: float) -> None:
    genuine = read_file(version.original)
    at = _inside_a_stream(genuine, int(len(genuine) * place))
    tampered = genuine[:at] + bytes([genuine[at] ^ 1]) + genuine[at + 1 :]
    response = by_file(client, tampered)
    text = response.content.decode()

    assert title(response) != "Giấy tờ này là thật"
    assert title(response) == "Tệp này không phải bản đã ký" or "file." in text


def _inside_a_stream(content: bytes, near: int) -> int:
    start = content.rindex(b"stream\n", 0, near) if b"stream\n" in content[:near] else near
    return max(near, start + 20)


def test_a_changed_copy_with_our_code_is_not_ours(desk: Desk, version: PaperVersion, client: Client) -> None:
    """Signed again by our own key over other bytes: intact and trusted, and still not what was issued."""
    from haddong_portal.accounts.models import Unit
    from haddong_portal.common.signing.keys import key_of

    unit = Unit.objects.get(pk=desk.story.clerk.unit_id)
    forged = sign_pdf(
        plain_pdf(),
        signer=key_of(unit.key),
        reason="",
        contact=f"http://testserver/xac-thuc/{desk.code_of(version)}/",
        now=clock.now(),
    )
    response = by_file(client, forged)

    assert title(response) == "Tệp này không phải bản đã ký"
    assert "không trùng với bản đã cấp" in response.content.decode()


def test_a_file_signed_elsewhere_is_told_apart(desk: Desk, client: Client) -> None:
    from haddong_portal.accounts.models import Unit
    from haddong_portal.common.signing.keys import key_of

    unit = Unit.objects.get(pk=desk.story.clerk.unit_id)
    ours = sign_pdf(plain_pdf(), signer=key_of(unit.key), reason="", now=clock.now())
    strange = sign_pdf(plain_pdf(), signer=key_from(stranger(), desk.home), reason="", now=clock.now())

    assert title(by_file(client, ours)) == "Chữ ký số trên tệp này hợp lệ"
    assert title(by_file(client, strange)) == "Không xác nhận được tệp này"
    assert title(by_file(client, plain_pdf())) == "Không xác nhận được tệp này"


def test_a_revoked_result_says_so_with_day_and_reason(desk: Desk, version: PaperVersion, client: Client) -> None:
    revoke_paper(actor=desk.story.leader, paper_id=version.paper_id, reason="Cấp sai thẩm quyền", now=desk.story.now())
    for response in (by_code(client, desk.code_of(version)), by_file(client, read_file(version.original))):
        assert title(response) == "Giấy tờ này không còn giá trị"
        assert "Thu hồi ngày 05/03/2024. Lý do: Cấp sai thẩm quyền" in response.content.decode()


@pytest.mark.parametrize("number", ["12a/XN-UBND", "12/XN-UBND"], ids=["another paper", "another version"])
def test_a_replaced_result_says_by_what(desk: Desk, version: PaperVersion, client: Client, number: str) -> None:
    new = _correct(desk, ResultFile.objects.get(paper_version=version), number)
    response = by_code(client, desk.code_of(version))

    assert title(response) == "Giấy tờ này không còn giá trị"
    assert f"/xac-thuc/{desk.code_of(new)}/" in response.content.decode()
    assert title(by_code(client, desk.code_of(new))) == "Giấy tờ này là thật"


def test_an_expired_result_is_real_and_counts_no_more(desk: Desk, version: PaperVersion, client: Client) -> None:
    with time_machine.travel(MORNING + timedelta(days=300), tick=False):
        response = by_code(client, desk.code_of(version))

    assert title(response) == "Giấy tờ này không còn giá trị"
    assert "Hết giá trị từ sau ngày 05/09/2024" in response.content.decode()


def test_a_damaged_store_confirms_nothing(desk: Desk, version: PaperVersion, client: Client) -> None:
    for path in desk.root.rglob("*"):
        if path.is_file():
            path.write_bytes(b"broken")

    assert title(by_code(client, desk.code_of(version))) == "Không xác nhận được tệp này"


def test_dangerous_files_are_refused_with_a_sentence(desk: Desk, client: Client) -> None:
    response = by_file(client, b"MZ" + b"\x00" * 500, "ket-qua.exe")

    assert response.status_code == 400
    assert "Chưa kiểm tra được tệp" in response.content.decode()
    assert client.post("/xac-thuc/tep/").status_code == 422


def test_too_many_tries_from_one_address(desk: Desk, version: PaperVersion, client: Client, settings: Any) -> None:
    settings.VERIFY_TRIES_PER_ADDRESS_MAX = 3
    code = desk.code_of(version)

    assert [by_code(client, code).status_code for _ in range(4)] == [200, 200, 200, 429]


def test_the_api_gives_the_same_answers(desk: Desk, version: PaperVersion, client: Client) -> None:
    code = desk.code_of(version)
    body = client.get(f"/api/v1/verification/{code}/").json()

    assert (body["outcome"], body["paper"]["holder"], body["paper"]["state"]) == ("genuine", "Trần V•• T••", "VALID")
    assert body["signatures"][0]["trusted"] is True
    assert client.get(f"/api/v1/verification/{new_code()}/").json()["code"] == "verify.no_match"
    file = SimpleUploadedFile("a.pdf", read_file(version.original), "application/pdf")
    assert client.post("/api/v1/verification/", {"file": file}).json()["outcome"] == "genuine"


def test_codes_are_long_and_unambiguous() -> None:
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200 and all(set(code) <= set(LETTERS) for code in codes)
    assert read_code("không phải mã") == ""
