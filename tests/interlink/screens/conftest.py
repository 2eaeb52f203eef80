"""Signed-in people at a fixed moment, and linked cases in several states as bare rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from haddong_portal.accounts.models import Unit, User
from haddong_portal.accounts.sessions import choose, touch
from haddong_portal.citizens.models import Person
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.text import fold
from interlink.constants import CaseState, ClockOf, LegKind, LegState, MessageState, Transport
from interlink.models import Agency, Confirmation, LinkedCase
from tests.factories import MORNING
from tests.interlink.forms.definitions import SMALL
from tests.interlink.rows import make_case, make_leg, make_message, make_reply, published

OpenSession = Callable[[Actor], Client]
PHONE, PERSONAL_ID = "0912345678", "001090012345"
LEGS = [
    {"key": "civil_status", "name": "Đăng ký khai sinh", "results": [{"key": "personal_id", "kind": "fact"}]},
    {"key": "residence", "name": "Đăng ký thường trú", "results": []},
]
DEFINITION: dict[str, Any] = {**SMALL, "papers": [], "confirmations": [], "legs": LEGS}


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def open_session(settings: Any) -> OpenSession:
    settings.TOTP_REQUIRED = False

    def signed_in(actor: Actor) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=actor.user_id), backend="haddong_portal.accounts.backends.StaffBackend")
        session = client.session
        choose(session, actor.post_id or 0)
        touch(session, clock.now())
        session.save()
        return client

    return signed_in


@pytest.fixture
def living_case(ward: Unit) -> LinkedCase:
    """Birth registered, residence late at the police, an owner not yet asked back, a message that gave up."""
    return make_living_case(ward)


def make_living_case(ward: Unit, name: str = "Trần Văn Tú", **values: Any) -> LinkedCase:
    ward_agency = _agency("ward", "Phường", Transport.OWN)
    police = _agency("police", "Công an quận Hà Đông", Transport.PAPER)
    person = Person.objects.create(
        full_name=name,
        full_name_folded=fold(name),
        phone=PHONE,
        created_at=MORNING,
        updated_at=MORNING,
        **({"personal_id": PERSONAL_ID} if not Person.objects.exists() else {}),
    )
    row: dict[str, Any] = {
        "receiving_unit": ward,
        "requester": person,
        "declaration": json.dumps(
            {"fields": {"requester.full_name": "Trần Minh An", "delivery.phone": PHONE}, "papers": {}}
        ),
        "group_due_at": MORNING + timedelta(days=2),
        "declared_at": MORNING - timedelta(days=4),
        "deemed_at": MORNING - timedelta(days=4),
        "due_explanation": ["Cả nhóm: 3 ngày làm việc."],
    }
    case = make_case(_version(), **row | values)
    _legs(case, ward_agency, police)
    return case


def _legs(case: LinkedCase, ward_agency: Agency, police: Agency) -> None:
    begun = {"started_at": MORNING - timedelta(days=4), "due_at": MORNING - timedelta(days=1)}
    make_leg(
        case,
        ward_agency,
        key="civil_status",
        name="Đăng ký khai sinh",
        kind=LegKind.DOSSIER,
        state=LegState.DONE,
        done_at=MORNING - timedelta(days=2),
        outcome_number="12/2024",
        result=json.dumps({"facts": {"personal_id": [1, "001224000001"]}}),
        limit={"value": 1, "unit": "same_working_day"},
        **begun,
    )
    late = make_leg(
        case,
        police,
        key="residence",
        name="Đăng ký thường trú",
        position=2,
        state=LegState.WORKING,
        clock_of=ClockOf.AGENCY,
        depends_on=["civil_status"],
        limit={"value": 2, "unit": "working_days"},
        explanation=["2 ngày làm việc từ 01/03/2024."],
        **begun,
    )
    dead = make_message(late, state=MessageState.DEAD, last_error="không kết nối được", attempts=8)
    make_reply(dead)
    Confirmation.objects.create(
        case=case,
        role="owner",
        role_name="Chủ sở hữu",
        needed_by=["residence"],
        person_name="Lê Thị Chủ",
        state="asked",
        asked_at=MORNING,
        due_at=MORNING + timedelta(days=5),
    )


def _version() -> Any:
    from interlink.models import GroupVersion

    return GroupVersion.objects.first() or published(definition=DEFINITION)


def _agency(code: str, name: str, transport: str) -> Agency:
    return Agency.objects.get_or_create(code=code, defaults={"name": name, "transport": transport})[0]


__all__ = ["DEFINITION", "CaseState"]
