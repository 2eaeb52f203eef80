"""`explain_due_date`: the answer in JSON and in lines, and refusals with exit code 2."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command


def run(*arguments: str) -> tuple[int, str, str]:
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("explain_due_date", *arguments, stdout=out, stderr=err)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return code, out.getvalue(), err.getvalue()


def answer(*arguments: str) -> dict[str, Any]:
    code, out, _ = run(*arguments, "--json")
    assert code == 0
    loaded: dict[str, Any] = json.loads(out)
    return loaded


def test_json_holds_due_at_and_explanation() -> None:
    found = answer("--limit", "3 ngày làm việc", "--accepted", "2024-02-07T09:00")
    assert found["due_at"] == "2024-02-19T17:00:00+07:00"
    assert found["explanation"][-1] == "Hẹn trả: thứ Hai, 19/02/2024, trước 17:00."


def test_json_is_one_line_of_unescaped_utf_8() -> None:
    _, out, _ = run("--limit", "20 Ngày", "--accepted", "2024-01-19T10:00", "--json")
    assert out.count("\n") == 1
    assert "Tết Nguyên đán" in out


@pytest.mark.parametrize(
    ("arguments", "due_at"),
    [
        (("--same-day", "--accepted", "2023-04-28T15:20"), "2023-05-04T17:00:00+07:00"),
        (("--limit", "trong ngày", "--accepted", "2023-04-28T15:20"), "2023-05-04T17:00:00+07:00"),
        (("--limit", "trong ngày", "--accepted", "2023-04-28T15:00", "--same-day"), "2023-04-28T17:00:00+07:00"),
        (("--limit", "1 ngày làm việc", "--accepted", "2023-04-28T15:20"), "2023-05-04T17:00:00+07:00"),
        (("--limit", "8 giờ làm việc", "--accepted", "2024-10-08T10:30"), "2024-10-09T10:30:00+07:00"),
        (("--limit", "20 ngày", "--accepted", "2024-01-19T03:00Z"), "2024-02-15T17:00:00+07:00"),
    ],
)
def test_each_kind_of_limit(arguments: tuple[str, ...], due_at: str) -> None:
    assert answer(*arguments)["due_at"] == due_at


def test_without_json_the_lines_are_printed() -> None:
    code, out, _ = run("--limit", "1 ngày làm việc", "--accepted", "2024-10-08T10:30")
    assert code == 0
    assert out.splitlines() == [
        "Tiếp nhận lúc 10:30 thứ Ba, 08/10/2024.",
        "Thời hạn giải quyết: 01 ngày làm việc, không tính ngày tiếp nhận.",
        "Ngày 1: thứ Tư, 09/10/2024.",
        "Hẹn trả: thứ Tư, 09/10/2024, trước 17:00.",
    ]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--accepted", "2024-02-07T09:00"), "limit.missing"),
        (("--limit", "theo thời hạn của bước trước", "--accepted", "2024-02-07T09:00"), "limit.refers_elsewhere"),
        (("--limit", "5-7 ngày", "--accepted", "2024-02-07T09:00"), "limit.range"),
        (("--limit", "0 ngày", "--accepted", "2024-02-07T09:00"), "limit.amount_refused"),
        (("--limit", "3 ngày"), "time.missing"),
        (("--limit", "3 ngày", "--accepted", "2024-02-07"), "time.unreadable"),
        (("--limit", "3 ngày", "--accepted", "2024-02-30T09:00"), "time.unreadable"),
        (("--limit", "3 ngày", "--accepted", "9999-12-31T23:00"), "time.out_of_range"),
    ],
)
def test_bad_input_is_refused_with_code_2_a_sentence_and_a_machine_code(arguments: tuple[str, ...], code: str) -> None:
    exit_code, out, _ = run(*arguments, "--json")
    refusal = json.loads(out)
    assert exit_code == 2
    assert refusal["error"] == code
    assert refusal["message"].endswith((".", "+07:00."))
    exit_code, out, err = run(*arguments)
    assert (exit_code, out) == (2, "")
    assert f"[{code}]" in err
