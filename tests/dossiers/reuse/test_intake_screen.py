"""The counter's page with the store behind it: lines fill once the person is known, one key reuses, nothing is lost."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from dossiers.models import ChecklistLine, Dossier
from dossiers.papers.constants import OwnerRef, PaperState, UsePurpose
from dossiers.papers.models import Paper, PaperUse, ShareCode, TakenAnyway
from dossiers.papers.services.make_share_code import make_share_code
from haddong_portal.citizens.models import ResidenceLookUp
from haddong_portal.citizens.services.sign_in_citizen import citizen_actor
from haddong_portal.common.actors import Actor
from tests.budgets.conftest import at_most
from tests.dossiers.reuse.conftest import BIRTH, BOOK, IDENTITY, MARITAL, MARRIAGE, RESIDENCE, Counter
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import MORNING
from tests.papers.conftest import Store, person

pytestmark = pytest.mark.django_db
INTAKE_MAX = 20
PAGE_MAX = 20


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def lan(desk_clerk_lan: Actor, open_session: OpenSession) -> Client:
    return open_session(desk_clerk_lan)


@pytest.fixture
def form(counter: Counter) -> dict[str, str]:
    """Citizen Tú's, with every paper brought that may be brought."""
    content = {
        "procedure_code": counter.procedure.procedure.national_code,
        "case_id": str(counter.procedure.case.pk),
        "full_name": "Trần Văn Tú",
        "personal_id": "001090000001",
        "birth": "1990",
        "phone": "0912345678",
        "channel": "1",
        "delivery": "desk",
        "copies": "1",
    }
    for place, paper in enumerate(counter.procedure.papers):
        content[f"paper-{paper.pk}-state"] = "missing" if place in (RESIDENCE, BOOK) else "paper"
    return content


def line(counter: Counter, at: int, **words: str) -> dict[str, str]:
    """The boxes of one line."""
    return {f"paper-{counter.procedure.papers[at].pk}-{name}": word for name, word in words.items()}


def draft(client: Client) -> str:
    return str(client.get(reverse("dossiers:intake"))["Location"])


def test_a_scan_fills_the_lines_with_what_the_store_holds(
    lan: Client, form: dict[str, str], stored: Store, counter: Counter
) -> None:
    stored(number="12/UBND-XNTTHN")
    path = draft(lan)
    before = {**form, "personal_id": "", "full_name": ""}
    assert "12/UBND-XNTTHN" not in lan.post(f"{path}luu/", before).content.decode()
    answer = lan.post(f"{path}nguoi-nop/", {**before, "payload": "001090000001"}).content.decode()
    marital = counter.procedure.papers[MARITAL].pk
    assert f'id="held-{marital}" hx-swap-oob="true"' in answer
    assert "Đã có bản điện tử:" in answer and "12/UBND-XNTTHN" in answer
    assert "ký số của người số hóa" in answer and "cấp 01/02/2024 (1 tháng trước)" in answer
    assert "12/UBND-XNTTHN" in lan.get(path).content.decode()


def test_a_book_nobody_may_ask_for_says_so(lan: Client, form: dict[str, str]) -> None:
    path = draft(lan)
    lan.post(f"{path}luu/", form)
    page = lan.get(path).content.decode()
    assert "Nghị định 104/2022/NĐ-CP, Điều 14" in page and "data-never" in page


def test_the_form_uses_waives_and_takes_with_a_reason(
    lan: Client, form: dict[str, str], stored: Store, counter: Counter
) -> None:
    marital = stored()
    stored(type_code="BIRTH_CERTIFICATE", fields={})
    form |= line(counter, MARITAL, state="electronic", held=str(marital.public_id))
    form |= line(counter, BIRTH, state="copy", taken="unreadable")
    form |= line(counter, IDENTITY, state="waived", lookup="card_reader")
    form |= line(counter, RESIDENCE, state="paper", why="1", lookup_reason="other", lookup_note="Máy đọc thẻ hỏng")
    form |= line(counter, BOOK, state="waived", lookup="vneid_shown")
    answer = lan.post(draft(lan), form)
    assert answer.status_code == 302, answer.content.decode()
    dossier = Dossier.objects.get()
    assert PaperUse.objects.get().version_id == marital.current_version_id
    assert TakenAnyway.objects.get().reason == "bản điện tử mờ, thiếu trang"
    methods = ResidenceLookUp.objects.order_by("id").values_list("method", "fallback_note")
    assert list(methods) == [("card_reader", ""), ("fallback", "Máy đọc thẻ hỏng"), ("vneid_shown", "")]
    assert set(ResidenceLookUp.objects.values_list("reference", flat=True)) == {f"dossier:{dossier.code}"}


