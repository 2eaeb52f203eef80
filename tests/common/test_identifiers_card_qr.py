"""The card's QR code: valid, invalid, and damaged on its way from the scanner. All numbers are invented."""

from __future__ import annotations

import json
import unicodedata
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from haddong_portal.common.errors import DomainError
from haddong_portal.common.identifiers.card_qr import CardReading, read_card
from haddong_portal.common.identifiers.sexes import Sex
from tests.shared_data import shared_path

CARD = "001090123411|012345679|Nguyễn Văn Thử|12071990|Nam|Số 7 phố Lụa, Phường Vạn Phúc, Quận Hà Đông, Hà Nội|10052021"


def changed(**parts: str) -> str:
    """CARD with some of its parts replaced."""
    names = ("id", "old_id", "name", "dob", "sex", "address", "issued_on")
    return "|".join(parts.get(name, value) for name, value in zip(names, CARD.split("|"), strict=True))


def codes(card: CardReading) -> list[str]:
    return [remark.code for remark in card.warnings]


def refusal_of(payload: str) -> str:
    with pytest.raises(DomainError) as refusal:
        read_card(payload)
    assert refusal.value.message
    return refusal.value.code


def test_a_whole_card() -> None:
    assert read_card(CARD) == CardReading(
        id="001090123411",
        old_id="012345679",
        name="Nguyễn Văn Thử",
        dob=date(1990, 7, 12),
        birth_year=1990,
        sex=Sex.MALE,
        address="Số 7 phố Lụa, Phường Vạn Phúc, Quận Hà Đông, Hà Nội",
        issued_on=date(2021, 5, 10),
    )


@pytest.mark.parametrize(
    "payload",
    [
        "\ufeff" + CARD + "\r\n",
        "\n  " + CARD.replace("|", " | "),
        CARD + "\r\n" + CARD + "\n",  # the scanner's trigger was held
        CARD + "||||",
        CARD + "|Nguyễn Văn Cha|Trần Thị Mẹ",
        unicodedata.normalize("NFD", CARD),
        changed(name="Nguyễn  Văn   Thử"),
    ],
)
def test_noise_of_scanners_and_newer_cards_changes_nothing(payload: str) -> None:
    assert read_card(payload) == read_card(CARD)


def test_year_only_is_accepted_with_a_warning() -> None:
    for dob in ("1990", "00001990"):
        card = read_card(changed(dob=dob))
        assert (card.dob, card.birth_year, card.dob_text, codes(card)) == (None, 1990, "1990", ["card.year_only"])


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"old_id": ""}, []),
        ({"old_id": "12345"}, ["card.old_id_ignored"]),
        ({"issued_on": ""}, ["card.no_issue_date"]),
        ({"issued_on": "10051980"}, ["card.issued_before_birth"]),
        ({"sex": "Nữ"}, ["identifiers.sex_differs"]),
        ({"dob": "12071991"}, ["identifiers.birth_year_differs"]),
        ({"id": "003090123411"}, ["identifiers.unknown_province"]),
        ({"name": "Nguyen Van Thu", "address": "So 7 pho Lua, Ha Dong"}, ["card.no_diacritics"]),
        ({"name": "Nguyeenx Vawn Thuwr", "address": "Soos 7 phoos Luaj, Haf DDoong"}, ["card.telex"]),
        ({"name": "H'Hen Niê Kđăm"}, []),
        ({"name": "Y Bhĭm Ksor"}, []),
    ],
)
def test_doubts_are_remarks(parts: dict[str, str], expected: list[str]) -> None:
    assert codes(read_card(changed(**parts))) == expected


def test_six_parts_are_enough() -> None:
    card = read_card(CARD.rpartition("|")[0])
    assert (card.issued_on, codes(card)) == (None, ["card.no_issue_date"])


def test_sex_without_diacritics_is_understood() -> None:
    assert read_card(changed(sex="NU")).sex is Sex.FEMALE


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ("", "card.empty"),
        (" \r\n\ufeff", "card.empty"),
        ("VPNT-4Q18ZM", "card.other_code"),
        ("https://motcua.example/q/abc", "card.other_code"),
        (CARD + "|" + "x" * 1000, "card.other_code"),
        ("a|b|c", "card.too_few_fields"),
        ("|||||||", "card.id_length"),
        (changed(id="12345"), "card.id_length"),
        (changed(id="00109901234X"), "card.id_not_digits"),
        (changed(id="0" * 12), "card.id_all_equal"),
        (changed(name=" "), "card.no_name"),
        (changed(address=""), "card.no_address"),
        (changed(sex="Khác"), "card.unknown_sex"),
        (changed(dob="31022000"), "card.bad_date"),
        (changed(dob="01131990"), "card.bad_date"),
        (changed(dob="29022023"), "card.bad_date"),
        (changed(dob=""), "card.bad_date"),
        (changed(dob="0000"), "card.bad_date"),
        (changed(dob="１２０７１９９０"), "card.bad_date"),
        (changed(issued_on="31042021"), "card.bad_date"),
        (CARD + "\n" + changed(id="001090999999"), "card.two_codes"),
    ],
)
def test_refusals(payload: str, code: str) -> None:
    assert refusal_of(payload) == code


@pytest.mark.parametrize("page", ["latin-1", "cp1252", "cp1258"])
def test_utf8_read_in_a_western_code_page_asks_for_a_new_scan(page: str) -> None:
    assert refusal_of(CARD.encode().decode(page, errors="replace")) == "card.mojibake"


@pytest.mark.parametrize(
    "name",
    ["Nguy?n V?n Th?", "NguyêÞn Văn Thýò", "NguyÔn V¨n Thö", "Nguy\ufffdn", "Trâ\u00ccn", "Nguyễn \udcc3n", "阮文"],
)
def test_names_in_another_code_page_ask_for_a_new_scan(name: str) -> None:
    assert refusal_of(changed(name=name)) == "card.mojibake"


def test_input_method_and_keyboard_layout_are_named() -> None:
    assert refusal_of(changed(name="Nguye6n4 Va8n Thu73")) == "card.input_method"
    assert refusal_of(changed(id="đđăđ\u0323đăâêôăă")) == "card.keyboard"


@given(st.text(max_size=300))
@example("|" * 2000)
def test_any_text_is_a_card_or_a_refusal(payload: str) -> None:
    with pytest.raises(DomainError):
        read_card(payload)


@given(st.lists(st.text(max_size=20), min_size=7, max_size=12), st.integers(0, 6))
def test_a_card_with_one_odd_part_is_read_or_refused(parts: list[str], index: int) -> None:
    mixed = CARD.split("|")
    mixed[index] = parts[index]
    try:
        card = read_card("|".join(mixed))
    except DomainError as refusal:
        assert refusal.code.startswith("card.")
    else:
        assert len(card.id) == 12 and card.name and card.address


def test_shared_samples_decide_as_stated() -> None:
    samples = json.loads(shared_path("cccd_qr_samples.json").read_text(encoding="utf-8"))
    for kind in ("valid", "valid_year_only", "valid_self_consistent"):
        for payload in samples[kind]:
            assert read_card(payload).id == payload[:12]
    assert all(not read_card(payload).warnings for payload in samples["valid_self_consistent"])
    assert all("card.year_only" in codes(read_card(payload)) for payload in samples["valid_year_only"])
    for payload in samples["invalid"]:
        assert refusal_of(payload).startswith("card.")
