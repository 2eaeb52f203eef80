"""Bare rows of linked workflows for tests of the database; acts have `tests/interlink/conftest.py`."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from haddong_portal.citizens.models import Person
from interlink.constants import GroupState, LegKind, MessageKind, ReplyKind, Transport
from interlink.models import Agency, AgencyMessage, AgencyReply, GroupVersion, Leg, LinkedCase, LinkedGroup
from tests.factories import MORNING, RuleSetFactory, UnitFactory


def make_agency(code: str = "thu", **values: Any) -> Agency:
    row: dict[str, Any] = {"name": "Cơ quan thử", "transport": Transport.PAPER}
    return Agency.objects.create(code=code, **row | values)


def make_version(group: LinkedGroup | None = None, **values: Any) -> GroupVersion:
    group = group or LinkedGroup.objects.get_or_create(code="thu", defaults={"name": "Nhóm thử"})[0]
    row: dict[str, Any] = {"version": 1, "effective_from": date(2024, 1, 1), "definition": {}, "created_at": MORNING}
    return GroupVersion.objects.create(group=group, **row | values)


def published(**values: Any) -> GroupVersion:
    row: dict[str, Any] = {"state": GroupState.PUBLISHED, "checked_at": MORNING, "published_at": MORNING}
    return make_version(**row | values)


def make_person(name: str = "Trần Văn Tú") -> Person:
    return Person.objects.create(full_name=name, created_at=MORNING, updated_at=MORNING)


def make_case(version: GroupVersion | None = None, **values: Any) -> LinkedCase:
    version = version or GroupVersion.objects.first() or make_version()
    row: dict[str, Any] = {
        "code": f"thu-{uuid.uuid4().hex[:12]}",
        "group": version.group,
        "version": version,
        "ruleset": RuleSetFactory(),
        "declaration": "{}",
        "declared_at": MORNING,
        "deemed_at": MORNING,
        "idempotency_key": uuid.uuid4().hex,
        "tracking_token": uuid.uuid4().hex,
    }
    row["receiving_unit"] = values.pop("receiving_unit", None) or UnitFactory(ward=True, desk=True)
    row["requester"] = values.pop("requester", None) or make_person()
    return LinkedCase.objects.create(**row | values)


def make_leg(case: LinkedCase | None = None, agency: Agency | None = None, **values: Any) -> Leg:
    row: dict[str, Any] = {"key": "police", "kind": LegKind.EXCHANGE, "name": "Bước thử", "position": 1}
    case, agency = case or make_case(), agency or Agency.objects.first() or make_agency()
    return Leg.objects.create(case=case, agency=agency, **row | values)


def make_message(leg: Leg | None = None, **values: Any) -> AgencyMessage:
    leg = leg or make_leg()
    row: dict[str, Any] = {
        "id": uuid.uuid4(),
        "generation": 1,
        "kind": MessageKind.REQUEST,
        "payload": "{}",
        "created_at": MORNING,
        "next_attempt_at": MORNING,
    }
    return AgencyMessage.objects.create(leg=leg, agency=leg.agency, **row | values)


def make_reply(message: AgencyMessage | None = None, **values: Any) -> AgencyReply:
    message = message or make_message()
    row: dict[str, Any] = {
        "wire_id": uuid.uuid4().hex,
        "correlation": str(message.pk),
        "message": message,
        "sequence": 1,
        "kind": ReplyKind.ACCEPTED,
        "received_at": MORNING,
    }
    return AgencyReply.objects.create(agency=message.agency, **row | values)
