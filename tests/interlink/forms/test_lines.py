"""The notations of the group editor: what is written is read back, and a bad line is named by its number."""

from __future__ import annotations

from typing import Any

import pytest
from django.forms import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from interlink.forms import lines

KEYS = st.from_regex(r"[a-z]{1,6}(\.[a-z_]{1,8})?", fullmatch=True)
WORDS = st.from_regex(r"[a-zà-ỹ][a-zà-ỹ ]{0,8}[a-zà-ỹ]", fullmatch=True)
IS = st.fixed_dictionaries({"field": KEYS, "is": st.lists(WORDS, min_size=1, max_size=3)})
SIMPLE = IS | st.fixed_dictionaries({"field": KEYS, "filled": st.just(True)})
CONDITIONS = SIMPLE | st.fixed_dictionaries({"not": SIMPLE}) | st.fixed_dictionaries({"any": st.lists(SIMPLE)})
SOURCES = (
    st.fixed_dictionaries({"value": WORDS})
    | st.fixed_dictionaries({"from": KEYS})
    | st.fixed_dictionaries({"result": st.from_regex(r"[a-z]{1,6}\.[a-z]{1,6}", fullmatch=True)})
)


@given(st.lists(CONDITIONS, min_size=2, max_size=4))
def test_conditions_are_read_back_as_written(parts: list[Any]) -> None:
    assert lines.read_condition(lines.write_condition({"all": parts})) == {"all": parts}
    assert lines.read_condition(lines.write_condition(parts[0])) == parts[0]


@given(st.dictionaries(KEYS, SOURCES, max_size=5))
def test_mappings_are_read_back_as_written(mapping: dict[str, dict[str, str]]) -> None:
    assert lines.read_mapping(lines.write_mapping(mapping)) == mapping


@given(st.dictionaries(KEYS, st.fixed_dictionaries({"paper": KEYS}) | st.fixed_dictionaries({"result_paper": KEYS})))
def test_slots_are_read_back_as_written(slots: dict[str, dict[str, str]]) -> None:
    assert lines.read_slots(lines.write_slots(slots)) == slots


def test_results_and_choices() -> None:
    results = lines.read_results("personal_id = Số định danh\n\ncertificate: BIRTH_CERTIFICATE")
    assert results[0] == {"key": "personal_id", "kind": "fact", "label": "Số định danh"}
    assert results[1] == {"key": "certificate", "kind": "paper", "paper_type": "BIRTH_CERTIFICATE"}
    assert lines.read_results(lines.write_results(results)) == results
    choices = [{"value": "desk", "label": "Tại quầy"}, {"value": "Nam", "label": "Nam"}]
    assert lines.read_choices("desk: Tại quầy\nNam") == choices
    assert lines.read_choices(lines.write_choices(choices)) == choices


def test_nothing_is_no_condition() -> None:
    assert lines.read_condition(" \n") is None
    assert lines.write_condition(None) == ""


@pytest.mark.parametrize(
    ("read", "text", "at"),
    [
        (lines.read_condition, "a = x\n\nb", "Dòng 3"),
        (lines.read_condition, "{hỏng", "Dòng 1"),
        (lines.read_condition, '{"any": []}\nkhông c', "Dòng 2"),
        (lines.read_mapping, "ho_ten =", "Dòng 1"),
        (lines.read_mapping, "a = b\nma = kết quả civil_status", "Dòng 2"),
        (lines.read_slots, "chung_sinh = birth_notice", "Dòng 1"),
        (lines.read_results, "a\n: LOAI", "Dòng 2"),
        (lines.read_choices, ": Nhãn", "Dòng 1"),
    ],
)
def test_a_bad_line_is_named(read: Any, text: str, at: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read(text)
    assert refused.value.messages[0].startswith(at)


def test_a_target_written_twice_is_refused() -> None:
    with pytest.raises(ValidationError, match="Ghi hai lần: a"):
        lines.read_mapping("a = b\na = c")
