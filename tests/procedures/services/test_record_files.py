"""JSON, CSV and XLSX with the same columns give the same records."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from haddong_portal.common.errors import DomainError
from procedures.rules.record import parse_record
from procedures.services.record_files import open_records
from tests.procedures.records import record

RECORDS = [record("1.001193"), record("1.000890", name="Đăng ký; kết hôn", conditions="Dòng 1\nDòng 2")]


def cell(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def write_json(path: Path) -> None:
    path.write_text(json.dumps(RECORDS, ensure_ascii=False), encoding="utf-8")


def write_csv(path: Path, delimiter: str = ",") -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(RECORDS[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows({name: cell(value) for name, value in one.items()} for one in RECORDS)


def write_xlsx(path: Path) -> None:
    book = Workbook()
    book.active.append(list(RECORDS[0]))
    for one in RECORDS:
        row = [cell(value) for value in one.values()]
        row[0] = float(one["code"])  # what a spreadsheet makes of a code
        book.active.append(row)
    book.save(path)


@pytest.mark.parametrize("name", ["a.json", "a.csv", "a.xlsx"])
def test_every_format_gives_the_same_content(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    {"a.json": write_json, "a.csv": write_csv, "a.xlsx": write_xlsx}[name](path)
    opened = open_records(path)
    read = [parse_record(raw) for raw in opened.records()]
    expected = [parse_record(raw) for raw in RECORDS]
    assert opened.total == 2
    assert [(one.national_code, one.content_hash) for one in read] == [
        (one.national_code, one.content_hash) for one in expected
    ]


def test_semicolons_of_vietnamese_spreadsheets(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", ";")
    assert [parse_record(raw).name for raw in open_records(tmp_path / "a.csv").records()][1] == "Đăng ký; kết hôn"


def test_reading_can_start_in_the_middle(tmp_path: Path) -> None:
    write_json(tmp_path / "a.json")
    write_csv(tmp_path / "a.csv")
    for name in ("a.json", "a.csv"):
        assert [parse_record(raw).national_code for raw in open_records(tmp_path / name).records(1)] == ["1.000890"]


def test_a_list_inside_an_object_and_a_single_record(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"about": "x", "procedures": RECORDS}), encoding="utf-8")
    assert open_records(path).total == 2
    path.write_text(json.dumps(RECORDS[0]), encoding="utf-8")
    assert open_records(path).total == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b"name;x\n1;2\n"),
        ("a.csv", b""),
        ("a.csv", b"code\n\xff\xfe"),
        ("a.xlsx", b"not a zip"),
        ("a.txt", b"code"),
        ("a.json", b"\xff\xfe\x00"),
    ],
)
def test_files_that_are_something_else(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DomainError) as refusal:
        open_records(path)
    assert refusal.value.code == "catalogue.unreadable"


def test_a_cell_that_only_looks_like_a_list_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('code,name\n1.001193,"[chưa có tên"\n', encoding="utf-8")
    raw: Any = next(iter(open_records(path).records()))
    assert raw["name"] == "[chưa có tên"
