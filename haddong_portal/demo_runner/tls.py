"""`make demo HTTPS=1`: a certificate authority of this folder, since phone cameras need a secure page."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from haddong_portal.embedded.home import Home

VALID_DAYS = 397  # phones refuse longer ones


@dataclass(frozen=True)
class Certificate:
    """Files for the web server, and the authority's certificate for the phones."""

    certificate: Path
    private_key: Path
    authority: Path


def make_certificate(home: Home, hosts: list[str]) -> Certificate:
    """A fresh certificate for `hosts` from the folder's authority, which is made once and kept."""
    authority = _authority(home)
    leaf = authority.issue_cert(*dict.fromkeys(hosts), not_after=datetime.now(UTC) + timedelta(days=VALID_DAYS))
    found = Certificate(home.keys / "web.crt", home.keys / "web.key", home.staticfiles / "haddong-ca.crt")
    home.write_private(found.certificate, "".join(blob.bytes().decode() for blob in leaf.cert_chain_pems))
    key = load_pem_private_key(leaf.private_key_pem.bytes(), password=None)
    home.write_private(found.private_key, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())
    # Public by nature, and served at /static/ so that a phone can fetch and install it.
    found.authority.write_bytes(authority.cert_pem.bytes())
    found.authority.chmod(0o644)
    return found


def _authority(home: Home) -> trustme.CA:
    certificate, key = home.keys / "ca.crt", home.keys / "ca.key"
    if certificate.exists() and key.exists():
        return trustme.CA.from_pem(certificate.read_bytes(), key.read_bytes())
    name = f"Demo Một cửa Hà Đông ({os.uname().nodename})"
    authority = trustme.CA(organization_name=name, organization_unit_name=name)
    home.write_private(key, authority.private_key_pem.bytes().decode())
    home.write_private(certificate, authority.cert_pem.bytes().decode())
    return authority
