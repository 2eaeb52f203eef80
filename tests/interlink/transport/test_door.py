"""The call-back door: the signature is the authentication; a repeat changes nothing; nobody else gets in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from interlink.models import AgencyReply
from interlink.sandbox.directory import BY_CODE
from interlink.sandbox.keys import Keys
from interlink.wire import signing
from interlink.wire.headers import JOSE, RoadHeaders
from interlink.wire.messages import Reply
from tests.interlink.scene import Scene
from tests.interlink.transport.conftest import know

DOOR = "/api/v1/agency-replies/"


@pytest.fixture
def reply(scene: Scene, portal_keys: Keys) -> Reply:
    know("civil_status", portal_keys)
    know("police", portal_keys)
    case = scene.birth()
    scene.register(case)
    message = scene.message(case, "personal_number")
    return Reply("tin-1", str(message.pk), 1, "accepted", datetime.now(UTC), case.code, "personal_number")


def call(keys: Keys, reply: Reply, *, member: str = "civil_status", key: str = "civil_status", **more: Any) -> Any:
    signed = more.get("body") or signing.sign(
        reply.to_bytes(), key=keys.signing_key(key), kind=more.get("kind", signing.REPLY)
    )
    whose = BY_CODE[member]
    headers = RoadHeaders(whose.member, whose.service, more.get("wire_id", reply.message_id)).as_dict()
    headers.pop("Content-Type")
    return Client().post(DOOR, signed, content_type=JOSE, headers=headers)


def test_a_reply_is_taken_once_and_said_again_changes_nothing(reply: Reply, portal_keys: Keys) -> None:
    first, again = call(portal_keys, reply), call(portal_keys, reply)
    assert (first.status_code, first.json()) == (202, {"message_id": "tin-1", "already": False})
    assert (again.status_code, again.json()["already"]) == (200, True)
    kept = AgencyReply.objects.get()
    assert (str(kept.message_id), kept.sequence, kept.kind) == (reply.correlation, 1, "accepted")


def test_an_agency_never_answers_for_another(reply: Reply, portal_keys: Keys) -> None:
    taken = call(portal_keys, reply, member="police", key="police")
    assert taken.status_code == 202
    assert AgencyReply.objects.get().message_id is None


@pytest.mark.parametrize(
    ("more", "status", "reason"),
    [
        ({"key": "police"}, 401, "wire.unknown_key_id"),
        ({"kind": signing.RECEIPT}, 401, "wire.wrong_kind"),
        ({"body": "x.y.z"}, 401, "wire.bad_signature"),
        ({"body": "không"}, 401, None),
        ({"wire_id": "other"}, 400, "wire.headers_differ"),
        ({"member": "national_portal"}, 401, None),
    ],
)
def test_what_is_not_a_signed_reply_of_that_agency_is_refused(
    reply: Reply, portal_keys: Keys, more: dict[str, Any], status: int, reason: str | None
) -> None:
    refused = call(portal_keys, reply, **more)
    assert (refused.status_code, refused.json().get("reason")) == (status, reason)
    assert not AgencyReply.objects.exists()


def test_headers_are_needed_and_a_large_reply_is_left_to_be_polled(
    reply: Reply, portal_keys: Keys, settings: Any
) -> None:
    assert Client().post(DOOR, "x", content_type=JOSE).status_code == 400
    named = {"X-Road-Client": "a", "X-Road-Service": "b", "X-Road-Id": "c"}
    assert Client().post(DOOR, "{}", content_type="application/json", headers=named).status_code == 401
    settings.INTERLINK_CALLBACK_BYTES_MAX = 100
    assert call(portal_keys, reply).status_code == 413
    settings.INTERLINK_CALLBACK_BYTES_MAX = 100_000
    big = replace(reply, reason="x" * 900)
    assert call(portal_keys, big).status_code == 202


def test_one_address_may_not_call_without_end(reply: Reply, portal_keys: Keys, settings: Any) -> None:
    settings.INTERLINK_CALLBACKS_PER_MINUTE_MAX = 0
    assert call(portal_keys, reply).status_code == 429
