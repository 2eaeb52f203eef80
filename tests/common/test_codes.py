"""Dossier and procedure codes: written one way, read as people type them."""

from __future__ import annotations

import json
from datetime import date

import pytest

from haddong_portal.common.codes import (
    DossierCode,
    ProcedureCode,
    format_dossier_code,
    national_procedure_code,
    parse_dossier_code,
    parse_procedure_code,
)
from haddong_portal.common.errors import DomainError
from tests.shared_data import shared_path

UNIT = "000.99.01.H26"
DAY = date(2024, 2, 7)


@pytest.mark.parametrize(
    ("serial", "code"),
    [
        (1, "000.99.01.H26-240207-0001"),
        (9999, "000.99.01.H26-240207-9999"),
        (10000, "000.99.01.H26-240207-10000"),
    ],
)
def test_serial_has_four_digits_and_grows(serial: int, code: str) -> None:
    assert format_dossier_code(UNIT, DAY, serial) == code
    assert parse_dossier_code(code) == DossierCode(UNIT, DAY, serial)
    assert str(parse_dossier_code(code)) == code


@pytest.mark.parametrize(
    "text", [" 000.a0.01.h26-210212-9090 ", "000.A0.01.H26–210212–9090", "000.A0.01.H26 - 210212 - 9090"]
)
def test_typed_codes_are_tidied(text: str) -> None:
    assert parse_dossier_code(text) == DossierCode("000.A0.01.H26", date(2021, 2, 12), 9090)


def test_both_orders_of_the_unit_code_are_read() -> None:
    assert parse_dossier_code("H26.123.45-260930-0012").unit_code == "H26.123.45"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "000.99.01.H26-240230-0001",  # 30 February
        "000.99.01.H26-240207-001",
        "000.99.01.H26-240207-0000",
        "000.99.01.H26-240207-123456789",
        "000.99.01.026-240207-0001",  # no province part
        "H26-240207-0001",
        "000.99.01.H26-２40207-0001",
        "x" * 10_000,
    ],
)
def test_other_text_is_no_dossier_code(text: str) -> None:
    with pytest.raises(DomainError) as refusal:
        parse_dossier_code(text)
    assert refusal.value.code == "codes.dossier"


@pytest.mark.parametrize(("unit", "serial", "code"), [("000.99", 1, "codes.unit"), (UNIT, 0, "codes.serial")])
def test_impossible_parts_are_not_formatted(unit: str, serial: int, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        format_dossier_code(unit, DAY, serial)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1.001193", ProcedureCode("1.001193")),
        ("1.001193.01", ProcedureCode("1.001193", "01")),
        ("1.001193.000.00.00.h26", ProcedureCode("1.001193", "", "000.00.00.H26")),
        (" 1.001193.01.000.00.00.H26", ProcedureCode("1.001193", "01", "000.00.00.H26")),
    ],
)
def test_procedure_code_parts(text: str, parts: ProcedureCode) -> None:
    assert parse_procedure_code(text) == parts
    assert str(parts) == text.strip().upper()


@pytest.mark.parametrize("text", ["", "1001193", "1.00119", "1.001193.1", "1.001193.H26", "a.001193"])
def test_other_text_is_no_procedure_code(text: str) -> None:
    with pytest.raises(DomainError) as refusal:
        national_procedure_code(text)
    assert refusal.value.code == "codes.procedure"


def test_every_code_of_the_national_catalogue_is_read() -> None:
    records = json.loads(shared_path("procedures.json").read_text(encoding="utf-8"))
    codes = [record["code"] for record in (records if isinstance(records, list) else records["procedures"])]
    assert len(codes) > 1000
    assert [national_procedure_code(code) for code in codes] == codes
