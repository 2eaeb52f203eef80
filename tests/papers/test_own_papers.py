"""The citizen's own papers: what is there and how sure, who looked and for what, files, an upload of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from dossiers.papers import ports
from dossiers.papers.constants import Basis, OwnerRef, PaperSource, PaperState, Trust, UsePurpose
from dossiers.papers.models import Paper, ShareCode
from dossiers.papers.ports import ReferenceView
from dossiers.papers.selectors.looks import looks_of
from dossiers.papers.selectors.own import own_papers
from dossiers.papers.services.open_paper import open_paper
from dossiers.papers.services.use_paper import use_paper
from haddong_portal.citizens.models import Person
from haddong_portal.citizens.services.give_consent import give_consent
from haddong_portal.citizens.services.sign_in_citizen import citizen_actor
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotAllowed
from tests.citizens.own import person_with_phone, signed_in_citizen
from tests.factories import MORNING
from tests.papers.conftest import Store, content

LIST = "/giay-to-cua-toi/"
CODE = "000.99.01.H26-240305-0001"


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def dossier(tu: OwnerRef, monkeypatch: pytest.MonkeyPatch) -> str:
    """A dossier of Tú that every member of staff may act on; the portal's own reader is back afterwards."""
    monkeypatch.setitem(ports._readers, "dossier", lambda actor, name: ReferenceView(frozenset({tu})))
    return f"dossier:{CODE}"


@pytest.fixture
def me(desk_clerk_lan: Actor, tu: OwnerRef) -> Client:
    person = person_with_phone(desk_clerk_lan)
    assert person.pk == tu.person_id
    return signed_in_citizen(person)


def detail(paper: Paper) -> str:
    return f"{LIST}giay/{paper.public_id}/"


def test_the_list_says_what_counts_and_why_not(stored: Store, me: Client, tu: OwnerRef) -> None:
    stored(number="1/A")
    stored(number="2/B", valid_to=MORNING.date() - timedelta(days=1))
    stored(number="3/C", basis=Basis.CONSENT)
    page = me.get(LIST).content.decode()
    assert page.index("1/A") < page.index("2/B")
    assert "Đang có giá trị" in page and "Hết giá trị" in page and "Công chức đã số hóa và ký số" in page
    actor = citizen_actor(tu.person_id or 0)
    notes = {paper.number: paper.why_not for paper in own_papers(actor=actor, now=MORNING)}
    assert (notes["1/A"], "hết giá trị" in notes["2/B"], "đồng ý" in notes["3/C"]) == ("", True, True)
    give_consent(actor=actor, person_id=tu.person_id or 0, purpose="paper_reuse", now=MORNING)
    assert all(not one.why_not for one in own_papers(actor=actor, now=MORNING) if one.number != "2/B")


def test_the_list_costs_the_same_however_long(stored: Store, tu: OwnerRef, django_assert_num_queries: Any) -> None:
    actor = citizen_actor(tu.person_id or 0)
    for basis in (Basis.LAW, Basis.CONSENT, Basis.CONSENT):
        stored(basis=basis)
        with django_assert_num_queries(2):
            own_papers(actor=actor, now=MORNING)


def test_who_looked_and_what_it_was_used_for(stored: Store, me: Client, desk_clerk_lan: Actor, dossier: str) -> None:
    paper = stored()
    open_paper(actor=desk_clerk_lan, paper_id=paper.pk, purpose="tiếp nhận hồ sơ", reference=dossier, now=MORNING)
    use_paper(
        actor=desk_clerk_lan,
        paper_id=paper.pk,
        owner=OwnerRef(person_id=paper.owner_person_id),
        type_codes=["MARITAL_STATUS"],
        purpose=UsePurpose.INTAKE,
        reference=dossier,
        now=MORNING + timedelta(minutes=1),
    )
    me.get(f"{detail(paper)}tep/")
    page = me.get(detail(paper)).content.decode()
    assert "Ủy ban nhân dân phường Văn Quán" in page and "công chức tiếp nhận" in page and CODE in page
    assert "Nguyễn Thị Lan" not in page
    assert [look.is_use for look in looks_of(paper.pk)] == [True, False, False]
    assert {look.who for look in looks_of(paper.pk)} == {"Ủy ban nhân dân phường Văn Quán", "Chính ông/bà"}


