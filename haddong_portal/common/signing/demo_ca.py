"""An authority for the demo, and certificates it gives to units and clerks. Made once, kept in SIGNING_HOME (0700).

Every certificate says in its subject that it proves nothing in law; production refuses to trust this authority.
"""

from __future__ import annotations

import os
import secrets
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from haddong_portal.common.signing.keys import PASSWORD_FILE
from haddong_portal.common.signing.trust import DEMO_MARK

AUTHORITY_FILE, AUTHORITY_KEY_FILE = "demo-ca.pem", "demo-ca.key"
AUTHORITY_NAME = "CA trình diễn Cổng Một cửa"
VALID_DAYS = 3650
# The demo plays past weeks, whose results are signed as of their day.
VALID_BEFORE_DAYS = 400
NAME_LENGTH_MAX = 64  # X.520 allows no longer names


@dataclass(frozen=True, slots=True)
class Holder:
    """Who gets a certificate: the holder's name for the key ring, the person's or unit's name, the unit."""

    name: str
    common_name: str
    unit: str


def make_demo_certificates(home: Path, holders: Iterable[Holder], *, now: datetime) -> int:
    """How many were made; whoever has one keeps it. The folder is 0700, every file in it 0600."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    home.chmod(0o700)
    _give(home)
    authority = _authority(home, now)
    password = _password(home)
    wanted = [holder for holder in holders if not (home / f"{holder.name}.p12").exists()]
    for holder in wanted:
        _write(home / f"{holder.name}.p12", authority.issue(holder, password, now))
    return len(wanted)


@dataclass(frozen=True)
class Authority:
    """The demo's authority with its key."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    def issue(self, holder: Holder, password: bytes, now: datetime) -> bytes:
        """A new key and certificate as PKCS#12. The authority's own certificate is left out: verifiers have it."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = _name(holder.common_name, holder.unit)
        builder = _builder(subject, self.certificate.subject, key, now).add_extension(
            _usage(signs_papers=True), critical=True
        )
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        certificate = builder.add_extension(issuer, critical=False).sign(self.key, hashes.SHA256())
        return pkcs12.serialize_key_and_certificates(
            holder.name.encode(), key, certificate, None, BestAvailableEncryption(password)
        )


def new_authority(now: datetime, common_name: str = AUTHORITY_NAME) -> Authority:
    """An authority that nobody trusts yet."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(common_name, common_name)
    builder = _builder(name, name, key, now)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return Authority(key, builder.add_extension(_usage(signs_papers=False), critical=True).sign(key, hashes.SHA256()))


def _authority(home: Path, now: datetime) -> Authority:
    certificate, key = home / AUTHORITY_FILE, home / AUTHORITY_KEY_FILE
    if not (certificate.exists() and key.exists()):
        made = new_authority(now)
        _write(key, made.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        _write(certificate, made.certificate.public_bytes(Encoding.PEM))
    loaded = load_pem_private_key(key.read_bytes(), password=None)
    if not isinstance(loaded, ec.EllipticCurvePrivateKey):
        raise ValueError(f"{key} holds no key of the demo")
    return Authority(loaded, x509.load_pem_x509_certificate(certificate.read_bytes()))


def _password(home: Path) -> bytes:
    path = home / PASSWORD_FILE
    if not path.exists():
        _write(path, secrets.token_urlsafe(32).encode())
    return path.read_bytes().strip()


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=VALID_BEFORE_DAYS))
        .not_valid_after(now + timedelta(days=VALID_DAYS))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _name(common_name: str, organisation: str) -> x509.Name:
    words = {
        NameOID.COUNTRY_NAME: "VN",
        NameOID.ORGANIZATION_NAME: organisation,
        NameOID.ORGANIZATIONAL_UNIT_NAME: DEMO_MARK,
        NameOID.COMMON_NAME: common_name,
    }
    return x509.Name([_attribute(oid, word[:NAME_LENGTH_MAX]) for oid, word in words.items()])


def _attribute(oid: x509.ObjectIdentifier, word: str) -> x509.NameAttribute[str]:
    """RFC 5280 counts characters; the library counts bytes, of which Vietnamese letters have up to three."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return x509.NameAttribute(oid, word, _validate=False)


def _usage(*, signs_papers: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs_papers,
        content_commitment=signs_papers,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs_papers,
        crl_sign=not signs_papers,
        encipher_only=False,
        decipher_only=False,
    )


def _write(path: Path, content: bytes) -> None:
    """A 0600 file, whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    _give(draft)
    draft.replace(path)


def _give(path: Path) -> None:
    """What root makes in another's folder is the owner's, so that the owner can go on alone."""
    owner = path.parent.parent.stat()
    if os.geteuid() == 0 and owner.st_uid != 0:
        os.chown(path, owner.st_uid, owner.st_gid)
