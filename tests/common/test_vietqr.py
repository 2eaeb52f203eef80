"""VietQR: the payload is the published one, parses back object by object, and refuses what a bank would refuse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haddong_portal.common.errors import DomainError
from haddong_portal.common.vietqr import transfer_content, vietqr_payload

# Published with the README of github.com/subiz/vietqr, which bank apps read.
PUBLISHED = (
    "00020101021238570010A00000072701270006970415011300110019324180208QRIBFTTA530370454061200005802VN"
    "62170813ung ho lu lut6304C15C"
)
ACCOUNTS = st.from_regex(r"[0-9A-Za-z]{1,19}", fullmatch=True)
CONTENTS = st.from_regex(r"[0-9A-Za-z]{1,25}", fullmatch=True)


def objects(text: str) -> dict[str, str]:
    """Every data object of one level, in order, nothing left over."""
    found: dict[str, str] = {}
    while text:
        object_id, length = text[:2], int(text[2:4])
        assert object_id not in found and len(text) >= 4 + length
        found[object_id] = text[4 : 4 + length]
        text = text[4 + length :]
    return found


def crc_by_hand(text: str) -> str:
    """CRC-16/CCITT-FALSE bit by bit: polynomial 1021, start FFFF, nothing reflected."""
    crc = 0xFFFF
    for byte in text.encode("ascii"):
        crc ^= byte << 8
        for _ in range(8):
            crc = ((crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return f"{crc:04X}"


def test_the_crc_of_the_tests_is_the_catalogued_one() -> None:
    assert crc_by_hand("123456789") == "29B1"


def test_the_published_payload_is_built() -> None:
    built = vietqr_payload(
        bank_bin="970415", account_number="0011001932418", amount_vnd=120_000, content="ủng hộ lũ lụt"
    )
    assert built == PUBLISHED


@given(bank_bin=st.from_regex(r"[0-9]{6}", fullmatch=True), account=ACCOUNTS, content=CONTENTS, amount=st.integers(1))
def test_every_object_reads_back(bank_bin: str, account: str, content: str, amount: int) -> None:
    amount = amount % 10**13 or 1
    payload = vietqr_payload(bank_bin=bank_bin, account_number=account, amount_vnd=amount, content=content)
    root = objects(payload)
    assert list(root) == ["00", "01", "38", "53", "54", "58", "62", "63"]
    receiver = objects(root["38"])
    assert (receiver["00"], receiver["02"]) == ("A000000727", "QRIBFTTA")
    assert objects(receiver["01"]) == {"00": bank_bin, "01": account}
    assert (root["00"], root["01"], root["53"], root["54"], root["58"]) == ("01", "12", "704", str(amount), "VN")
    assert objects(root["62"]) == {"08": content}
    assert root["63"] == crc_by_hand(payload[:-4])


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Phí  hồ sơ Đặng", "Phi ho so Dang"),
        ("H26-240207-0012", "H26 240207 0012"),
        ("Lệ phí: 01/2024!", "Le phi 01 2024"),
    ],
)
def test_content_is_folded(text: str, folded: str) -> None:
    assert transfer_content(text) == folded


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"bank_bin": "97041"}, "vietqr.bank", "bank_bin"),
        ({"bank_bin": "97041٥"}, "vietqr.bank", "bank_bin"),
        ({"account_number": ""}, "vietqr.account", "account_number"),
        ({"account_number": "1" * 20}, "vietqr.account", "account_number"),
        ({"account_number": "12-34"}, "vietqr.account", "account_number"),
        ({"amount_vnd": 0}, "vietqr.amount", "amount_vnd"),
        ({"amount_vnd": -8000}, "vietqr.amount", "amount_vnd"),
        ({"amount_vnd": 10**13}, "vietqr.amount", "amount_vnd"),
        ({"content": " … "}, "vietqr.content", "content"),
        ({"content": "a" * 26}, "vietqr.content", "content"),
    ],
)
def test_what_a_bank_would_refuse_is_refused(changed: dict[str, object], code: str, field: str) -> None:
    good: dict[str, object] = {"bank_bin": "970415", "account_number": "113366668888", "amount_vnd": 1, "content": "a"}
    with pytest.raises(DomainError) as refused:
        vietqr_payload(**{**good, **changed})  # type: ignore[arg-type]
    assert (refused.value.code, refused.value.field) == (code, field)
