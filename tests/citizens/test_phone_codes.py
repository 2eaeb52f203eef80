"""One-time codes: six digits that only the phone's holder knows, good once."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction

from haddong_portal.audit.models import AuditEntry
from haddong_portal.citizens import ports
from haddong_portal.citizens.models import PhoneChallenge
from haddong_portal.citizens.selectors.phone_codes import confirmed_phone
from haddong_portal.citizens.services.code_digest import code_digest
from haddong_portal.citizens.services.confirm_phone_code import ConfirmedPhone, confirm_phone_code
from haddong_portal.citizens.services.send_phone_code import send_phone_code
from haddong_portal.common.errors import DomainError
from haddong_portal.notices.models import Notice
from haddong_portal.notices.services.send_code import send_code
from tests.dossiers.races.conftest import at_once  # noqa: F401 - a fixture
from tests.factories import MORNING

PHONE, OTHER_PHONE, IP = "0912345678", "0987654321", "203.0.113.7"
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
send = partial(send_phone_code, phone=PHONE, purpose="online", reference="draft/1", client_ip=IP, now=MORNING)
confirm = partial(confirm_phone_code, purpose="online", now=MORNING)


class Mailbag:
    """Collects what would have gone out."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    def __call__(self, *, phone: str, code: str, minutes: int, reference: str, now: datetime) -> None:
        self.sent.append((phone, code))

    @property
    def code(self) -> str:
        return self.sent[-1][1]


@pytest.fixture
def mailbag() -> Iterator[Mailbag]:
    bag = Mailbag()
    ports.register_code_sender(bag)
    yield bag
    ports.register_code_sender(send_code)


def another(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def refusal(**call: Any) -> DomainError:
    with pytest.raises(DomainError) as raised:
        confirm(**call)
    return raised.value


def refused_sending(**call: Any) -> DomainError:
    with pytest.raises(DomainError) as raised:
        send(**call)
    return raised.value


@pytest.mark.django_db
def test_the_right_code_proves_the_phone_once(mailbag: Mailbag) -> None:
    sent = send(phone="+84 912 345 678")
    assert mailbag.sent == [(PHONE, mailbag.code)]
    assert len(mailbag.code) == 6 and mailbag.code.isdigit()
    typed = f"{mailbag.code[:3]} {mailbag.code[3:]}"
    confirmed = confirm(challenge_id=sent.challenge_id, code=typed)
    assert confirmed == ConfirmedPhone(sent.challenge_id, PHONE, "online", "draft/1")
    assert refusal(challenge_id=sent.challenge_id, code=mailbag.code).code == "phone_code.used"


@pytest.mark.django_db
def test_the_code_is_kept_nowhere_in_the_clear(mailbag: Mailbag, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    sent = send()
    code = mailbag.code
    confirm(challenge_id=sent.challenge_id, code=code)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(c)::text FROM citizens_phonechallenge c")
        row = cursor.fetchone()[0]
        cursor.execute("SELECT coalesce(string_agg(row_to_json(a)::text, ''), '') FROM audit_auditentry a")
        audited = cursor.fetchone()[0]
    # A timestamp or a random identifier may hold any six digits, so those columns are left out.
    stored = PhoneChallenge.objects.values("purpose", "reference", "attempts").get()
    assert PHONE not in row and code not in str(stored) and code not in audited
    assert PhoneChallenge.objects.get().code_digest == code_digest(challenge_id=sent.challenge_id, code=code)
    ours = [record for record in caplog.records if record.name.startswith("haddong")]
    assert not any(code in record.getMessage() or PHONE in record.getMessage() for record in ours)
    assert AuditEntry.objects.count() == 0


@pytest.mark.django_db
def test_a_code_lives_five_minutes(mailbag: Mailbag) -> None:
    sent = send()
    assert sent.expires_at == MORNING + 5 * MINUTE
    late = refusal(challenge_id=sent.challenge_id, code=mailbag.code, now=MORNING + 5 * MINUTE + SECOND)
    assert late.code == "phone_code.expired"
    assert confirm(challenge_id=sent.challenge_id, code=mailbag.code, now=MORNING + 5 * MINUTE).phone == PHONE


@pytest.mark.django_db
def test_five_wrong_tries_lock_it_even_for_the_right_code(mailbag: Mailbag) -> None:
    sent = send()
    wrong = another(mailbag.code)
    tries = [refusal(challenge_id=sent.challenge_id, code=wrong) for _ in range(5)]
    assert [one.data["left"] for one in tries] == [4, 3, 2, 1, 0]
    locked = refusal(challenge_id=sent.challenge_id, code=mailbag.code)
    assert (locked.code, locked.status) == ("phone_code.locked", 429)
    assert PhoneChallenge.objects.get().attempts == 5


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "１２３４５６", "0" * 400])
def test_what_is_no_code_is_a_wrong_try(mailbag: Mailbag, typed: str) -> None:
    sent = send()
    assert refusal(challenge_id=sent.challenge_id, code=typed).code in {"phone_code.wrong"}


@pytest.mark.django_db
def test_a_newer_code_ends_the_older(mailbag: Mailbag) -> None:
    first, first_code = send(), mailbag.code
    second = send(now=MORNING + MINUTE)
    assert refusal(challenge_id=first.challenge_id, code=first_code).code == "phone_code.expired"
    assert confirm(challenge_id=second.challenge_id, code=mailbag.code, now=MORNING + MINUTE).phone == PHONE


