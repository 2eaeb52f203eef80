"""The desk digitises a dossier's papers: from the receipt, line by line, into the applicant's store."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dossiers.constants import EventKind
from dossiers.models import ChecklistLine, Dossier, DossierEvent
from dossiers.papers.constants import ScanState, Trust
from dossiers.papers.models import Paper, PaperVersion, ScanItem, ScanPage
from dossiers.papers.services import read_scan as reading
from dossiers.papers.services.load_paper_types import load_paper_types
from dossiers.papers.services.read_scan import read_scan
from dossiers.services.correct_mistake import FieldChange, correct_mistake
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.citizens.models import Person
from haddong_portal.common.actors import Actor
from haddong_portal.common.signing.demo_ca import Holder, make_demo_certificates
from haddong_portal.common.signing.keys import unit_holder
from procedures.constants import DigitiseDuty
from procedures.models import PaperRequirement
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import MORNING, PublishedProcedure, citizen, receive
from tests.papers.drawn_pages import jpeg, page

pytestmark = pytest.mark.django_db
APPLICANT, APPLICANT_ID = "Trần Văn Tú", "001090000001"


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store of the test's own; reading by OCR has its own tests."""
    backend = "haddong_portal.common.blobs.storage.SafeFolderStorage"
    location = {"BACKEND": backend, "OPTIONS": {"location": str(tmp_path / "papers")}}
    settings.STORAGES = settings.STORAGES | {"papers": location}
    settings.SIGNING_HOME = str(tmp_path / "signing")
    settings.SIGNING_TRUST_ROOTS = [str(tmp_path / "signing" / "demo-ca.pem")]
    monkeypatch.setattr(reading, "missing_tools", lambda: ("tesseract",))
    load_paper_types()


@pytest.fixture
def lan(desk_clerk_lan: Actor, open_session: OpenSession) -> Client:
    return open_session(desk_clerk_lan)


@pytest.fixture
def dossier(desk_clerk_lan: Actor, procedure: PublishedProcedure) -> Dossier:
    PaperRequirement.objects.filter(pk=procedure.papers[1].pk).update(digitise=DigitiseDuty.MUST)
    return Dossier.objects.get(pk=receive(desk_clerk_lan, procedure).dossier_id)


def url(dossier: Dossier) -> str:
    return reverse("dossiers:digitise", args=[dossier.code])


def lines(dossier: Dossier) -> list[ChecklistLine]:
    return list(ChecklistLine.objects.filter(dossier=dossier).order_by("position"))


def upload(client: Client, dossier: Dossier, line: ChecklistLine, content: bytes | None = None) -> Any:
    content = jpeg(page(dpi=100), dpi=100) if content is None else content
    path = reverse("dossiers:scan-upload", args=[dossier.code, line.pk])
    return client.post(path, {"file": SimpleUploadedFile("trang 1.jpg", content)})


def act(client: Client, item: ScanItem, what: str, **more: str) -> Any:
    path = reverse("scans:act", args=[item.public_id])
    return client.post(path, {"act": what, **more}, headers={"HX-Request": "true"})


def ready(client: Client, dossier: Dossier, line: ChecklistLine, text: str = "") -> ScanItem:
    """A scan that a worker has read; `text` stands for what it read."""
    assert upload(client, dossier, line).status_code == 200
    item = ScanItem.objects.get(line_id=line.pk)
    assert act(client, item, "finish", declared="1", has_stamp="1").status_code == 204
    read_scan(item_id=item.pk)
    item.refresh_from_db()
    item.text = text
    item.save()
    return item


def printed(**more: str) -> dict[str, str]:
    return {
        "type_code": "BIRTH_CERTIFICATE",
        "number": "123/2019",
        "issued_on": "15/08/2019",
        "issuer_name": "UBND phường Văn Quán",
        "holder_name": APPLICANT,
        "holder_id": APPLICANT_ID,
        "compared": "on",
        **more,
    }


def confirm(client: Client, dossier: Dossier, item: ScanItem, **more: str) -> Any:
    path = reverse("dossiers:confirm-scan", args=[dossier.code, item.public_id])
    return client.post(path, printed(**more))


def test_the_receipt_leads_there_and_mandatory_papers_come_first(lan: Client, dossier: Dossier) -> None:
    receipt = lan.get(reverse("dossiers:receipt", args=[dossier.code])).content.decode()
    assert url(dossier) in receipt
    shown = lan.get(url(dossier)).content.decode()
    optional, must = lines(dossier)
    assert shown.index(must.name) < shown.index(optional.name)
    assert "còn 1 giấy bắt buộc" in shown
    assert AuditEntry.objects.filter(purpose="số hóa giấy tờ").exists()


