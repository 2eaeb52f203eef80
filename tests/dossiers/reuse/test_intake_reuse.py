"""A paper that the store holds is not asked for again: used, looked up, or taken with a reason, all on record."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dossiers.models import ChecklistLine, Dossier, RuleSet
from dossiers.papers.constants import OwnerRef, PaperState, Trust
from dossiers.papers.models import Paper, PaperEvent, PaperUse, TakenAnyway
from dossiers.papers.selectors.held import papers_for
from dossiers.papers.services.use_papers import WantedUse, lock_for_use
from dossiers.selectors.paper_offers import paper_offers
from dossiers.selectors.receipt_data import receipt_data
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.citizens.constants import LookUpData
from haddong_portal.citizens.models import ResidenceLookUp
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import fold
from tests.dossiers.reuse.conftest import BIRTH, BOOK, IDENTITY, MARITAL, RESIDENCE, Counter, counter_at
from tests.factories import MORNING, citizen, receive
from tests.papers.conftest import Store, person

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=1)
VNEID = LookUpData("vneid_shown")


def take_in(clerk: Actor, counter: Counter, **changed: Any) -> Dossier:
    data = {"checklist": counter.answers(**changed), "confirmed_duplicate": True, "now": LATER}
    return Dossier.objects.get(pk=receive(clerk, counter.procedure, **data).dossier_id)


def refused(code: str, clerk: Actor, counter: Counter, at: int, **changed: Any) -> DomainError:
    with pytest.raises(DomainError) as raised:
        take_in(clerk, counter, **changed)
    assert raised.value.code == code
    assert raised.value.data["requirement_ids"] == [counter.procedure.papers[at].pk]
    assert not Dossier.objects.exists()
    return raised.value


def reuse(paper: Paper) -> dict[str, Any]:
    """As the form sends it: with the numbers that the catalogue proposes."""
    return {"state": "electronic", "paper": paper.public_id, "originals": 1}


def test_a_held_paper_is_used_and_the_use_names_purpose_clerk_and_dossier(
    stored: Store, counter: Counter, desk_clerk_lan: Actor
) -> None:
    paper = stored()
    dossier = take_in(desk_clerk_lan, counter, MARITAL=reuse(paper))
    line = ChecklistLine.objects.select_related("paper_use").get(dossier=dossier, position=MARITAL + 1)
    use = line.paper_use
    assert use is not None
    assert (use.version_id, use.purpose, use.reference) == (
        paper.current_version_id,
        "INTAKE",
        f"dossier:{dossier.code}",
    )
    assert (use.clerk_id, use.unit_id, use.used_at) == (desk_clerk_lan.user_id, desk_clerk_lan.unit_id, LATER)
    assert (use.pages_saved, use.requirement_name) == (2, "Giấy xác nhận tình trạng hôn nhân")
    event = PaperEvent.objects.get(kind="paper.used")
    assert (event.paper_id, event.reference) == (paper.pk, f"dossier:{dossier.code}")
    printed = {one.name: (one.original_count, one.electronic, one.held) for one in receipt_data(dossier).components}
    assert printed["Giấy xác nhận tình trạng hôn nhân"] == (0, True, True)
    assert printed["Giấy khai sinh"][1:] == (False, False)


def test_three_papers_are_used_in_one_intake_with_few_statements(
    stored: Store, counter: Counter, desk_clerk_lan: Actor
) -> None:
    kinds = {"MARITAL": "MARITAL_STATUS", "BIRTH": "BIRTH_CERTIFICATE", "MARRIAGE": "MARRIAGE_CERTIFICATE"}
    papers = {line: stored(type_code=kind, fields={}) for line, kind in kinds.items()}
    take_in(desk_clerk_lan, counter, MARITAL=reuse(papers["MARITAL"]), **_reasons("BIRTH", "MARRIAGE"))
    with CaptureQueriesContext(connection) as one:
        take_in(desk_clerk_lan, counter, MARITAL=reuse(papers["MARITAL"]), **_reasons("BIRTH", "MARRIAGE"))
    with CaptureQueriesContext(connection) as three:
        take_in(desk_clerk_lan, counter, **{line: reuse(paper) for line, paper in papers.items()})
    assert PaperUse.objects.count() == 5
    assert len(three) < len(one)  # nothing taken, nothing to ask the store about


def _reasons(*lines: str) -> dict[str, dict[str, str]]:
    return {line: {"state": "paper", "taken_reason": "bản điện tử mờ"} for line in lines}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"issued_on": MORNING.date() - timedelta(days=400)}, "paper.expired"),
        ({"trust": Trust.CHECKED}, "paper.unsigned"),
        ({"type_code": "BIRTH_CERTIFICATE", "fields": {}}, "paper.wrong_type"),
        ({"basis": "CONSENT"}, "paper.no_consent"),
    ],
)
def test_a_paper_that_may_not_be_used_is_refused_at_its_line(
    stored: Store, counter: Counter, desk_clerk_lan: Actor, settings: Any, changes: dict[str, Any], code: str
) -> None:
    settings.PAPERS_TRUST_MIN = "SIGNED_DIGITISED"
    error = refused(code, desk_clerk_lan, counter, MARITAL, MARITAL=reuse(stored(**changes)))
    assert error.message.startswith("Giấy xác nhận tình trạng hôn nhân: ")
    assert not PaperUse.objects.exists()


def test_another_persons_paper_and_an_unknown_one_are_refused(
    stored: Store, counter: Counter, desk_clerk_lan: Actor
) -> None:
    other = stored(owner=OwnerRef(person_id=person("Ngô Thị Khác", 7).pk))
    refused("paper.wrong_owner", desk_clerk_lan, counter, MARITAL, MARITAL=reuse(other))
    unknown = {"state": "electronic", "paper": uuid.uuid4()}
    refused("paper.not_found", desk_clerk_lan, counter, MARITAL, MARITAL=unknown)


def test_a_paper_revoked_after_it_was_shown_refuses_its_line_only(
    stored: Store, counter: Counter, desk_clerk_lan: Actor
) -> None:
    marital, birth = stored(), stored(type_code="BIRTH_CERTIFICATE", fields={})
    Paper.objects.filter(pk=birth.pk).update(
        state=PaperState.REVOKED, revoked_at=MORNING, revoked_reason="cấp sai thẩm quyền"
    )
    refused("paper.revoked", desk_clerk_lan, counter, BIRTH, MARITAL=reuse(marital), BIRTH=reuse(birth))
    dossier = take_in(desk_clerk_lan, counter, MARITAL=reuse(marital))
    assert PaperUse.objects.get().reference == f"dossier:{dossier.code}"


def test_taking_a_paper_that_is_held_asks_why_and_writes_it_down(
    stored: Store, counter: Counter, desk_clerk_lan: Actor, tu: OwnerRef
) -> None:
    stored()
    refused("dossier.paper_held", desk_clerk_lan, counter, MARITAL)
    dossier = take_in(desk_clerk_lan, counter, **_reasons("MARITAL", "BIRTH"))
    row = TakenAnyway.objects.select_related("type").get()
    assert (row.type.code, row.reason, row.reference) == ("MARITAL_STATUS", "bản điện tử mờ", f"dossier:{dossier.code}")
    assert (row.person_id, row.clerk_id, row.at) == (tu.person_id, desk_clerk_lan.user_id, LATER)


def test_a_rule_set_that_does_not_look_first_asks_for_no_reason(
    stored: Store, counter: Counter, desk_clerk_lan: Actor
) -> None:
    stored()
    rules = RuleSet.objects.get()
    rules.policy = {**rules.policy, "reuse_before_scan": {"value": False}}
    rules.save()
    take_in(desk_clerk_lan, counter)
    assert not TakenAnyway.objects.exists()


def test_a_person_never_seen_and_a_paper_that_cannot_be_used_ask_for_nothing(
    stored: Store, counter: Counter, desk_clerk_lan: Actor
) -> None:
    stored(issued_on=MORNING.date() - timedelta(days=400))
    take_in(desk_clerk_lan, counter)
    receive(desk_clerk_lan, counter.procedure, person=citizen("Người Mới", 99), checklist=counter.answers(), now=LATER)
    assert not TakenAnyway.objects.exists()


def test_a_waived_line_keeps_how_it_was_looked_up(counter: Counter, desk_clerk_lan: Actor) -> None:
    waived = {"state": "waived", "look_up": VNEID}
    dossier = take_in(desk_clerk_lan, counter, IDENTITY=waived, RESIDENCE=waived, BOOK=waived)
    lines = {line.position - 1: line for line in dossier.checklist.select_related("look_up")}
    for place in (IDENTITY, RESIDENCE, BOOK):
        found = lines[place].look_up
        assert found is not None
        assert (found.method, found.reference, found.person_id) == (
            "vneid_shown",
            f"dossier:{dossier.code}",
            dossier.person_id,
        )
        assert found.requirement_name == lines[place].name
    assert AuditEntry.objects.filter(action="residence.look_up", person_id=dossier.person_id).count() == 3


def test_a_household_book_may_not_be_taken_and_is_never_missing(counter: Counter, desk_clerk_lan: Actor) -> None:
    error = refused("dossier.paper_never_demanded", desk_clerk_lan, counter, BOOK, BOOK={"state": "paper"})
    assert "104/2022" in error.message
    take_in(desk_clerk_lan, counter)


def test_a_residence_paper_needs_the_reason_why_no_look_up_worked(counter: Counter, desk_clerk_lan: Actor) -> None:
    at = RESIDENCE
    refused("dossier.residence_reason_missing", desk_clerk_lan, counter, at, RESIDENCE={"state": "paper"})
    seen = {"state": "paper", "look_up": VNEID}
    refused("dossier.residence_reason_missing", desk_clerk_lan, counter, at, RESIDENCE=seen)
    fallback = {"state": "paper", "look_up": LookUpData("fallback", "network")}
    take_in(desk_clerk_lan, counter, RESIDENCE=fallback)
    assert ResidenceLookUp.objects.get().fallback_reason == "network"


@pytest.mark.parametrize(
    ("at", "line", "answer", "code"),
    [
        (IDENTITY, "IDENTITY", {"state": "waived"}, "dossier.look_up_missing"),
        (IDENTITY, "IDENTITY", {"state": "paper", "look_up": VNEID}, "dossier.look_up_misplaced"),
        (BIRTH, "BIRTH", {"state": "copy", "look_up": VNEID}, "dossier.look_up_misplaced"),
        (BIRTH, "BIRTH", {"state": "paper", "paper": uuid.UUID(int=1)}, "dossier.paper_not_electronic"),
    ],
)
def test_answers_that_contradict_themselves_are_refused(
    counter: Counter, desk_clerk_lan: Actor, at: int, line: str, answer: dict[str, Any], code: str
) -> None:
    refused(code, desk_clerk_lan, counter, at, **{line: answer})


def test_the_lines_say_what_is_held_how_old_how_sure_and_why_not(
    stored: Store, counter: Counter, desk_clerk_lan: Actor, tu: OwnerRef
) -> None:
    stored(number="12/UBND-XNTTHN", issued_on=MORNING.date() - timedelta(days=70))
    stored(type_code="BIRTH_CERTIFICATE", fields={}, trust=Trust.DECLARED)
    with CaptureQueriesContext(connection) as queries:
        offers = paper_offers(
            actor=desk_clerk_lan,
            person_id=tu.person_id,
            requirements=counter.procedure.papers,
            on=MORNING.date(),
        )
    assert len(queries) == 1
    usable = offers[counter.procedure.papers[MARITAL].pk].usable
    assert [(one.name, one.trust) for one in usable] == [
        ("Giấy xác nhận tình trạng hôn nhân số 12/UBND-XNTTHN", Trust.SIGNED_DIGITISED.label)
    ]
    assert usable[0].age.endswith("(2 tháng trước)") and "phường Văn Quán" in usable[0].origin
    (pending,) = offers[counter.procedure.papers[BIRTH].pk].unusable
    assert fold("chờ kiểm tra") in fold(pending.why_not)
    book = offers[counter.procedure.papers[BOOK].pk]
    assert "104/2022" in book.never_demand and book.looked_up


def test_nothing_is_asked_of_the_store_before_the_person_is_known(counter: Counter, desk_clerk_lan: Actor) -> None:
    with CaptureQueriesContext(connection) as queries:
        paper_offers(actor=desk_clerk_lan, person_id=None, requirements=counter.procedure.papers, on=MORNING.date())
    assert not queries.captured_queries


def test_another_unit_uses_the_same_paper(stored: Store, stranger_nga: Actor, tu: OwnerRef) -> None:
    paper = stored()
    there = counter_at(Unit.objects.get(pk=stranger_nga.unit_id))
    assert papers_for(owner=tu, type_codes=["MARITAL_STATUS"], on=MORNING.date())["MARITAL_STATUS"][0].usable
    dossier = take_in(stranger_nga, there, MARITAL=reuse(paper))
    assert PaperUse.objects.get(reference=f"dossier:{dossier.code}").unit_id == stranger_nga.unit_id


def test_a_paper_made_for_one_matter_is_never_offered_nor_used(
    stored: Store, desk_clerk_lan: Actor, tu: OwnerRef
) -> None:
    proxy = stored(type_code="AUTHORISATION", fields={})
    assert papers_for(owner=tu, type_codes=["AUTHORISATION"], on=MORNING.date()) == {}
    wanted = [WantedUse(proxy.public_id, frozenset({"AUTHORISATION"}))]
    with pytest.raises(DomainError, match=r"paper\.single_use"):
        lock_for_use(actor=desk_clerk_lan, owner=tu, wanted=wanted, now=MORNING)