def test_a_share_code_answers_a_line_at_the_desk(
    lan: Client, form: dict[str, str], stored: Store, counter: Counter
) -> None:
    """Another person's paper, handed over by its owner: used once, and the code is left whole by a refused intake."""
    mother = OwnerRef(person_id=person("Lê Thị Mẹ", 2).pk)
    paper = stored(owner=mother)
    owner = citizen_actor(mother.person_id or 0)
    code = make_share_code(actor=owner, public_id=paper.public_id, minutes=30, uses_max=1, now=MORNING).code
    path = draft(lan)
    wrong = lan.post(path, form | line(counter, MARITAL, state="electronic", share="0000000000"))
    assert wrong.status_code == 404 and "share.no_match" in wrong.content.decode()
    other = lan.post(path, form | line(counter, BIRTH, state="electronic", share=code)).content.decode()
    assert "paper.wrong_type" in other and "data-refused" in other
    assert ShareCode.objects.get().used_count == 0
    answer = lan.post(path, form | line(counter, MARITAL, state="electronic", share=code))
    assert answer.status_code == 302, answer.content.decode()
    use = PaperUse.objects.get()
    assert (use.purpose, use.version_id) == (UsePurpose.CITIZEN_SHARE, paper.current_version_id)
    assert use.reference == f"dossier:{Dossier.objects.get().code}"
    assert ChecklistLine.objects.get(paper_use=use).state == "electronic"
    assert ShareCode.objects.get().used_count == 1


def test_a_paper_revoked_meanwhile_is_refused_at_its_line_and_nothing_is_lost(
    lan: Client, form: dict[str, str], stored: Store, counter: Counter
) -> None:
    marital = stored()
    path = draft(lan)
    chosen = form | line(counter, MARITAL, state="electronic", held=str(marital.public_id))
    lan.post(f"{path}luu/", chosen)
    Paper.objects.filter(pk=marital.pk).update(state=PaperState.REVOKED, revoked_at=MORNING, revoked_reason="cấp sai")
    answer = lan.post(path, chosen | line(counter, BIRTH, note="có dấu giáp lai"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "paper.revoked" in page and "Giấy tờ đã bị thu hồi." in page and "data-refused" in page
    assert "không dùng lại được" in page
    assert 'value="Trần Văn Tú"' in page and "có dấu giáp lai" in page
    assert not Dossier.objects.exists()


def test_choices_of_another_state_are_not_meant(
    lan: Client, form: dict[str, str], stored: Store, counter: Counter
) -> None:
    """Every row posts its hidden boxes; only those of the chosen state count."""
    paper = stored(type_code="MARRIAGE_CERTIFICATE", fields={})
    form |= line(counter, MARITAL, held="", lookup="vneid_shown", taken="newer")
    form |= line(counter, MARRIAGE, state="missing", held=str(paper.public_id))
    form |= line(counter, MARRIAGE, state="electronic", held="không phải mã")
    assert lan.post(draft(lan), form).status_code == 302
    assert not (PaperUse.objects.exists() or ResidenceLookUp.objects.exists() or TakenAnyway.objects.exists())


def test_an_intake_that_reuses_three_papers_stays_in_the_budget(
    lan: Client, form: dict[str, str], stored: Store, counter: Counter
) -> None:
    kinds = {MARITAL: "MARITAL_STATUS", BIRTH: "BIRTH_CERTIFICATE", MARRIAGE: "MARRIAGE_CERTIFICATE"}
    for at, kind in kinds.items():
        paper = stored(type_code=kind, fields={})
        form |= line(counter, at, state="electronic", held=str(paper.public_id))
    path = draft(lan)
    lan.post(path, form)
    with at_most(INTAKE_MAX):
        answer = lan.post(reverse("dossiers:intake-draft", args=[uuid.uuid4()]), form | {"confirmed_duplicate": "on"})
        assert answer.status_code == 302, answer.content.decode()
    assert PaperUse.objects.count() == 6


def test_the_page_asks_the_store_once(lan: Client, form: dict[str, str], stored: Store, counter: Counter) -> None:
    for kind in ("MARITAL_STATUS", "BIRTH_CERTIFICATE", "MARRIAGE_CERTIFICATE"):
        stored(type_code=kind, fields={})
    path = draft(lan)
    lan.post(f"{path}luu/", form)
    lan.get(path)
    with at_most(PAGE_MAX) as log:
        assert lan.get(path).status_code == 200
    assert sum("papers_paper" in sql for sql in log.statements) == 1
    with at_most(PAGE_MAX) as log:
        lan.post(f"{path}luu/", form)
    assert not any("papers_paper" in sql for sql in log.statements)
