"""The authorities a signature may lead back to, and lists of withdrawn certificates. Nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from asn1crypto import pem, x509
from django.conf import settings
from pyhanko_certvalidator import ValidationContext

# Stands in the subject of every certificate that the demo makes for itself.
DEMO_MARK = "TRÌNH DIỄN - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"


def validation_context(moment: datetime) -> ValidationContext:
    """For judging a certificate as of `moment`, from the roots and lists of the settings alone."""
    return ValidationContext(
        trust_roots=list(trusted_roots()),
        crls=list(revocation_lists()),
        moment=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )


def trusted_roots() -> tuple[x509.Certificate, ...]:
    """The certificates in SIGNING_TRUST_ROOTS; a file that is not there trusts nobody."""
    return tuple(root for path in existing(settings.SIGNING_TRUST_ROOTS) for root in _certificates(*_stamp(path)))


def revocation_lists() -> tuple[bytes, ...]:
    """The certificate revocation lists in SIGNING_CRLS, which an operator renews."""
    return tuple(_der(*_stamp(path)) for path in existing(settings.SIGNING_CRLS))


def is_demo(certificate: x509.Certificate) -> bool:
    """Whether the demo made this certificate."""
    return DEMO_MARK in str(certificate.subject.native.get("organizational_unit_name", ""))


def existing(names: Iterable[str]) -> list[Path]:
    """The files that are there."""
    return [path for path in map(Path, names) if path.is_file()]


def _stamp(path: Path) -> tuple[str, int]:
    return str(path), path.stat().st_mtime_ns


@lru_cache(maxsize=64)
def _certificates(name: str, _changed_ns: int) -> tuple[x509.Certificate, ...]:
    return certificates_in(Path(name).read_bytes())


def certificates_in(content: bytes) -> tuple[x509.Certificate, ...]:
    """Every certificate of a PEM or DER file; ValueError when there is none."""
    if not pem.detect(content):
        return (x509.Certificate.load(content, strict=True),)
    return tuple(x509.Certificate.load(der, strict=True) for _, _, der in pem.unarmor(content, multiple=True))


@lru_cache(maxsize=64)
def _der(name: str, _changed_ns: int) -> bytes:
    content = Path(name).read_bytes()
    return pem.unarmor(content)[2] if pem.detect(content) else content