def test_a_paper_goes_from_its_page_into_the_store(lan: Client, dossier: Dossier) -> None:
    line = lines(dossier)[1]
    item = ready(lan, dossier, line)
    assert item.state == ScanState.READY and "chưa có bộ nhận dạng chữ" in item.problem
    shown = lan.get(url(dossier)).content.decode()
    assert "chỉ là bản tham khảo" in shown and "Xác nhận, vào kho" in shown
    answer = confirm(lan, dossier, item)
    assert answer.status_code == 302, answer.content.decode()
    paper = Paper.objects.get()
    line.refresh_from_db()
    assert (line.digitised_paper_id, line.digitised_at) == (paper.pk, MORNING)
    assert (paper.trust, paper.number, paper.issued_on) == (Trust.CHECKED, "123/2019", date(2019, 8, 15))
    assert paper.owner_person_id == dossier.person_id
    version = PaperVersion.objects.get()
    assert (version.page_count, version.page_count_declared, version.image_count) == (1, 1, 1)
    assert not ScanPage.objects.exists(), "the pages live on in the file"
    event = DossierEvent.objects.get(kind=EventKind.DIGITISED)
    assert event.data["paper_id"] == paper.pk and event.from_status == event.to_status == dossier.status
    followed = lan.get(answer["Location"]).content.decode()
    assert "1 / 2 giấy tờ" in followed and lines(dossier)[0].name in followed
    again = upload(lan, dossier, line)
    assert (again.status_code, again.json()["code"]) == (409, "scan.line_done")


def test_with_a_certificate_it_is_signed(lan: Client, dossier: Dossier, ward: Unit, settings: Any) -> None:
    holder = Holder(unit_holder(ward.key), ward.short_name, ward.name)
    make_demo_certificates(Path(settings.SIGNING_HOME), [holder], now=MORNING)
    item = ready(lan, dossier, lines(dossier)[0])
    assert "được ký số khi xác nhận" in lan.get(f"{url(dossier)}?dong={lines(dossier)[0].pk}").content.decode()
    confirm(lan, dossier, item)
    paper = Paper.objects.get()
    assert paper.trust == Trust.SIGNED_DIGITISED
    assert paper.current_version and paper.current_version.signature_state == "VALID"


def test_a_hostile_file_is_refused_with_its_sentence_and_the_next_goes_on(lan: Client, dossier: Dossier) -> None:
    line = lines(dossier)[0]
    assert upload(lan, dossier, line).status_code == 200
    answer = upload(lan, dossier, line, b"MZ\x90\x00 not a picture")
    assert answer.status_code == 400 and answer.json()["code"].startswith("file.") and answer.json()["message"]
    assert upload(lan, dossier, line).json() == {"pages": 1}
    assert ScanPage.objects.count() == 2


def test_without_a_script_the_page_comes_back_with_the_sentence(lan: Client, dossier: Dossier) -> None:
    line = lines(dossier)[0]
    path = reverse("dossiers:scan-upload", args=[dossier.code, line.pk])
    bad = {"file": SimpleUploadedFile("x.jpg", b"khong phai anh"), "plain": "1"}
    page_after = lan.post(path, bad, follow=True)
    assert "file." in page_after.content.decode()
    good = {"file": SimpleUploadedFile("x.jpg", jpeg(page(dpi=80), dpi=80)), "plain": "1"}
    assert "Trang 1" in lan.post(path, good, follow=True).content.decode()


def test_what_was_read_stands_in_the_form_with_its_words(lan: Client, dossier: Dossier) -> None:
    text = f"GIẤY KHAI SINH\nSố: 45/2020\nHọ, chữ đệm, tên: {APPLICANT}\nSố định danh cá nhân: {APPLICANT_ID}\n<b>x</b>"
    ready(lan, dossier, lines(dossier)[1], text)
    shown = lan.get(url(dossier)).content.decode()
    assert 'value="45/2020"' in shown and "Máy đọc" in shown
    assert '<option value="BIRTH_CERTIFICATE" selected>' in shown
    assert "Tên trên giấy khác người nộp" not in shown


@pytest.mark.parametrize("wish", ["holder", "applicant"])
def test_anothers_paper_wants_a_choice(lan: Client, dossier: Dossier, wish: str) -> None:
    item = ready(lan, dossier, lines(dossier)[1], "Họ và tên: Phạm Thị Hoa\nSố định danh cá nhân: 001180000077")
    assert "Tên trên giấy khác người nộp" in lan.get(url(dossier)).content.decode()
    other = {"holder_name": "Phạm Thị Hoa", "holder_id": "001180000077"}
    refused = confirm(lan, dossier, item, **other)
    assert refused.status_code == 409 and "scan.other_holder" in refused.content.decode()
    if wish == "applicant":
        short = confirm(lan, dossier, item, **other, holder_choice="applicant")
        assert "scan.holder_reason" in short.content.decode()
    done = confirm(lan, dossier, item, **other, holder_choice=wish, holder_reason="Giấy của mẹ, con chưa thành niên")
    assert done.status_code == 302, done.content.decode()
    owner = Person.objects.get(pk=Paper.objects.get().owner_person_id)
    assert owner.full_name == ("Phạm Thị Hoa" if wish == "holder" else APPLICANT)


