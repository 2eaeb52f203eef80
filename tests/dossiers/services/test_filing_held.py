"""Filing from home with papers of the own store: offered to whoever is signed in, used when the form is sent."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.test import Client

from dossiers.models import ChecklistLine, Dossier, FilingDraft
from dossiers.papers.constants import OwnerRef, UsePurpose
from dossiers.papers.models import Paper, PaperUse
from dossiers.papers.services.revoke_paper import revoke_paper
from dossiers.selectors.filing import filing_page
from dossiers.services.filing_draft import choose_case
from dossiers.services.filing_held import drop_held, hold_paper
from dossiers.services.submit_online import submit_online
from haddong_portal.accounts.models import Unit
from haddong_portal.citizens.services.sign_in_citizen import citizen_actor
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError, NotAllowed
from procedures.models import PaperRequirement
from tests.citizens.own import person_with_phone, signed_in_citizen
from tests.dossiers.filed import CITIZEN, IP, draft_of
from tests.factories import MORNING, PublishedProcedure
from tests.papers.conftest import Store, paper_types, papers_root, person, stored, tu  # noqa: F401 - fixtures


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def me(tu: OwnerRef) -> Actor:  # noqa: F811 - the fixture
    return citizen_actor(tu.person_id or 0)


@pytest.fixture
def form(online: PublishedProcedure, ward: Unit) -> uuid.UUID:
    """A draft of Tú's, its one required component a certificate of marital status, nothing uploaded."""
    PaperRequirement.objects.filter(pk=online.papers[0].pk).update(paper_type="MARITAL_STATUS")
    return draft_of(online, ward, papers=False)


def refused(call: Any, **data: Any) -> str:
    with pytest.raises(DomainError) as raised:
        call(**data)
    return raised.value.code


def test_nothing_is_uploaded_twice(form: uuid.UUID, online: PublishedProcedure, me: Actor, stored: Store) -> None:  # noqa: F811
    paper, line = stored(), online.papers[0].pk
    page = filing_page(form, person_id=me.person_id)
    assert [offer.paper for offer in page.slots[0].offers] == [paper.public_id]
    assert [slot.requirement_id for slot in page.missing] == [line]
    hold_paper(actor=me, key=form, requirement_id=line, paper=paper.public_id)
    assert filing_page(form).missing == []
    done = submit_online(key=form, client_ip=IP, actor=me, now=MORNING)
    use = PaperUse.objects.get()
    assert (use.reference, use.purpose, use.clerk_id) == (f"dossier:{done.code}", UsePurpose.INTAKE, None)
    kept = ChecklistLine.objects.get(dossier_id=done.dossier_id, requirement_id=line)
    assert (kept.state, kept.paper_use_id) == ("electronic", use.pk)
    assert submit_online(key=form, client_ip=IP, actor=me, now=MORNING).already
    assert PaperUse.objects.count() == 1


def test_only_the_own_usable_paper_of_the_right_type_is_held(
    form: uuid.UUID,
    online: PublishedProcedure,
    me: Actor,
    stored: Store,  # noqa: F811 - the fixture
    desk_clerk_lan: Actor,
) -> None:
    first, second = (paper.pk for paper in online.papers)
    hold = partial(hold_paper, actor=me, key=form, requirement_id=first)
    theirs = stored(owner=OwnerRef(person_id=person("Lê Văn Khác", 2).pk))
    assert refused(hold, paper=theirs.public_id) == "filing.not_held"
    assert refused(hold, paper=stored(type_code="BIRTH_CERTIFICATE", fields={}).public_id) == "filing.not_held"
    old = stored(valid_to=MORNING.date() - timedelta(days=1))
    assert refused(hold, paper=old.public_id) == "paper.expired"
    mine = stored()
    assert refused(hold, paper=mine.public_id, requirement_id=second) == "filing.unpublished"
    for actor in (desk_clerk_lan, citizen_actor(theirs.owner_person_id or 0)):
        with pytest.raises((NotAllowed, Conflict)):
            hold(actor=actor, paper=mine.public_id)
    assert len(filing_page(form).missing) == 1