@pytest.mark.django_db
def test_a_code_serves_only_its_purpose_and_unknown_challenges_look_expired(mailbag: Mailbag) -> None:
    sent = send()
    other_purpose = refusal(challenge_id=sent.challenge_id, code=mailbag.code, purpose="hand_over")
    unknown = refusal(challenge_id=uuid.uuid4(), code=mailbag.code)
    assert (other_purpose.code, other_purpose.message) == (unknown.code, unknown.message)
    assert unknown.code == "phone_code.expired"


@pytest.mark.django_db
def test_an_unknown_phone_gets_the_same_answer_and_no_message(mailbag: Mailbag) -> None:
    known = send()
    unknown = send(phone=OTHER_PHONE, is_known=False)
    assert [phone for phone, _ in mailbag.sent] == [PHONE]
    assert (known.expires_at, known.resend_from) == (unknown.expires_at, unknown.resend_from)
    wrong = another(mailbag.code)
    answers = [refusal(challenge_id=one.challenge_id, code=wrong) for one in (known, unknown)]
    assert answers[0].message == answers[1].message
    assert answers[0].data == answers[1].data


@pytest.mark.django_db
def test_one_phone_gets_no_more_than_so_many_codes_an_hour(mailbag: Mailbag, settings: Any) -> None:
    settings.PHONE_CODE_PER_PHONE_MAX = 2
    send()
    soon = refused_sending(now=MORNING + 10 * SECOND)
    assert (soon.code, soon.status, soon.data["wait_s"]) == ("phone_code.too_soon", 429, 51)
    send(now=MORNING + MINUTE)
    assert refused_sending(now=MORNING + 3 * MINUTE, client_ip="203.0.113.8").code == "phone_code.too_many"
    assert send(phone=OTHER_PHONE, now=MORNING + 3 * MINUTE)
    assert send(now=MORNING + 61 * MINUTE)


@pytest.mark.django_db
def test_one_address_cannot_write_to_many_phones(mailbag: Mailbag, settings: Any) -> None:
    settings.PHONE_CODE_PER_ADDRESS_MAX = 2
    for number in range(2):
        send(phone=f"091234567{number}")
    assert refused_sending(phone="0912345672").code == "phone_code.too_many"
    assert send(phone="0912345672", client_ip="203.0.113.8")


@pytest.mark.django_db
@pytest.mark.parametrize(("phone", "code"), [("02433824567", "phone_code.not_mobile"), ("12", "phones.invalid")])
def test_only_a_mobile_is_written_to(mailbag: Mailbag, phone: str, code: str) -> None:
    assert refused_sending(phone=phone).code == code
    assert mailbag.sent == []


@pytest.mark.django_db
def test_a_proven_phone_counts_for_its_matter_and_an_hour(mailbag: Mailbag) -> None:
    sent = send()
    ask = partial(confirmed_phone, challenge_id=sent.challenge_id, purpose="online", reference="draft/1", now=MORNING)
    assert ask() is None
    confirm(challenge_id=sent.challenge_id, code=mailbag.code)
    assert ask() == PHONE
    assert ask(reference="draft/2") is None
    assert ask(purpose="hand_over") is None
    assert ask(now=MORNING + 61 * MINUTE) is None


@pytest.mark.django_db
def test_the_message_goes_out_through_notices(settings: Any) -> None:
    sent = send()
    notice = Notice.objects.get(reference=f"phone-code/{sent.challenge_id}")
    assert (notice.event, notice.channel, notice.recipient) == ("phone_code", "sms", PHONE)
    digits = "".join(char for char in notice.body if char.isdigit())
    assert any(
        code_digest(challenge_id=sent.challenge_id, code=digits[at : at + 6])
        == PhoneChallenge.objects.get().code_digest
        for at in range(len(digits) - 5)
    )


@pytest.mark.django_db(transaction=True)
def test_a_wrong_try_must_not_be_lost_with_the_callers_transaction(mailbag: Mailbag) -> None:
    sent = send()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        confirm(challenge_id=sent.challenge_id, code=another(mailbag.code))
    refusal(challenge_id=sent.challenge_id, code=another(mailbag.code))
    assert PhoneChallenge.objects.get().attempts == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_confirmations_at_once_one_wins(at_once: Any, mailbag: Mailbag) -> None:  # noqa: F811 - the fixture
    sent = send()
    answers = at_once([partial(confirm, challenge_id=sent.challenge_id, code=mailbag.code)] * 2)
    assert sorted(getattr(answer, "code", "ok") for answer in answers) == ["ok", "phone_code.used"]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_wrong_tries_at_once_all_count(at_once: Any, mailbag: Mailbag) -> None:  # noqa: F811 - the fixture
    sent = send()
    at_once([partial(confirm, challenge_id=sent.challenge_id, code=another(mailbag.code))] * 8)
    assert PhoneChallenge.objects.get().attempts == 5


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_send_one_code(at_once: Any, mailbag: Mailbag) -> None:  # noqa: F811 - the fixture
    answers = at_once([send] * 4)
    assert sorted(getattr(answer, "code", "ok") for answer in answers) == ["ok"] + ["phone_code.too_soon"] * 3
    assert len(mailbag.sent) == PhoneChallenge.objects.count() == 1
