"""Words and waits."""

from __future__ import annotations

from datetime import timedelta

import pytest

from haddong_portal.notices.rules.backoff import LONGEST_WAIT, wait_after
from haddong_portal.notices.rules.words import fill, placeholders, sms_segments


def test_only_plain_names_are_placeholders() -> None:
    assert fill("{code} {0} {code.x} {{code}}", {"code": "A"}) == "A {0} {code.x} {A}"
    assert placeholders("{code} và {link}") == {"code", "link"}


def test_an_unknown_placeholder_is_an_error() -> None:
    with pytest.raises(KeyError):
        fill("{nothing}", {})


@pytest.mark.parametrize(
    ("text", "segments"),
    [("a" * 160, 1), ("a" * 161, 2), ("ữ" * 70, 1), ("ữ" * 71, 2), ("ữ" * 134, 2), ("ữ" * 135, 3), ("", 1)],
)
def test_sms_segments(text: str, segments: int) -> None:
    assert sms_segments(text) == segments


def test_waits_double_up_to_ten_minutes() -> None:
    assert [wait_after(n) for n in (1, 2, 3)] == [timedelta(seconds=s) for s in (30, 60, 120)]
    assert wait_after(40) == LONGEST_WAIT