def test_a_choice_is_taken_back_and_goes_with_another_case(
    form: uuid.UUID,
    online: PublishedProcedure,
    me: Actor,
    stored: Store,  # noqa: F811
) -> None:
    paper, line = stored(), online.papers[0].pk
    for back in (
        partial(drop_held, key=form, requirement_id=line),
        partial(choose_case, key=form, case_id=str(online.case.pk)),
    ):
        hold_paper(actor=me, key=form, requirement_id=line, paper=paper.public_id)
        assert filing_page(form).missing == []
        back()
        assert len(filing_page(form).missing) == 1


def test_whoever_else_has_the_address_neither_sees_nor_sends_it(
    form: uuid.UUID,
    online: PublishedProcedure,
    me: Actor,
    stored: Store,  # noqa: F811
) -> None:
    paper = stored()
    hold_paper(actor=me, key=form, requirement_id=online.papers[0].pk, paper=paper.public_id)
    assert refused(submit_online, key=form, client_ip=IP, now=MORNING) == "filing.sign_in"
    other = citizen_actor(person("Lê Văn Khác", 2).pk)
    assert filing_page(form, person_id=other.person_id).slots[0].held == "giấy tờ trong kho của người nộp"
    assert refused(submit_online, key=form, client_ip=IP, actor=other, now=MORNING) in {
        "paper.not_found",
        "auth.not_allowed",
    }
    assert Dossier.objects.count() == PaperUse.objects.count() == 0


def test_a_paper_revoked_meanwhile_refuses_its_line_and_loses_nothing(
    form: uuid.UUID,
    online: PublishedProcedure,
    me: Actor,
    stored: Store,  # noqa: F811 - the fixture
    leader_hoa: Actor,
) -> None:
    paper = stored()
    hold_paper(actor=me, key=form, requirement_id=online.papers[0].pk, paper=paper.public_id)
    revoke_paper(actor=leader_hoa, paper_id=paper.pk, reason="cấp sai", now=MORNING)
    assert refused(submit_online, key=form, client_ip=IP, actor=me, now=MORNING) == "paper.revoked"
    assert FilingDraft.objects.get(key=form).dossier_id is None
    assert filing_page(form).content["full_name"] == CITIZEN["full_name"]


def test_by_the_pages(
    form: uuid.UUID,
    online: PublishedProcedure,
    desk_clerk_lan: Actor,
    stored: Store,  # noqa: F811 - the fixture
) -> None:
    paper, line = stored(), online.papers[0].pk
    path, hold = f"/nop-ho-so/ban-khai/{form}/", f"/nop-ho-so/ban-khai/{form}/kho/{line}/"
    stranger = Client()
    assert "Đã có giấy tờ điện tử?" in stranger.get(path).content.decode()
    assert stranger.post(hold, {"paper": str(paper.public_id)})["Location"].startswith("/giay-to-cua-toi/dang-nhap/")
    mine = signed_in_citizen(person_with_phone(desk_clerk_lan))
    page = mine.get(path).content.decode()
    assert "Dùng bản đã có" in page and str(paper.public_id) in page
    part = mine.post(hold, {"paper": str(paper.public_id)}, headers={"HX-Request": "true"}).content.decode()
    assert "Dùng bản trong kho" in part and "Đủ giấy tờ" in part
    assert mine.post(hold, {"paper": "x"}).status_code == 404
    hidden = stranger.get(path).content.decode()
    assert paper.number not in hidden and "giấy tờ trong kho của người nộp" in hidden
    assert paper.number in mine.get(f"{path}xem-lai/").content.decode()
    assert stranger.post(f"{hold}bo/").status_code == 302
    assert "Không dùng bản này" not in mine.get(path).content.decode()
    mine.post(hold, {"paper": str(paper.public_id)})
    assert Paper.objects.get().pk == paper.pk
