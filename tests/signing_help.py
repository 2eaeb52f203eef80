"""Keys, authorities and small PDFs for tests of digital signatures."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
from cryptography.hazmat.primitives.serialization import Encoding

from haddong_portal.common import clock
from haddong_portal.common.signing.demo_ca import Authority, Holder, make_demo_certificates, new_authority
from haddong_portal.common.signing.keys import PASSWORD_FILE, SigningKey, key_of
from haddong_portal.common.signing.sign_pdf import sign_pdf

WARD = "phuong-van-phuc"
WARD_NAME = "Ủy ban nhân dân phường Vạn Phúc"
NOW = datetime(2024, 3, 5, 9, 30, 15, tzinfo=clock.VIETNAM)


def certify(home: Path, *holders: str, now: datetime = NOW, unit: str = WARD_NAME) -> None:
    """Demo certificates in `home` for these holder names."""
    make_demo_certificates(home, [Holder(name, unit, unit) for name in holders], now=now)


def key_from(authority: Authority, home: Path, *, holder: str = "other", made: datetime = NOW) -> SigningKey:
    """A key that `authority` certified as of `made`, kept where the key ring looks."""
    password = (home / PASSWORD_FILE).read_bytes().strip()
    (home / f"{holder}.p12").write_bytes(authority.issue(Holder(holder, "Người lạ", "Nơi lạ"), password, made))
    return key_of(holder)


def stranger(now: datetime = NOW) -> Authority:
    """An authority nobody trusts."""
    return new_authority(now, "CA lạ")


def pem_of(authority: Authority) -> bytes:
    return authority.certificate.public_bytes(Encoding.PEM)


def plain_pdf(text: str = "Noi dung", *, pages: int = 1) -> bytes:
    """A small unsigned PDF, not PDF/A: its font is not embedded."""
    pdf = pikepdf.new()
    for number in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
        page = pdf.pages[number]
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
        page.obj.Contents = pdf.make_stream(f"BT /F1 14 Tf 60 600 Td ({text} {number + 1}) Tj ET".encode())
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def signed_pdf(content: bytes | None = None, *, now: datetime = NOW, final: bool = True) -> bytes:
    """Signed by the ward, invisibly."""
    return sign_pdf(content or plain_pdf(), signer=key_of(WARD), reason="Thử", final=final, now=now)


def days(count: int) -> timedelta:
    return timedelta(days=count)


def use_home(settings: Any, folder: Path, *holders: str) -> Path:
    """Point the portal at a signing home of the test's own, whose demo authority is trusted."""
    settings.SIGNING_HOME = str(folder)
    settings.SIGNING_TRUST_ROOTS = [str(folder / "demo-ca.pem")]
    settings.SIGNING_CERTIFICATES = {}
    settings.SIGNING_CRLS = []
    settings.SIGNING_TSA_URL = ""
    certify(folder, *(holders or (WARD,)))
    return folder
