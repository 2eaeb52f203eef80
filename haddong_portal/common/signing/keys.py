"""Who signs with what: a key and certificate per holder (a unit, or a clerk who digitises).

Holders are named by `unit_holder` and `staff_holder`. The keys come from SIGNING_KEYRING: PKCS#12 files by default;
a hardware module or a remote signing service is another class with the same two methods.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Protocol, cast

from asn1crypto import x509
from django.conf import settings
from django.utils.module_loading import import_string
from pyhanko.sign.signers import Signer, SimpleSigner

from haddong_portal.common.errors import DomainError

PASSWORD_FILE = "password"  # noqa: S105 - the name of a file
_HOLDER = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")


@dataclass(frozen=True)
class SigningKey:
    """A holder's key as pyHanko uses it, with its certificate."""

    holder: str
    signer: Signer
    certificate: x509.Certificate

    def check_valid(self, now: datetime) -> None:
        """Raises DomainError signing.certificate_expired or .certificate_not_yet_valid: nothing is signed then."""
        if now > self.certificate.not_valid_after:
            raise DomainError("signing.certificate_expired", "Chứng thư số đã hết hạn, chưa ký được.", status=409)
        if now < self.certificate.not_valid_before:
            raise DomainError(
                "signing.certificate_not_yet_valid", "Chứng thư số chưa có hiệu lực, chưa ký được.", status=409
            )


class KeyRing(Protocol):
    """Where keys are. Both methods are quick: they are asked in a request."""

    def has(self, holder: str) -> bool:
        """Whether `holder` can sign."""

    def key_of(self, holder: str) -> SigningKey | None:
        """The key; None when the holder has none. Raises DomainError signing.key_unusable."""


class Pkcs12Keys:
    """PKCS#12 files: SIGNING_CERTIFICATES names them by holder, any other is `<holder>.p12` in SIGNING_HOME.

    The password is in the environment variable that SIGNING_CERTIFICATES names for the holder, else in
    SIGNING_PASSWORD, else in the file `password` beside the certificates (which only the demo makes).
    """

    def has(self, holder: str) -> bool:
        return self._path(holder) is not None

    def key_of(self, holder: str) -> SigningKey | None:
        path = self._path(holder)
        if path is None:
            return None
        signer = _load(str(path), path.stat().st_mtime_ns, self._password(holder, path))
        if signer is None or signer.signing_cert is None:
            raise DomainError(
                "signing.key_unusable",
                "Không mở được chứng thư số của đơn vị (sai mật khẩu hoặc tệp hỏng).",
                status=503,
            )
        return SigningKey(holder, signer, signer.signing_cert)

    def _path(self, holder: str) -> Path | None:
        named = settings.SIGNING_CERTIFICATES.get(holder, {}).get("path", "")
        path = Path(named) if named else Path(settings.SIGNING_HOME) / f"{holder}.p12"
        return path if _HOLDER.fullmatch(holder) and path.is_file() else None

    def _password(self, holder: str, path: Path) -> bytes:
        variable = settings.SIGNING_CERTIFICATES.get(holder, {}).get("password_env", "") or "SIGNING_PASSWORD"
        if variable in os.environ:
            return os.environ[variable].encode()
        beside = path.with_name(PASSWORD_FILE)
        return beside.read_text(encoding="utf-8").strip().encode() if beside.is_file() else b""


@lru_cache(maxsize=256)
def _load(name: str, _changed_ns: int, password: bytes) -> SimpleSigner | None:
    """Opened once per file: deriving a key from a password is slow on purpose. None when it cannot be opened."""
    return cast("SimpleSigner | None", SimpleSigner.load_pkcs12(name, passphrase=password))  # type: ignore[no-untyped-call]


def unit_holder(unit_key: str) -> str:
    """The holder name of a unit, by its key."""
    return unit_key


def staff_holder(username: str) -> str:
    """The holder name of a member of staff."""
    return f"staff-{username}"


def has_key(holder: str) -> bool:
    """Whether `holder` can sign."""
    return _keyring().has(holder)


def key_of(holder: str) -> SigningKey:
    """The key of `holder`. Raises DomainError signing.no_certificate or signing.key_unusable."""
    found = _keyring().key_of(holder)
    if found is None:
        raise DomainError("signing.no_certificate", "Đơn vị chưa có chứng thư số để ký.", status=409)
    return found


def _keyring() -> KeyRing:
    return cast("KeyRing", _made(settings.SIGNING_KEYRING))


@lru_cache(maxsize=4)
def _made(dotted: str) -> object:
    return import_string(dotted)()
