"""A citizen who can sign in, and a browser in which they have."""

from __future__ import annotations

from datetime import datetime

from django.core.signing import get_cookie_signer
from django.test import Client

from haddong_portal.citizens.models import CitizenSession, Person, VerifiedPhone
from haddong_portal.citizens.services.find_or_create_person import checked_person, find_or_create_person
from haddong_portal.citizens.services.verify_phone import PhoneEvidence, verify_phone
from haddong_portal.citizens.sessions import COOKIE
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from tests.factories import MORNING, citizen

PHONE = "0912345678"


def make_person(name: str = "Trần Văn Tú", number: int = 1, *, now: datetime = MORNING) -> Person:
    """A person known to the administration, by `tests.factories.citizen`."""
    return find_or_create_person(data=checked_person(citizen(name, number)), now=now)[0]


def person_with_phone(
    clerk: Actor, name: str = "Trần Văn Tú", number: int = 1, *, phone: str = PHONE, now: datetime = MORNING
) -> Person:
    """The same, with a phone that `clerk` has seen at the desk."""
    person = make_person(name, number, now=now)
    verify_phone(actor=clerk, person_id=person.pk, evidence=PhoneEvidence(phone=phone), now=now)
    return person


def open_session_of(person: Person, *, now: datetime | None = None) -> CitizenSession:
    """An open session as the sign-in leaves it."""
    moment = now or clock.now()
    phone = VerifiedPhone.objects.get(person=person, ended_at__isnull=True)
    return CitizenSession.objects.create(person=person, verified_phone=phone, started_at=moment, seen_at=moment)


def signed_in_citizen(person: Person, *, now: datetime | None = None) -> Client:
    """A browser with the person's session cookie."""
    client = Client(raise_request_exception=False)
    key = open_session_of(person, now=now).pk.hex
    client.cookies[COOKIE.name] = get_cookie_signer(salt=COOKIE.name + COOKIE.name).sign(key)
    return client
