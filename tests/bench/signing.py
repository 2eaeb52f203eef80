"""Digital signatures on one core: signing a result with its stamp, and verifying it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings

from haddong_portal.common import clock
from haddong_portal.common.signing.keys import key_of
from haddong_portal.common.signing.sign_pdf import sign_pdf
from haddong_portal.common.signing.stamps import Stamp
from haddong_portal.common.signing.verify_pdf import verify_pdf
from haddong_portal.home.demo.papers import result_pdf
from tests.bench.bench import Bench
from tests.signing_help import WARD, WARD_NAME, certify

STAMP = Stamp(unit=WARD_NAME, person="Nguyễn Thị Bích Ngọc", code="ABCD-EFGH", verify_url="https://motcua.example/x/")


def run(bench: Bench) -> None:
    """Signatures and verifications a second; there is no budget."""
    before = settings.SIGNING_HOME, settings.SIGNING_TRUST_ROOTS
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "signing"
        certify(home, WARD, now=clock.now())
        settings.SIGNING_HOME, settings.SIGNING_TRUST_ROOTS = str(home), [str(home / "demo-ca.pem")]
        try:
            _measure(bench)
        finally:
            settings.SIGNING_HOME, settings.SIGNING_TRUST_ROOTS = before


def _measure(bench: Bench) -> None:
    paper = _paper()
    signed = _signed(paper)
    assert verify_pdf(signed).state == "VALID"
    bench.add("sign a result", f"{_rate(lambda: _signed(paper), bench.seconds):.0f} a second on one core, with stamp")
    bench.add("verify a signature", f"{_rate(lambda: verify_pdf(signed), bench.seconds):.0f} a second on one core")


def _signed(paper: bytes) -> bytes:
    return sign_pdf(paper, signer=key_of(WARD), reason="Phát hành kết quả", stamp=STAMP)


def _rate(work: Callable[[], object], seconds: float) -> float:
    """How often a second; the first call warms up."""
    work()
    began, count = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        work()
        count += 1
    return count / (time.perf_counter() - began)


def _paper() -> bytes:
    return result_pdf(
        code="000.99.01.H26-240305-0001",
        number="12/XN-UBND",
        name="Giấy xác nhận tình trạng hôn nhân",
        procedure="Cấp Giấy xác nhận tình trạng hôn nhân",
        applicant="Trần Văn Tú",
        unit=WARD_NAME,
        signer="Nguyễn Thị Bích Ngọc",
        officer="Lê Quang Minh",
        on=date(2024, 3, 5),
    )
