"""Who signed what: only a known key, only the kind that was asked for, only untouched."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from joserfc.jwk import OctKey, RSAKey

from interlink.wire import signing
from interlink.wire.errors import WireError
from interlink.wire.headers import RoadHeaders, read_headers

OURS, THEIRS = signing.new_key(), signing.new_key(elliptic=True)


@pytest.mark.parametrize("key", [OURS, THEIRS], ids=["Ed25519", "ES256"])
def test_a_signed_message_is_taken_and_its_key_comes_back_from_its_file(key: signing.SigningKey) -> None:
    signed = signing.sign(b"{}", key=signing.key_from_pem(key.to_pem()), kind=signing.REPLY)
    assert signing.verify(signed, keys=key.public, kind=signing.REPLY) == b"{}"
    assert "d" not in key.public["keys"][0]


def test_a_large_message_is_taken() -> None:
    payload = b"x" * 9_000_000
    signed = signing.sign(payload, key=OURS, kind=signing.REQUEST)
    assert signing.verify(signed, keys=OURS.public, kind=signing.REQUEST) == payload


def _part(value: object) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


SIGNED = signing.sign(b'{"a":1}', key=OURS, kind=signing.REPLY)
HEAD, BODY, MARK = SIGNED.split(".")


@pytest.mark.parametrize(
    ("signed", "code"),
    [
        ("", "wire.bad_signature"),
        ("a.b", "wire.bad_signature"),
        ("ạ.b.c", "wire.bad_signature"),
        (f"{HEAD}.{_part(b'{}')}.{MARK}", "wire.bad_signature"),
        (f"{HEAD}.{BODY}.", "wire.bad_signature"),
        (f"{_part({'alg': 'none', 'kid': OURS.kid, 'typ': signing.REPLY})}.{BODY}.", "wire.bad_signature"),
        (f"{_part({'alg': 'HS256', 'kid': OURS.kid, 'typ': signing.REPLY})}.{BODY}.{MARK}", "wire.bad_signature"),
        (f"{_part({'alg': 'ES256', 'kid': OURS.kid, 'typ': signing.REPLY})}.{BODY}.{MARK}", "wire.bad_signature"),
        (f"{_part({'alg': 'Ed25519', 'typ': signing.REPLY})}.{BODY}.{MARK}", "wire.unknown_key_id"),
        (signing.sign(b"{}", key=THEIRS, kind=signing.REPLY), "wire.unknown_key_id"),
        (signing.sign(b"{}", key=OURS, kind=signing.RECEIPT), "wire.wrong_kind"),
        ("a" * (signing.JWS_CHARS_MAX + 1), "wire.too_large"),
    ],
    ids=range(12),
)
def test_what_is_not_signed_by_a_known_key_is_refused(signed: str, code: str) -> None:
    with pytest.raises(WireError) as refused:
        signing.verify(signed, keys=OURS.public, kind=signing.REPLY)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"keys": []},
        {"keys": ["x"]},
        {"keys": [{"kid": OURS.kid}]},
        {"keys": OURS.public["keys"] * 2},
        {"keys": [{**OctKey.generate_key(256).as_dict(), "kid": OURS.kid}]},
        {"keys": [{**RSAKey.generate_key(2048).as_dict(private=False), "kid": OURS.kid}]},
    ],
    ids=range(7),
)
def test_a_set_of_keys_that_names_no_fit_key_lets_nobody_in(keys: dict[str, Any]) -> None:
    with pytest.raises(WireError, match="unknown_key_id"):
        signing.verify(SIGNED, keys=keys, kind=signing.REPLY)


def test_another_kind_of_key_file_is_none() -> None:
    with pytest.raises(ValueError, match="neither"):
        signing.key_from_pem(RSAKey.generate_key(2048).as_pem(private=True))


def test_headers_come_through_and_their_lack_is_said() -> None:
    sent = RoadHeaders("VN/GOV/A", "VN/GOV/B/linked/v1", "m1", "can.bo", "LT-1")
    assert read_headers({key.upper(): value for key, value in sent.as_dict().items()}) == sent
    with pytest.raises(WireError, match="header_missing"):
        read_headers({"X-Road-Client": "VN"})
    with pytest.raises(WireError, match="bad_header"):
        read_headers(RoadHeaders("VN/Hà", "s", "m").as_dict())