def test_nothing_goes_in_uncompared(lan: Client, dossier: Dossier) -> None:
    item = ready(lan, dossier, lines(dossier)[1])
    answer = confirm(lan, dossier, item, compared="")
    assert answer.status_code == 400 and "scan.not_compared" in answer.content.decode()
    assert not Paper.objects.exists()


@pytest.mark.parametrize(("choice", "papers", "versions"), [("use", 1, 1), ("version", 1, 2), ("both", 2, 1)])
def test_what_the_store_has_already_is_shown_and_decided(
    lan: Client, dossier: Dossier, choice: str, papers: int, versions: int
) -> None:
    first, second = lines(dossier)
    confirm(lan, dossier, ready(lan, dossier, first), issued_on="" if choice == "both" else "15/08/2019")
    item = ready(lan, dossier, second)
    asked = confirm(lan, dossier, item)
    assert asked.status_code == 409 and "Đã có trong kho" in asked.content.decode()
    if choice == "both":
        assert "scan.twin_reason" in confirm(lan, dossier, item, twin_choice=choice).content.decode()
    done = confirm(lan, dossier, item, twin_choice=choice, twin_reason="Hai bản cấp cùng số, khác nơi cấp")
    assert done.status_code == 302, done.content.decode()
    held = Paper.objects.order_by("pk").first()
    assert held is not None
    assert (Paper.objects.count(), PaperVersion.objects.filter(paper=held).count()) == (papers, versions)
    second.refresh_from_db()
    assert second.digitised_at == MORNING


def test_one_paper_is_not_kept_as_two(lan: Client, dossier: Dossier) -> None:
    first, second = lines(dossier)
    confirm(lan, dossier, ready(lan, dossier, first))
    item = ready(lan, dossier, second)
    answer = confirm(lan, dossier, item, twin_choice="both", twin_reason="Muốn giữ cả hai bản")
    assert answer.status_code == 409 and "scan.same_paper" in answer.content.decode()


def test_pages_are_pictures_of_our_own_making(lan: Client, dossier: Dossier) -> None:
    upload(lan, dossier, lines(dossier)[0])
    scanned = ScanPage.objects.get()
    answer = lan.get(reverse("scans:picture", args=[scanned.item.public_id, scanned.pk]))
    assert answer["Content-Type"] == "image/jpeg" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content.startswith(b"\xff\xd8\xff")
    for what in ("turn", "pair"):
        path = reverse("scans:page", args=[scanned.item.public_id, scanned.pk])
        lan.post(path, {"act": what}, headers={"HX-Request": "true"})
    assert ScanPage.objects.get().turned == 90


def test_a_desk_of_another_unit_sees_nothing(
    lan: Client, dossier: Dossier, open_session: OpenSession, other_clerk: Actor
) -> None:
    upload(lan, dossier, lines(dossier)[0])
    stranger, scanned = open_session(other_clerk), ScanPage.objects.get()
    assert stranger.get(url(dossier)).status_code == 404
    assert stranger.get(reverse("scans:picture", args=[scanned.item.public_id, scanned.pk])).status_code == 404
    assert upload(stranger, dossier, lines(dossier)[0]).status_code == 404


@pytest.fixture
def other_clerk() -> Actor:
    from haddong_portal.accounts.constants import Role
    from tests.factories import UnitFactory, make_actor

    return make_actor(UnitFactory(ward=True, desk=True), Role.CLERK, "Vũ Thị Nga")


def test_a_dossier_of_another_person_is_scanned_for_them(
    lan: Client, desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    other = Dossier.objects.get(pk=receive(desk_clerk_lan, procedure, person=citizen("Lê Thị Mai", 9)).dossier_id)
    upload(lan, other, lines(other)[0])
    assert ScanItem.objects.get().batch.owner_person_id == other.person_id


def test_a_corrected_applicant_takes_the_scans_along(
    lan: Client, dossier: Dossier, desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    receive(desk_clerk_lan, procedure, person=citizen(APPLICANT), confirmed_duplicate=True)  # so that nobody is renamed
    item = ready(lan, dossier, lines(dossier)[1])
    correct_mistake(
        actor=desk_clerk_lan,
        dossier_id=dossier.pk,
        change=FieldChange("personal_id", "001090000777"),
        mistake_by="applicant",
        reason="Gõ nhầm số",
        now=MORNING + timedelta(hours=1),
    )
    assert confirm(lan, dossier, item, holder_id="001090000777").status_code == 302
    assert Paper.objects.get().owner_person_id == Dossier.objects.get(pk=dossier.pk).person_id != dossier.person_id


def test_a_part_of_the_page_that_shows_what_was_read_is_on_record(lan: Client, dossier: Dossier) -> None:
    line, part = lines(dossier)[1], {"HX-Request": "true"}
    lan.get(f"{url(dossier)}?dong={line.pk}", headers=part)
    assert not AuditEntry.objects.filter(action="scan.read").exists()
    ready(lan, dossier, line, text=f"GIẤY KHAI SINH\nHọ tên: {APPLICANT}")
    lan.get(f"{url(dossier)}?dong={line.pk}", headers=part)
    assert AuditEntry.objects.get(action="scan.read").person_id == dossier.person_id
