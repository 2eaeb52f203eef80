"""Consents: given by the person in a wording, or written down at the desk; taken back at once, kept for ever."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.citizens.consent_wordings import purposes, wording_of
from haddong_portal.citizens.constants import ConsentPurpose
from haddong_portal.citizens.models import Consent
from haddong_portal.citizens.selectors.own import consent_lines, has_open_consent
from haddong_portal.citizens.services.give_consent import give_consent
from haddong_portal.citizens.services.sign_in_citizen import citizen_actor
from haddong_portal.citizens.services.withdraw_consent import withdraw_consent
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, NotAllowed, NotFound
from tests.citizens.own import make_person
from tests.factories import MORNING, make_actor

REUSE = ConsentPurpose.PAPER_REUSE


def test_every_purpose_has_a_wording_that_says_what_withdrawing_changes() -> None:
    assert set(purposes()) == set(ConsentPurpose)
    for purpose in purposes():
        wording = wording_of(purpose, on=date(2026, 1, 1))
        assert wording.text and wording.on_withdrawal and wording.source
        assert wording_of(purpose, on=date(2000, 1, 1), version=wording.version) == wording
    with pytest.raises(NotFound, match=r"consent\.no_wording"):
        wording_of(REUSE, on=date(2000, 1, 1))


def test_given_once_withdrawn_at_once_and_given_again(db: None) -> None:
    person = make_person()
    actor = citizen_actor(person.pk)
    first = give_consent(actor=actor, person_id=person.pk, purpose=REUSE, now=MORNING)
    assert give_consent(actor=actor, person_id=person.pk, purpose=REUSE, now=MORNING) == first
    assert (first.channel, first.wording_version) == ("public", "2024-1")
    assert has_open_consent(person.pk, REUSE)
    later = MORNING + timedelta(hours=1)
    withdraw_consent(actor=actor, person_id=person.pk, purpose=REUSE, now=later)
    assert not has_open_consent(person.pk, REUSE)
    with pytest.raises(Conflict, match=r"consent\.not_open"):
        withdraw_consent(actor=actor, person_id=person.pk, purpose=REUSE, now=later)
    give_consent(actor=actor, person_id=person.pk, purpose=REUSE, now=later)
    (line,) = consent_lines(person.pk, on=MORNING.date())
    assert line.open is not None and [one.pk for one in line.ended] == [first.pk]
    actions = AuditEntry.objects.filter(person_id=person.pk).order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["consent.given", "consent.withdrawn", "consent.given"]


def test_the_desk_writes_down_what_the_person_said(desk_clerk_lan: Actor) -> None:
    person = make_person()
    assert give_consent(actor=desk_clerk_lan, person_id=person.pk, purpose=REUSE, now=MORNING).channel == "web"
    withdraw_consent(actor=desk_clerk_lan, person_id=person.pk, purpose=REUSE, now=MORNING)
    assert AuditEntry.objects.filter(actor_user_id=desk_clerk_lan.user_id, action="consent.withdrawn").exists()


def test_nobody_else_decides(ward: Unit) -> None:
    person, other = make_person(), make_person("Lê Văn Khác", 2)
    for actor in (citizen_actor(other.pk), make_actor(ward, Role.OFFICER, "Lê Quang Minh")):
        with pytest.raises(NotAllowed):
            give_consent(actor=actor, person_id=person.pk, purpose=REUSE, now=MORNING)
        with pytest.raises(NotAllowed):
            withdraw_consent(actor=actor, person_id=person.pk, purpose=REUSE, now=MORNING)
    assert Consent.objects.count() == 0


def test_an_unknown_purpose_or_person_is_refused(desk_clerk_lan: Actor) -> None:
    with pytest.raises(NotFound, match=r"consent\.no_wording"):
        give_consent(actor=desk_clerk_lan, person_id=make_person().pk, purpose="quang-cao", now=MORNING)
    with pytest.raises(NotFound, match=r"person\.not_found"):
        give_consent(actor=desk_clerk_lan, person_id=0, purpose=REUSE, now=MORNING)
