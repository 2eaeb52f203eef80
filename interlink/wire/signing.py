"""Signed messages: JWS compact by Ed25519 (EdDSA) or ES256, with key ids.

`typ` keeps one kind of message from being passed off as another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, OKPKey

from interlink.wire.errors import WireError
from interlink.wire.reading import BODY_BYTES_MAX

ALGORITHMS = ("Ed25519", "ES256")  # the former is EdDSA by its full name (RFC 9864)
JWS_CHARS_MAX = BODY_BYTES_MAX * 4 // 3 + 4096
REQUEST, RECEIPT, REPLY = "linked-request+jws", "linked-receipt+jws", "linked-reply+jws"
QUERY, ANSWER = "person-query+jws", "person-answer+jws"
# Bigger payloads are lawful here: they carry papers.
_REGISTRY = jws.JWSRegistry(algorithms=list(ALGORITHMS))
_REGISTRY.max_payload_length = JWS_CHARS_MAX
_REGISTRY.max_header_length = 1024


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key with its id; `public` is what the other side is given (a JWKS)."""

    key: OKPKey | ECKey

    @property
    def kid(self) -> str:
        return str(self.key.kid)

    @property
    def algorithm(self) -> str:
        return "Ed25519" if isinstance(self.key, OKPKey) else "ES256"

    @property
    def public(self) -> dict[str, Any]:
        return {"keys": [{**self.key.as_dict(private=False), "use": "sig", "alg": self.algorithm}]}

    def to_pem(self) -> bytes:
        return self.key.as_pem(private=True)


def new_key(*, elliptic: bool = False) -> SigningKey:
    """Ed25519, or P-256 where an agency's hardware knows no better."""
    key: OKPKey | ECKey = ECKey.generate_key("P-256") if elliptic else OKPKey.generate_key("Ed25519")
    return key_from_pem(key.as_pem(private=True))


def key_from_pem(pem: bytes) -> SigningKey:
    """The key id is the thumbprint (RFC 7638): it needs no file of its own. ValueError for another kind of key."""
    for kind in (OKPKey, ECKey):
        try:
            bare = kind.import_key(pem)
        except (ValueError, TypeError, JoseError):
            continue
        return SigningKey(kind.import_key(pem, {"kid": bare.thumbprint()}))
    raise ValueError("neither Ed25519 nor P-256")


def sign(payload: bytes, *, key: SigningKey, kind: str) -> str:
    header = {"alg": key.algorithm, "kid": key.kid, "typ": kind}
    return jws.serialize_compact(header, payload, key.key, registry=_REGISTRY)


def verify(signed: str | bytes, *, keys: Mapping[str, Any], kind: str) -> bytes:
    """The payload, if one of `keys` (a JWKS) signed it as `kind`.

    Raises WireError wire.too_large, wire.bad_signature, wire.unknown_key_id, wire.wrong_kind.
    """
    if len(signed) > JWS_CHARS_MAX:
        raise WireError("wire.too_large", f"{len(signed)} characters")
    header = _header(signed)
    key = _key(keys, str(header.get("kid", "")))
    if header.get("typ") != kind:
        raise WireError("wire.wrong_kind", str(header.get("typ"))[:40])
    try:
        return bytes(jws.deserialize_compact(signed, key, registry=_REGISTRY).payload)
    except (JoseError, ValueError, TypeError) as error:
        raise WireError("wire.bad_signature", type(error).__name__) from error


def digest(payload: bytes) -> str:
    return hashlib.sha256(payload).hexdigest()


def _header(signed: str | bytes) -> dict[str, Any]:
    raw = signed.encode() if isinstance(signed, str) else signed
    try:
        return jws.extract_compact(raw, registry=_REGISTRY).headers()
    except (JoseError, ValueError, TypeError) as error:
        raise WireError("wire.bad_signature", type(error).__name__) from error


def _key(keys: Mapping[str, Any], kid: str) -> OKPKey | ECKey:
    """One that is public, of a kind we take, and named as the header names it."""
    named = [one for one in keys.get("keys", ()) if isinstance(one, Mapping) and one.get("kid") == kid and kid]
    if len(named) != 1:
        raise WireError("wire.unknown_key_id", kid[:80])
    try:
        found = KeySet.import_key_set({"keys": [dict(named[0])]}).keys[0]
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise WireError("wire.unknown_key_id", kid[:80]) from error
    if not isinstance(found, OKPKey | ECKey):
        raise WireError("wire.unknown_key_id", kid[:80])
    return found
