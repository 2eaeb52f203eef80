"""One byte changed anywhere: no file verifies any more. Every place is tried in turn by hypothesis."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from haddong_portal.common.signing.keys import key_of
from haddong_portal.common.signing.report import SignatureState
from haddong_portal.common.signing.sign_pdf import sign_pdf
from haddong_portal.common.signing.stamps import Stamp
from haddong_portal.common.signing.verify_pdf import verify_pdf
from tests.scale import scaled
from tests.signing_help import NOW, WARD, WARD_NAME, plain_pdf, signed_pdf

LATER = NOW + timedelta(days=1)
RELAXED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.fixture
def stamped(home: Path) -> bytes:
    stamp = Stamp(unit=WARD_NAME, code="ABCD", verify_url="https://motcua.example/xac-thuc/ABCD/")
    return sign_pdf(plain_pdf(), signer=key_of(WARD), reason="Phát hành", stamp=stamp, now=NOW)


@pytest.fixture
def signed(home: Path) -> bytes:
    return signed_pdf()


@given(data=st.data())
@settings(max_examples=scaled(60), deadline=None, suppress_health_check=RELAXED)
def test_a_changed_byte_anywhere_is_caught(stamped: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(stamped) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda byte: byte != stamped[at]))
    tampered = stamped[:at] + bytes([value]) + stamped[at + 1 :]

    assert verify_pdf(tampered, LATER).state != SignatureState.VALID


@given(data=st.data())
@settings(max_examples=scaled(80), deadline=None, suppress_health_check=RELAXED)
def test_a_changed_byte_in_the_signature_itself_is_caught(signed: bytes, data: st.DataObject) -> None:
    """No digest covers the signature's own container, so it is tried more often than chance would."""
    start = signed.index(b"/Contents <") + len(b"/Contents ")
    at = data.draw(st.integers(start, signed.index(b">", start)))
    value = data.draw(st.sampled_from(b"0123456789abcdefABCDEF <>\n").filter(lambda byte: byte != signed[at]))
    tampered = signed[:at] + bytes([value]) + signed[at + 1 :]

    assert verify_pdf(tampered, LATER).state != SignatureState.VALID


@given(cut=st.integers(1, 2000))
@settings(max_examples=scaled(15), deadline=None, suppress_health_check=RELAXED)
def test_a_shortened_file_is_caught(signed: bytes, cut: int) -> None:
    assert verify_pdf(signed[:-cut], LATER).state != SignatureState.VALID
