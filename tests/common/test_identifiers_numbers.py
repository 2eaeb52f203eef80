"""Personal IDs, old identity cards, phones and how they are masked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haddong_portal.common.errors import DomainError
from haddong_portal.common.identifiers.masking import mask_id, mask_phone, mask_phones_in
from haddong_portal.common.identifiers.old_id import check_old_id
from haddong_portal.common.identifiers.personal_id import check_personal_id
from haddong_portal.common.identifiers.phones import format_phone, is_mobile, normalise_phone
from haddong_portal.common.identifiers.sexes import Sex


def test_digits_tell_province_sex_and_year() -> None:
    read = check_personal_id("001 195 000027")
    assert (read.number, read.province_name, read.sex, read.birth_year) == ("001195000027", "Hà Nội", Sex.FEMALE, 1995)
    assert read.warnings == ()


@pytest.mark.parametrize(
    ("number", "sex", "year"),
    [
        ("001090000011", Sex.MALE, 1990),
        ("001204000035", Sex.MALE, 2004),
        ("001301000044", Sex.FEMALE, 2001),
        ("001499000044", Sex.MALE, 2199),
        ("001901000044", Sex.FEMALE, 2301),
    ],
)
def test_century_and_sex(number: str, sex: Sex, year: int) -> None:
    read = check_personal_id(number, sex=sex, birth_year=year)
    assert (read.sex, read.birth_year, read.warnings) == (sex, year, ())


def test_doubts_are_warnings_only() -> None:
    read = check_personal_id("999195000027", sex=Sex.MALE, birth_year=1996)
    assert [remark.code for remark in read.warnings] == [
        "identifiers.unknown_province",
        "identifiers.sex_differs",
        "identifiers.birth_year_differs",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "identifiers.id_length"),
        ("00109901234", "identifiers.id_length"),
        ("0010990123456", "identifiers.id_length"),
        ("00109901234X", "identifiers.id_not_digits"),
        ("００１０９９０１２３４５", "identifiers.id_not_digits"),
        ("111111111111", "identifiers.id_all_equal"),
    ],
)
def test_impossible_personal_ids_are_refused(text: str, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        check_personal_id(text)
    assert (refusal.value.code, refusal.value.field) == (code, "personal_id")


def test_old_id_has_nine_digits() -> None:
    assert check_old_id("012 345 678") == "012345678"
    for text in ("", "01234567", "0123456789", "01234567x"):
        with pytest.raises(DomainError) as refusal:
            check_old_id(text)
        assert refusal.value.code == "identifiers.old_id"


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("0912345678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("84912345678", "0912345678"),
        ("0084 912345678", "0912345678"),
        ("+84 (0) 912 345 678", "0912345678"),
        ("912345678", "0912345678"),
        ("0912.345.678", "0912345678"),
        ("0843456789", "0843456789"),  # a prefix that looks like the country code
        ("0555123456", "0555123456"),  # newer block
        ("024 3382 4567", "02433824567"),
        ("+84 24 3382 4567", "02433824567"),
    ],
)
def test_phones_are_spelt_one_way(text: str, phone: str) -> None:
    assert normalise_phone(text) == phone
    assert normalise_phone(phone) == phone


@pytest.mark.parametrize(
    "text",
    ["", "+", "abc", "091234567", "09123456789", "0161234567", "0912FLOWER", "+1 202 555 0100", "19001234", "113"],
)
def test_other_numbers_are_refused(text: str) -> None:
    with pytest.raises(DomainError) as refusal:
        normalise_phone(text)
    assert refusal.value.code == "phones.invalid"


@given(st.text(alphabet="0123456789+ .()-٣３xa\u00a0\n", max_size=25))
def test_any_text_is_a_phone_or_a_refusal(text: str) -> None:
    try:
        phone = normalise_phone(text)
    except DomainError as refusal:
        assert refusal.code == "phones.invalid"
    else:
        assert phone.isascii() and phone.isdigit() and phone[0] == "0" and len(phone) in (10, 11)


def test_only_mobiles_receive_texts() -> None:
    assert is_mobile("0912345678")
    assert not is_mobile("02433824567")


def test_reading_and_masking() -> None:
    assert format_phone("0912345678") == "0912 345 678"
    assert format_phone("02433824567") == "024 3382 4567"
    assert mask_phone("0912345678") == "091••••678"
    assert mask_id("001099012345") == "001•••••2345"
    assert mask_id("012345678") == "••••••678"
    assert mask_id("12") == "••"
    assert mask_id("") == ""


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("queued for 0912345678", "queued for 091••••678"),
        ("to=+84912345678 ok", "to=849•••••678 ok"),
        ("0912 345 678 bị chặn; 84-912-345-678 cũng vậy", "091••••678 bị chặn; 849•••••678 cũng vậy"),
        ("HTTP 503 after 12000 ms", "HTTP 503 after 12000 ms"),
        ("id 09123456789012345", "id 09123456789012345"),
        ("msg-0912345678a1", "msg-091••••678a1"),
    ],
)
def test_phone_numbers_within_free_text_are_masked_and_nothing_else(told: str, kept: str) -> None:
    assert mask_phones_in(told) == kept
