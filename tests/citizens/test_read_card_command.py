"""`manage.py read_card`: JSON for machines, an exit code for scripts, no database."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command

CARD = "001090123411|012345679|Nguyễn Văn Thử|12071990|Nam|Số 7 phố Lụa, Hà Đông|10052021"
KEYS = {"ok", "id", "name", "dob", "sex", "old_id", "address", "issued_on", "warnings", "error", "message"}


def run(payload: str, *options: str) -> tuple[str, int]:
    output = io.StringIO()
    try:
        call_command("read_card", payload, *options, stdout=output)
    except SystemExit as stop:
        return output.getvalue(), int(stop.code or 0)
    return output.getvalue(), 0


def test_a_card_as_json() -> None:
    text, exit_code = run(CARD, "--json")
    answer = json.loads(text)
    assert exit_code == 0
    assert set(answer) >= KEYS
    assert {
        key: answer[key] for key in ("ok", "id", "name", "dob", "sex", "old_id", "issued_on", "warnings", "error")
    } == {
        "ok": True,
        "id": "001090123411",
        "name": "Nguyễn Văn Thử",
        "dob": "1990-07-12",
        "sex": "Nam",
        "old_id": "012345679",
        "issued_on": "2021-05-10",
        "warnings": [],
        "error": None,
    }
    assert "Nguyễn Văn Thử" in text and "Số 7 phố Lụa, Hà Đông" in text


def test_a_refusal_as_json() -> None:
    text, exit_code = run("VPNT-4Q18ZM", "--json")
    answer = json.loads(text)
    assert exit_code == 1
    assert set(answer) >= KEYS
    assert (answer["ok"], answer["error"], answer["id"]) == (False, "card.other_code", None)
    assert answer["message"]


def test_year_and_warnings() -> None:
    answer = json.loads(run(CARD.replace("12071990", "1991"), "--json")[0])
    assert answer["dob"] == "1991"
    assert answer["warning_codes"] == ["identifiers.birth_year_differs", "card.year_only"]
    assert len(answer["warnings"]) == 2


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\ufeff" + CARD + "\r\n"))
    assert json.loads(run("-", "--json")[0])["id"] == "001090123411"


def test_plain_text() -> None:
    text, exit_code = run(CARD)
    assert exit_code == 0
    assert "name: Nguyễn Văn Thử" in text
