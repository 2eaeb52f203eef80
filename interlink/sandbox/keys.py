"""Certificates and signing keys of the sandbox, made once below the data folder (0700, every file 0600).

The authority signs the agencies' certificates and those of the portal and the operator; production gets real ones.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import trustme
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from haddong_portal.common import clock
from interlink.sandbox.directory import AGENCIES
from interlink.wire.signing import SigningKey, key_from_pem, new_key

VALID_DAYS = 397
PORTAL, OPERATOR = "portal", "operator"
HOSTS = ("localhost", "127.0.0.1")


@dataclass(frozen=True, slots=True)
class Keys:
    """Where the keys of one data folder lie."""

    home: Path

    @property
    def authority(self) -> Path:
        return self.home / "ca.pem"

    def certificate(self, holder: str) -> Path:
        return self.home / f"{holder}.pem"

    def private_key(self, holder: str) -> Path:
        return self.home / f"{holder}.key"

    def signing(self, holder: str) -> Path:
        return self.home / f"{holder}-signing.key"

    def signing_key(self, holder: str) -> SigningKey:
        return key_from_pem(self.signing(holder).read_bytes())

    @property
    def public(self) -> Path:
        """JWKS by holder: what each side knows of the others."""
        return self.home / "public-keys.json"


def make_keys(home: Path) -> Keys:
    """Whatever is missing; what is there stays. The folder is made 0700."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    home.chmod(0o700)
    keys, holders = Keys(home), [PORTAL, OPERATOR, *(agency.code for agency in AGENCIES)]
    missing = [holder for holder in holders if not keys.certificate(holder).exists()]
    if missing:
        authority = _authority(keys)
        for holder in missing:
            _issue(keys, authority, holder)
    for holder in holders:
        if not keys.signing(holder).exists():
            # One agency signs with P-256, so that both algorithms are in use.
            _write(keys.signing(holder), new_key(elliptic=holder == "social_insurance").to_pem())
    public = {holder: keys.signing_key(holder).public for holder in holders}
    _write(keys.public, json.dumps(public, indent=1).encode())
    return keys


def _authority(keys: Keys) -> trustme.CA:
    key = keys.home / "ca.key"
    if keys.authority.exists() and key.exists():
        return trustme.CA.from_pem(keys.authority.read_bytes(), key.read_bytes())
    name = "Thử nghiệm liên thông, không có giá trị pháp lý"
    made = trustme.CA(organization_name=name, organization_unit_name="sandbox")
    _write(key, made.private_key_pem.bytes())
    _write(keys.authority, made.cert_pem.bytes())
    return made


def _issue(keys: Keys, authority: trustme.CA, holder: str) -> None:
    until = clock.now() + timedelta(days=VALID_DAYS)
    leaf = authority.issue_cert(*HOSTS, common_name=holder, not_after=until)
    key = load_pem_private_key(leaf.private_key_pem.bytes(), password=None)
    _write(keys.private_key(holder), key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    _write(keys.certificate(holder), b"".join(blob.bytes() for blob in leaf.cert_chain_pems))


def _write(path: Path, content: bytes) -> None:
    """A 0600 file, whole or not at all, the folder owner's."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    owner = path.parent.parent.stat()
    if os.geteuid() == 0 and owner.st_uid != 0:
        os.chown(draft, owner.st_uid, owner.st_gid)
    draft.replace(path)
