"""From the outbox over real HTTPS to an agency and back: sent once, acknowledged for good, every failure survived."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from haddong_portal.common import clock
from haddong_portal.common.errors import Conflict, DomainError, NotAllowed, NotFound
from haddong_portal.embedded.process import wait_until
from interlink.constants import MessageState
from interlink.models import Agency, AgencyMessage, AgencyReply, LinkedCase
from interlink.sandbox.keys import Keys
from interlink.services.ask_residence_register import ask_residence_register
from interlink.services.poll_agency import poll_agencies
from interlink.services.release_message import release_message
from interlink.services.send_message import send_message
from interlink.services.sweep_messages import sweep_messages
from interlink.services.sweep_replies import sweep_replies
from interlink.wire import signing
from interlink.wire.messages import read_receipt
from tests.interlink.sandbox.conftest import Line
from tests.interlink.scene import MORNING, Scene
from tests.interlink.transport.conftest import know
from tests.scale import PATIENCE

Connect = Callable[..., Line]


def _asked(scene: Scene, key: str = "personal_number") -> tuple[LinkedCase, AgencyMessage]:
    case = scene.birth()
    scene.register(case)
    return case, scene.message(case, key)


def _until(scene: Scene, case: LinkedCase, leg: str, state: str) -> None:
    def turned() -> bool:
        sweep_messages()
        poll_agencies()
        sweep_replies()
        return scene.leg(case, leg).state == state

    assert wait_until(turned, timeout_seconds=20 * PATIENCE), scene.states(case)


def test_a_case_runs_from_the_declaration_to_its_end_over_the_wire(scene: Scene, connect: Connect) -> None:
    lines = [connect(code) for code in ("civil_status", "police", "social_insurance")]
    case, _ = _asked(scene)
    _until(scene, case, "permanent_residence", "done")
    _until(scene, case, "health_insurance", "done")
    assert scene.state(case) == "ended"
    told = [line.operator.figures(line.code) for line in lines]
    assert [(one["requests"], one["doubled"]) for one in told] == [(1, 0)] * 3
    assert scene.leg(case, "health_insurance").outcome_number.startswith("TE1")


def test_the_receipt_is_kept_and_proves_what_was_sent(scene: Scene, connect: Connect) -> None:
    line = connect("civil_status")
    case, message = _asked(scene)
    assert send_message(message_id=message.pk) == MessageState.ACKNOWLEDGED
    message.refresh_from_db()
    keys = line.keys.signing_key("civil_status").public
    receipt = read_receipt(signing.verify(message.receipt, keys=keys, kind=signing.RECEIPT))
    assert (receipt.message_id, message.attempts) == (str(message.pk), 1)
    assert scene.leg(case, "personal_number").state == "sent"
    assert send_message(message_id=message.pk) == "skipped"


def test_a_lost_receipt_is_asked_for_again_and_the_agency_has_one_request(scene: Scene, connect: Connect) -> None:
    line = connect("civil_status", lose_acks=1, fail=1)
    _, message = _asked(scene)
    now = clock.now()
    states = [send_message(message_id=message.pk, now=now + timedelta(minutes=minute)) for minute in (0, 1, 2)]
    assert states == ["sent", "sent", "acknowledged"]
    figures = line.operator.figures("civil_status")
    assert (figures["requests"], figures["repeats"], figures["doubled"]) == (1, 1, 0)


def test_a_silent_agency_is_waited_for_longer_each_time_then_a_person_is_asked(
    scene: Scene, portal_keys: Keys, settings: Any
) -> None:
    settings.INTERLINK_TRIES_MAX, settings.INTERLINK_BREAK_AFTER = 3, 99
    know("civil_status", portal_keys)
    _, message = _asked(scene)
    now, waits = MORNING, []
    for _ in range(3):
        send_message(message_id=message.pk, now=now)
        message.refresh_from_db()
        waits.append((message.next_attempt_at - now).total_seconds())
        now = message.next_attempt_at
    assert (waits, message.state) == ([10.0, 20.0, 40.0], MessageState.DEAD)
    assert "ConnectError" in message.last_error
    assert sweep_messages(now=now + timedelta(days=9)) == 0
    released = release_message(actor=scene.head, message_id=message.pk, now=now)
    assert (released.state, released.attempts) == (MessageState.PENDING, 0)
    with pytest.raises(Conflict):
        release_message(actor=scene.head, message_id=message.pk)
    with pytest.raises(NotAllowed):
        release_message(actor=scene.clerk, message_id=message.pk)
    with pytest.raises(NotFound):
        release_message(actor=scene.head, message_id="00000000-0000-4000-8000-000000000000")


def test_an_agency_that_fails_in_a_row_is_left_in_peace(scene: Scene, portal_keys: Keys, settings: Any) -> None:
    settings.INTERLINK_BREAK_AFTER, settings.INTERLINK_BREAK_SECONDS = 2, 600
    agency = know("civil_status", portal_keys)
    _, message = _asked(scene)
    for seconds in (0, 15):
        assert send_message(message_id=message.pk, now=MORNING + timedelta(seconds=seconds)) == "sent"
    agency.refresh_from_db()
    assert (agency.failures_in_row, agency.paused_until) == (2, MORNING + timedelta(seconds=615))
    assert send_message(message_id=message.pk, now=MORNING + timedelta(seconds=60)) == "skipped"
    message.refresh_from_db()
    assert (message.attempts, message.next_attempt_at) == (2, agency.paused_until)
    assert send_message(message_id=message.pk, now=agency.paused_until) == "sent"


def test_what_the_agency_will_not_have_is_rejected_at_once(scene: Scene, connect: Connect) -> None:
    connect("civil_status")
    Agency.objects.filter(code="civil_status").update(service_code="VN/ANOTHER")
    _, message = _asked(scene)
    assert send_message(message_id=message.pk) == MessageState.REJECTED
    message.refresh_from_db()
    assert "wire.wrong_service" in message.last_error
    assert Agency.objects.get(code="civil_status").failures_in_row == 0


def test_a_receipt_by_a_stranger_counts_for_nothing(scene: Scene, connect: Connect, portal_keys: Keys) -> None:
    connect("civil_status")
    Agency.objects.filter(code="civil_status").update(jwks=portal_keys.signing_key("police").public)
    _, message = _asked(scene)
    assert send_message(message_id=message.pk) == MessageState.SENT
    message.refresh_from_db()
    assert "unknown_key_id" in message.last_error


def test_a_message_for_an_agency_without_a_line_waits_for_a_person(scene: Scene) -> None:
    _, message = _asked(scene)
    assert send_message(message_id=message.pk) == "skipped"
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.PENDING, 0)
    assert sweep_messages() == 0


def test_replies_are_kept_once_however_often_they_come(scene: Scene, connect: Connect) -> None:
    line = connect("civil_status", answer_twice=True, out_of_order=True)
    case, message = _asked(scene)
    send_message(message_id=message.pk)
    wait_until(lambda: line.operator.figures("civil_status")["published"] >= 12, timeout_seconds=1)
    assert poll_agencies() == 8
    Agency.objects.filter(code="civil_status").update(reply_cursor="")
    assert poll_agencies() == 0
    assert AgencyReply.objects.filter(message=message).count() == 8
    sweep_replies()
    assert scene.leg(case, "personal_number").state == "done"


def test_a_lost_poll_moves_nothing(scene: Scene, connect: Connect) -> None:
    connect("civil_status", lose_polls=1)
    _, message = _asked(scene)
    send_message(message_id=message.pk)
    assert poll_agencies() == 0
    assert Agency.objects.get(code="civil_status").failures_in_row == 1
    assert poll_agencies() == 4
    assert Agency.objects.get(code="civil_status").failures_in_row == 0


def test_the_residence_register_answers_with_everything_on_record(scene: Scene, connect: Connect) -> None:
    line = connect("police")
    person = scene.birth().requester
    asked: dict[str, Any] = {
        "person_id": person.pk,
        "purpose": "xác minh cư trú",
        "reference": "dossier:H1",
        "clerk": "Nguyễn Thị Lan",
        "now": MORNING,
    }
    with pytest.raises(DomainError, match="look_up.unknown"):
        ask_residence_register(**asked)
    line.operator.tell("police", people={person.personal_id: {"Nơi thường trú": "Hà Đông"}})
    assert ask_residence_register(**asked) == {"Nơi thường trú": "Hà Đông"}
    line.kill()
    with pytest.raises(DomainError, match="look_up.no_answer"):
        ask_residence_register(**asked)
    Agency.objects.filter(code="police").update(transport="paper")
    with pytest.raises(DomainError, match="look_up.not_connected"):
        ask_residence_register(**asked)
