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


def test_stops_a_rule_set_and_an_end_are_taken() -> None:
    typed = ("--limit", "15 ngày làm việc", "--accepted", "2024-06-03T09:00")
    asked = ("--interval", "2024-06-05T09:00/2024-06-11T14:00:supplement")
    found = answer(*typed, *asked, "--finished", "2024-06-28T17:00")
    assert found["due_at"] == "2024-07-02T17:00:00+07:00"
    assert (found["ruleset"], found["is_running"], found["frozen_since"]) == ("R2", True, None)
    assert found["elapsed_excl_pauses"] == 123 * 60
    _, out, _ = run(*typed, *asked, "--finished", "2024-06-28T17:00")
    assert out.splitlines()[-2:] == [
        "Hẹn trả: thứ Ba, 02/07/2024, trước 17:00.",
        "Thời gian giải quyết, không kể khoảng dừng (QĐ 766): 7380 phút làm việc.",
    ]
    assert "elapsed_excl_pauses" not in answer(*typed, *asked)


def test_an_open_stop_leaves_the_last_date_and_says_why_the_clock_stands() -> None:
    found = answer(
        "--limit", "15 ngày làm việc", "--accepted", "2024-06-03T09:00", "--interval", "2024-06-05T09:00/:supplement"
    )
    assert (found["is_running"], found["frozen_since"]) == (False, "2024-06-05T09:00:00+07:00")
    assert found["due_at"] == "2024-06-24T17:00:00+07:00"
    assert found["explanation"][-1].startswith("Đang chờ bổ sung từ 09:00 thứ Tư, 05/06/2024")


def test_example_14_on_the_command_line() -> None:
    typed = ("--limit", "240 giờ làm việc", "--accepted", "2025-03-03T09:00")
    duty = ("--interval", "2025-03-10T14:00/2025-03-20T10:00:payment")
    assert answer(*typed, *duty)["due_at"] == "2025-04-15T09:00:00+07:00"
    assert answer(*typed, *duty, "--payment-pauses")["due_at"] == "2025-04-24T15:00:00+07:00"


@pytest.mark.parametrize(
    ("ruleset", "due_at"), [("R2", "2026-09-09T17:00:00+07:00"), ("r4", "2026-09-10T12:00:00+07:00")]
)
def test_the_rule_set_decides_what_an_outage_does(ruleset: str, due_at: str) -> None:
    found = answer(
        *("--limit", "2 ngày làm việc", "--accepted", "2026-09-07T09:00", "--ruleset", ruleset),
        *(
            "--interval",
            "2026-09-08T08:00/2026-09-08T12:00:outage",
            "--interval",
            "2026-09-07T10:00/2026-09-07T11:00:payment",
        ),
    )
    assert found["due_at"] == due_at


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--interval", "2024-02-08T09:00:supplement"), "interval.unreadable"),
        (("--interval", "2024-02-08/2024-02-09:supplement"), "interval.unreadable"),
        (("--interval", "/2024-02-09T09:00:supplement"), "interval.unreadable"),
        (("--interval", "2024-02-08T09:00/2024-02-09T09:00"), "interval.unreadable"),
        (("--interval", "2024-02-08T09:00/2024-02-09T09:00:holiday"), "interval.unknown_kind"),
        (("--interval", "2024-02-09T09:00/2024-02-08T09:00:payment"), "interval.ends_before_start"),
        (("--interval", "2024-02-09T09:00/2300-02-08T09:00:payment"), "time.out_of_range"),
        (("--ruleset", "R9"), "ruleset.unknown"),
        (("--finished", "hôm qua"), "time.unreadable"),
        (("--finished", "2024-02-06T09:00"), "time.finished_before_accepted"),
    ],
)
def test_stops_and_ends_that_cannot_be_read_are_refused(arguments: tuple[str, ...], code: str) -> None:
    exit_code, out, _ = run("--limit", "3 ngày làm việc", "--accepted", "2024-02-07T09:00", *arguments, "--json")
    assert (exit_code, json.loads(out)["error"]) == (2, code)


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
