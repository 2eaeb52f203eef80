"""Signed codes: short, bound to a purpose, alive after a key change."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haddong_portal.common import signed_codes
from haddong_portal.common.errors import DomainError

CODE = "000.99.01.H26-240207-00012"


def test_a_signed_dossier_code_is_short_and_safe_in_a_link() -> None:
    signed = signed_codes.sign("tracking", CODE)
    assert signed.startswith(CODE + ".")
    assert len(signed) <= 60
    assert re.fullmatch(r"[A-Za-z0-9._-]+", signed)
    assert signed_codes.read("tracking", signed) == CODE
    assert signed_codes.read("tracking", f" {CODE}.{signed.rpartition('.')[2].lower()} ") == CODE


def refused(purpose: str, code: str) -> bool:
    with pytest.raises(DomainError) as refusal:
        signed_codes.read(purpose, code)
    return (refusal.value.code, refusal.value.status) == ("codes.signature", 404)


def test_another_purpose_refuses_it() -> None:
    assert refused("survey", signed_codes.sign("tracking", CODE))


def test_any_change_is_refused() -> None:
    signed = signed_codes.sign("tracking", CODE)
    for index, char in enumerate(signed):
        other = "B" if char.upper() != "B" else "C"
        assert refused("tracking", signed[:index] + other + signed[index + 1 :])
    assert refused("tracking", signed + "A")
    assert refused("tracking", CODE)


@given(st.text(max_size=200))
def test_any_text_is_refused(text: str) -> None:
    assert refused("tracking", text)


def test_papers_outlive_a_key(settings) -> None:
    signed = signed_codes.sign("tracking", CODE)
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "another-secret-key" * 4
    assert refused("tracking", signed)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert signed_codes.read("tracking", signed) == CODE
    assert signed_codes.sign("tracking", CODE) != signed


@pytest.mark.parametrize("value", ["", "a b", "a/b", "đ", ".a", "x" * 44])
def test_values_that_do_not_fit_a_link_are_not_signed(value: str) -> None:
    with pytest.raises(ValueError, match="signed value"):
        signed_codes.sign("tracking", value)