def test_files_are_shown_and_the_original_is_downloaded(stored: Store, me: Client) -> None:
    paper = stored(file=content(b"%PDF-1.7 goc %%EOF", shown=b"%PDF-1.7 xem %%EOF"))
    shown, original = me.get(f"{detail(paper)}tep/"), me.get(f"{detail(paper)}ban-goc/")
    assert (shown.content, original.content) == (b"%PDF-1.7 xem %%EOF", b"%PDF-1.7 goc %%EOF")
    assert shown["Content-Disposition"].startswith("inline")
    assert original["Content-Disposition"].startswith("attachment")
    assert {shown["Cache-Control"], original["Cache-Control"]} == {"private, no-store"}


def test_another_persons_papers_do_not_exist(stored: Store, desk_clerk_lan: Actor) -> None:
    paper = stored()
    other = signed_in_citizen(person_with_phone(desk_clerk_lan, "Lê Văn Khác", 2))
    assert str(paper.public_id) not in other.get(LIST).content.decode()
    for ending in ("", "tep/", "ban-goc/"):
        assert other.get(detail(paper) + ending).status_code == 404
    assert other.post(f"{detail(paper)}ma-chia-se/", {"minutes": "30", "uses_max": "1"}).status_code == 404
    assert other.post(f"{detail(paper)}ma-chia-se/1/thu-hoi/").status_code == 404
    assert ShareCode.objects.count() == 0


def test_staff_have_no_own_papers(desk_clerk_lan: Actor) -> None:
    with pytest.raises(NotAllowed):
        own_papers(actor=desk_clerk_lan, now=MORNING)


def test_a_share_code_is_told_once_and_taken_back(stored: Store, me: Client) -> None:
    paper = stored()
    wrong = me.post(f"{detail(paper)}ma-chia-se/", {"minutes": "7", "uses_max": "1"})
    assert wrong.status_code == 422
    page = me.post(f"{detail(paper)}ma-chia-se/", {"minutes": "30", "uses_max": "2"}).content.decode()
    code = page.split('id="share-code">')[1].split("<")[0]
    assert len(code) == 11 and f"/chia-se/{code}/" in page and "<svg" in page
    assert me.get(f"{detail(paper)}ma-chia-se/").status_code == 302
    page = me.get(detail(paper)).content.decode()
    assert code not in page and "Đã xem 0/2 lần" in page
    Client().post(f"/chia-se/{code}/")
    page = me.get(detail(paper)).content.decode()
    assert "Đã xem 1/2 lần" in page and "Người có mã chia sẻ của ông/bà" in page
    page = me.post(f"{detail(paper)}ma-chia-se/{ShareCode.objects.get().pk}/thu-hoi/", follow=True).content.decode()
    assert "đã thu hồi" in page
    assert Client().post(f"/chia-se/{code}/").status_code == 404


def picture() -> SimpleUploadedFile:
    buffer = BytesIO()
    Image.new("RGB", (600, 800), "white").save(buffer, "JPEG")
    return SimpleUploadedFile("giay-khai-sinh.jpg", buffer.getvalue(), content_type="image/jpeg")


def test_an_upload_is_checked_declared_and_waits(
    papers_root: Any, paper_types: None, me: Client, settings: Any
) -> None:
    settings.OWN_UPLOADS_PER_DAY_MAX = 1
    fields = {"type_code": "BIRTH_CERTIFICATE", "number": "12/2020", "issued_on": "2020-02-03"}
    bad = me.post(f"{LIST}tai-len/", {**fields, "file": SimpleUploadedFile("a.pdf", b"MZ\x90\x00" * 100)})
    assert bad.status_code == 400 and "Mã: file." in bad.content.decode()
    assert me.post(f"{LIST}tai-len/", fields).status_code == 422
    page = me.post(f"{LIST}tai-len/", {**fields, "file": picture()}, follow=True).content.decode()
    assert "Chờ kiểm tra" in page and "chưa được kiểm tra" in page and "12/2020" in page
    paper = Paper.objects.get()
    assert (paper.source, paper.trust, paper.basis, paper.state) == (
        PaperSource.UPLOADED,
        Trust.DECLARED,
        Basis.CONSENT,
        PaperState.PENDING,
    )
    assert paper.owner_person == Person.objects.get()
    again = me.post(f"{LIST}tai-len/", {**fields, "number": "13/2020", "file": picture()})
    assert again.status_code == 429 and "own_paper.too_many" in again.content.decode()


def test_nobody_is_asked_for_a_household_book(me: Client, paper_types: None) -> None:
    page = me.get(f"{LIST}tai-len/").content.decode()
    assert "BIRTH_CERTIFICATE" in page and "HOUSEHOLD_BOOK" not in page
