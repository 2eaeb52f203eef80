"""Requests as the portal would make them, and what an agency answers, over its real line."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx

from interlink.sandbox.directory import BY_CODE, PORTAL_MEMBER
from interlink.sandbox.keys import PORTAL
from interlink.wire import signing
from interlink.wire.headers import RoadHeaders
from interlink.wire.messages import Receipt, Reply, Request, read_receipt, read_reply
from interlink.wire.papers import WirePaper
from tests.interlink.sandbox.conftest import Line

CHILD = {"child_name": "Ngô Bảo An", "child_birth_date": "2024-03-01", "child_sex": "female"}
CERTIFICATE = WirePaper("birth_certificate", "Giấy khai sinh", b"%PDF-1.7 test", paper_type="BIRTH_CERTIFICATE")


def request(line: Line, leg: str, *, case: str = "LT-1", kind: str = "request", **more: Any) -> Request:
    fields = {**CHILD, "place": "Hà Đông", "child_personal_id": "001224000001", **more.pop("fields", {})}
    more = {"papers": (CERTIFICATE,), "generation": 1, **more}
    return Request(
        message_id=str(uuid4()),
        kind=kind,
        case=case,
        leg=leg,
        service=BY_CODE[line.code].service,
        issued_at=datetime.now(UTC),
        fields=fields,
        **more,
    )


def send(line: Line, asked: Request, *, key: str = PORTAL, **headers: str) -> httpx.Response:
    signed = signing.sign(asked.to_bytes(), key=line.keys.signing_key(key), kind=signing.REQUEST)
    named = RoadHeaders(PORTAL_MEMBER, asked.service, asked.message_id, "can.bo", asked.case).as_dict() | headers
    with line.client() as client:
        return client.post("/v1/requests", content=signed, headers=named)


def receipt(line: Line, answer: httpx.Response) -> Receipt:
    keys = line.keys.signing_key(line.code).public
    return read_receipt(signing.verify(answer.text, keys=keys, kind=signing.RECEIPT))


def poll(line: Line, after: int = 0) -> tuple[list[Reply], int]:
    with line.client() as client:
        found = client.get("/v1/replies", params={"after": after, "limit": 50}).raise_for_status().json()
    keys = line.keys.signing_key(line.code).public
    replies = [read_reply(signing.verify(one, keys=keys, kind=signing.REPLY)) for one in found["replies"]]
    return replies, int(found["cursor"])
