"""A citizen's sign-in: the code opens the person whose number was typed, and nothing tells who is known here."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.citizens import ports
from haddong_portal.citizens.constants import PhoneEnd, PhoneProof
from haddong_portal.citizens.models import CitizenSession, PhoneChallenge, VerifiedPhone
from haddong_portal.citizens.services.end_verified_phone import end_verified_phone
from haddong_portal.citizens.services.send_sign_in_code import send_sign_in_code
from haddong_portal.citizens.services.sign_in_citizen import citizen_actor, sign_in_citizen
from haddong_portal.citizens.services.sign_out_citizen import sign_out_citizen
from haddong_portal.citizens.services.touch_citizen_session import touch_citizen_session
from haddong_portal.citizens.services.verify_phone import PhoneEvidence, send_verify_code, verify_phone
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError, NotAllowed
from haddong_portal.notices.services.send_code import send_code
from tests.citizens.own import PHONE, make_person, open_session_of, person_with_phone
from tests.citizens.test_phone_codes import Mailbag, another
from tests.dossiers.races.conftest import at_once  # noqa: F401 - a fixture
from tests.factories import MORNING, make_actor

IP = "203.0.113.7"
MINUTE = timedelta(minutes=1)
UNKNOWN = "001090999999"
send = partial(send_sign_in_code, client_ip=IP, now=MORNING)
sign_in = partial(sign_in_citizen, client_ip=IP, now=MORNING)


@pytest.fixture
def mailbag() -> Iterator[Mailbag]:
    bag = Mailbag()
    ports.register_code_sender(bag)
    yield bag
    ports.register_code_sender(send_code)


def refusal(call: Any, **data: Any) -> DomainError:
    with pytest.raises(DomainError) as raised:
        call(**data)
    return raised.value


def test_the_number_and_the_code_open_the_person(desk_clerk_lan: Actor, mailbag: Mailbag) -> None:
    person = person_with_phone(desk_clerk_lan)
    sent = send(personal_id="001 090 000 001")
    session = sign_in(challenge_id=sent.challenge_id, code=mailbag.code)
    assert session.person == person
    assert mailbag.sent == [(PHONE, mailbag.code)]
    row = AuditEntry.objects.get(action="citizen.signed_in")
    assert (row.person_id, row.actor_user_id, row.channel, row.ip) == (person.pk, None, "public", IP)


def test_a_shared_phone_opens_only_the_person_whose_number_was_typed(desk_clerk_lan: Actor, mailbag: Mailbag) -> None:
    father = person_with_phone(desk_clerk_lan, "Trần Văn Tú", 1)
    daughter = person_with_phone(desk_clerk_lan, "Trần Thị Mai", 2)
    first = send(personal_id=father.personal_id)
    father_code = mailbag.code
    second = send(personal_id=daughter.personal_id, now=MORNING + MINUTE)
    assert [phone for phone, _ in mailbag.sent] == [PHONE, PHONE]
    at = MORNING + MINUTE
    assert sign_in(challenge_id=second.challenge_id, code=mailbag.code, now=at).person == daughter
    assert sign_in(challenge_id=first.challenge_id, code=father_code, now=at).person == father


def test_one_persons_code_does_not_open_the_other(desk_clerk_lan: Actor, mailbag: Mailbag) -> None:
    person_with_phone(desk_clerk_lan, "Trần Văn Tú", 1)
    daughter = person_with_phone(desk_clerk_lan, "Trần Thị Mai", 2)
    send(personal_id="001090000001")
    fathers = mailbag.code
    hers = send(personal_id=daughter.personal_id, now=MORNING + MINUTE)
    if fathers != mailbag.code:  # one in a million
        wrong = refusal(sign_in, challenge_id=hers.challenge_id, code=fathers, now=MORNING + MINUTE)
        assert wrong.code == "phone_code.wrong"
    assert CitizenSession.objects.count() == 0


def story_of_tries(number: str, mailbag: Mailbag) -> list[tuple[Any, ...]]:
    """What somebody who does not have the phone sees of this number, in the order of asking."""
    seen: list[tuple[Any, ...]] = []

    def note(call: Any, **data: Any) -> Any:
        try:
            found = call(**data)
        except DomainError as error:
            seen.append((error.code, error.message, error.status, tuple(error.data.items())))
            return None
        seen.append((found.expires_at, found.resend_from))
        return found

    first = note(send, personal_id=number)
    note(send, personal_id=number)
    wrong = "000000" if not mailbag.sent else another(mailbag.code)
    for _ in range(6):
        note(sign_in, challenge_id=first.challenge_id, code=wrong)
    second = note(send, personal_id=number, now=MORNING + MINUTE)
    note(sign_in, challenge_id=first.challenge_id, code=wrong, now=MORNING + MINUTE)
    note(sign_in, challenge_id=second.challenge_id, code="abc", now=MORNING + 6 * MINUTE)
    for minute in range(2, 9):
        note(send, personal_id=number, now=MORNING + minute * MINUTE)
    return seen


def test_known_unknown_and_unverified_numbers_look_alike(
    desk_clerk_lan: Actor, mailbag: Mailbag, settings: Any
) -> None:
    settings.PHONE_CODE_PER_ADDRESS_MAX = 1000
    known = person_with_phone(desk_clerk_lan, number=1, phone="0911111111")
    unverified = make_person("Lê Văn Chưa", 2)
    ended = person_with_phone(desk_clerk_lan, "Lê Thị Hết", 3, phone="0922222222")
    end_verified_phone(actor=desk_clerk_lan, person_id=ended.pk, reason=PhoneEnd.LOST, now=MORNING)
    told = story_of_tries(known.personal_id, mailbag)
    assert ("phone_code.too_many" in str(told), "phone_code.locked" in str(told)) == (True, True)
    for number in (UNKNOWN, unverified.personal_id, ended.personal_id):
        assert story_of_tries(number, mailbag) == told
    assert {phone for phone, _ in mailbag.sent} == {"0911111111"}


def test_people_who_share_a_phone_do_not_show_it(desk_clerk_lan: Actor, mailbag: Mailbag) -> None:
    """A second request to the same phone within the minute sends nothing and says nothing."""
    person_with_phone(desk_clerk_lan, number=1)
    person_with_phone(desk_clerk_lan, "Trần Thị Mai", 2)
    first, second = send(personal_id="001090000001"), send(personal_id="001090000002")
    assert (first.expires_at, first.resend_from) == (second.expires_at, second.resend_from)
    assert len(mailbag.sent) == 1


def test_a_number_that_cannot_be_one_is_said_so(db: None) -> None:
    assert refusal(send, personal_id="12").code == "identifiers.id_length"


def test_refused_tries_are_on_the_persons_record(desk_clerk_lan: Actor, mailbag: Mailbag) -> None:
    person = person_with_phone(desk_clerk_lan)
    sent = send(personal_id=person.personal_id)
    refusal(sign_in, challenge_id=sent.challenge_id, code=another(mailbag.code))
    row = AuditEntry.objects.get(action="citizen.sign_in_refused")
    assert (row.person_id, row.data) == (person.pk, {"code": "phone_code.wrong"})
    unknown = send(personal_id=UNKNOWN)
    refusal(sign_in, challenge_id=unknown.challenge_id, code="000000")
    refusal(sign_in, challenge_id=uuid.uuid4(), code="000000")
    assert AuditEntry.objects.filter(action="citizen.sign_in_refused").count() == 1


def test_a_code_is_worthless_once_the_phone_was_ended(desk_clerk_lan: Actor, mailbag: Mailbag) -> None:
    person = person_with_phone(desk_clerk_lan)
    sent = send(personal_id=person.personal_id)
    end_verified_phone(actor=desk_clerk_lan, person_id=person.pk, reason=PhoneEnd.LOST, now=MORNING)
    assert refusal(sign_in, challenge_id=sent.challenge_id, code=mailbag.code).code == "phone_code.expired"


def test_a_code_for_another_purpose_signs_nobody_in(desk_clerk_lan: Actor, mailbag: Mailbag) -> None:
    person = person_with_phone(desk_clerk_lan)
    sent = send_verify_code(actor=desk_clerk_lan, person_id=person.pk, phone=PHONE, now=MORNING)
    assert refusal(sign_in, challenge_id=sent.challenge_id, code=mailbag.code).code == "phone_code.expired"


def test_a_session_ends_when_idle_when_old_when_left_and_with_its_phone(desk_clerk_lan: Actor) -> None:
    person = person_with_phone(desk_clerk_lan)
    idle = open_session_of(person, now=MORNING)
    assert touch_citizen_session(session_id=idle.pk, now=MORNING + 14 * MINUTE) is not None
    assert touch_citizen_session(session_id=idle.pk, now=MORNING + 28 * MINUTE) is not None
    assert touch_citizen_session(session_id=idle.pk, now=MORNING + 43 * MINUTE) is None
    old = open_session_of(person, now=MORNING)
    for minute in range(10, 120, 10):
        assert touch_citizen_session(session_id=old.pk, now=MORNING + minute * MINUTE) is not None
    assert touch_citizen_session(session_id=old.pk, now=MORNING + 120 * MINUTE) is None
    left = open_session_of(person, now=MORNING)
    for _ in range(2):
        sign_out_citizen(session_id=left.pk, now=MORNING)
    assert touch_citizen_session(session_id=left.pk, now=MORNING) is None
    assert AuditEntry.objects.filter(action="citizen.signed_out").count() == 1
    replaced = open_session_of(person, now=MORNING)
    verify_phone(actor=desk_clerk_lan, person_id=person.pk, evidence=PhoneEvidence(phone="0987654321"), now=MORNING)
    assert touch_citizen_session(session_id=replaced.pk, now=MORNING) is None
    assert touch_citizen_session(session_id=uuid.uuid4(), now=MORNING) is None


def test_reading_pages_writes_no_more_than_once_a_minute(desk_clerk_lan: Actor, django_assert_num_queries: Any) -> None:
    session = open_session_of(person_with_phone(desk_clerk_lan), now=MORNING)
    with django_assert_num_queries(1):
        touch_citizen_session(session_id=session.pk, now=MORNING + timedelta(seconds=59))
    with django_assert_num_queries(2):
        touch_citizen_session(session_id=session.pk, now=MORNING + MINUTE)


def test_the_citizen_is_an_actor_without_any_right() -> None:
    actor = citizen_actor(7)
    assert (actor.person_id, actor.rights, actor.unit_ids, actor.sees_all_units) == (7, frozenset(), frozenset(), False)
    assert (actor.is_citizen, actor.is_signed_in) == (True, False)


# The clerk's part.


def test_a_phone_is_verified_by_a_code_read_aloud(desk_clerk_lan: Actor, mailbag: Mailbag) -> None:
    person = make_person()
    sent = send_verify_code(actor=desk_clerk_lan, person_id=person.pk, phone="0987 654 321", now=MORNING)
    evidence = PhoneEvidence(challenge_id=sent.challenge_id, code=mailbag.code)
    verified = verify_phone(actor=desk_clerk_lan, person_id=person.pk, evidence=evidence, now=MORNING)
    assert (verified.phone, verified.how, verified.unit_id) == ("0987654321", PhoneProof.CODE, desk_clerk_lan.unit_id)
    row = AuditEntry.objects.get(action="citizen.phone_verified")
    assert (row.person_id, row.data, row.actor_user_id) == (person.pk, {"how": "code"}, desk_clerk_lan.user_id)


def test_a_code_read_for_one_person_verifies_no_other(desk_clerk_lan: Actor, mailbag: Mailbag) -> None:
    one, other = make_person(), make_person("Lê Văn Khác", 2)
    sent = send_verify_code(actor=desk_clerk_lan, person_id=one.pk, phone=PHONE, now=MORNING)
    evidence = PhoneEvidence(challenge_id=sent.challenge_id, code=mailbag.code)
    crossed = refusal(verify_phone, actor=desk_clerk_lan, person_id=other.pk, evidence=evidence, now=MORNING)
    assert crossed.code == "phone_code.expired"
    assert VerifiedPhone.objects.count() == 0


def test_a_new_phone_takes_the_place_of_the_old(desk_clerk_lan: Actor) -> None:
    person = person_with_phone(desk_clerk_lan)
    evidence = PhoneEvidence(phone="0987654321")
    verify_phone(actor=desk_clerk_lan, person_id=person.pk, evidence=evidence, now=MORNING + MINUTE)
    rows = VerifiedPhone.objects.filter(person=person).order_by("pk").values_list("end_reason", "ended_at")
    assert list(rows) == [("replaced", MORNING + MINUTE), ("", None)]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLERK, Role.ONE_STOP_HEAD}))
def test_only_the_desk_verifies_and_ends_phones(role: Role, ward: Unit, desk_clerk_lan: Actor) -> None:
    person, actor = person_with_phone(desk_clerk_lan), make_actor(ward, role, "Nguyễn Văn Thử")
    evidence = PhoneEvidence(phone=PHONE)
    for call in (
        partial(verify_phone, actor=actor, person_id=person.pk, evidence=evidence, now=MORNING),
        partial(send_verify_code, actor=actor, person_id=person.pk, phone=PHONE, now=MORNING),
        partial(end_verified_phone, actor=actor, person_id=person.pk, reason=PhoneEnd.LOST, now=MORNING),
    ):
        with pytest.raises(NotAllowed):
            call()


def test_the_citizen_ends_the_own_phone_and_nobody_elses(desk_clerk_lan: Actor) -> None:
    person = person_with_phone(desk_clerk_lan)
    other = person_with_phone(desk_clerk_lan, "Lê Văn Khác", 2)
    with pytest.raises(NotAllowed):
        end_verified_phone(actor=citizen_actor(person.pk), person_id=other.pk, reason=PhoneEnd.LOST, now=MORNING)
    end_verified_phone(actor=citizen_actor(person.pk), person_id=person.pk, reason=PhoneEnd.LOST, now=MORNING)
    assert list(VerifiedPhone.objects.filter(ended_at__isnull=True)) == [VerifiedPhone.objects.get(person=other)]
    again = refusal(end_verified_phone, actor=desk_clerk_lan, person_id=person.pk, reason=PhoneEnd.LOST, now=MORNING)
    assert again.code == "citizen.no_phone"


@pytest.mark.parametrize(("phone", "code"), [("02433824567", "phone_code.not_mobile"), ("12", "phones.invalid")])
def test_only_a_mobile_can_be_verified(desk_clerk_lan: Actor, phone: str, code: str) -> None:
    person, evidence = make_person(), PhoneEvidence(phone=phone)
    found = refusal(verify_phone, actor=desk_clerk_lan, person_id=person.pk, evidence=evidence, now=MORNING)
    assert found.code == code


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_for_one_number_send_one_code(
    at_once: Any,  # noqa: F811 - the fixture
    desk_clerk_lan: Actor,
    mailbag: Mailbag,
) -> None:
    person = person_with_phone(desk_clerk_lan)
    for number in (person.personal_id, UNKNOWN):
        answers = at_once([partial(send, personal_id=number)] * 4)
        assert sorted(getattr(answer, "code", "ok") for answer in answers) == ["ok"] + ["phone_code.too_soon"] * 3
    assert len(mailbag.sent) == 1
    assert PhoneChallenge.objects.count() == 2
