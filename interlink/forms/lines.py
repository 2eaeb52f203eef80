"""Small notations for people who set up a group: one thing a line, errors by line number.

Conditions: `allowance = merit | none`, `relative.full_name đã khai`, every line must hold, `không` before a line turns
it round; what lines cannot say stands as JSON. Mappings: `target = child.full_name`,
`target = kết quả civil_status.personal_id`, `target = "Nam"`. Paper slots: `slot = giấy birth_notice`,
`slot = kết quả civil_status`. Results:
`personal_id = Số định danh` for a fact, `certificate: BIRTH_CERTIFICATE = Giấy khai sinh` for a paper.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django import forms

Read = TypeVar("Read")
NOT_MARK, RESULT_MARK, PAPER_MARK, FILLED_MARK = "không ", "kết quả ", "giấy ", " đã khai"


def read_lines(text: str, read: Callable[[str], Read]) -> list[Read]:
    """Each line that is not empty through `read`; ValidationError lists every bad line with its number."""
    found: list[Read] = []
    wrong: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found.append(read(line.strip()))
        except ValueError as error:
            wrong.append(f"Dòng {number}: {error}")
    if wrong:
        raise forms.ValidationError([forms.ValidationError(each, code="template.bad_line") for each in wrong])
    return found


def read_condition(text: str) -> dict[str, Any] | None:
    """The condition of the lines; None for no line."""
    parts = read_lines(text, _condition_line)
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else {"all": parts}


def _condition_line(line: str) -> dict[str, Any]:
    if line.startswith("{"):
        return _json(line)
    if line.startswith(NOT_MARK):
        return {"not": _condition_line(line.removeprefix(NOT_MARK).strip())}
    if line.endswith(FILLED_MARK):
        return {"field": line.removesuffix(FILLED_MARK).strip(), "filled": True}
    key, values = _two(line)
    return {"field": key, "is": [each.strip() for each in values.split("|")]}


def _json(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"không phải JSON đúng (ký tự {error.colno})") from None
    if not isinstance(found, dict):
        raise ValueError("phải là một điều kiện")
    return found


def write_condition(condition: Mapping[str, Any] | None) -> str:
    """The lines of a condition; JSON for a part that lines cannot say."""
    if not condition:
        return ""
    parts = condition["all"] if set(condition) == {"all"} else [condition]
    return "\n".join(_line_of(each) for each in parts)


def _line_of(condition: Mapping[str, Any]) -> str:
    if "not" in condition and "field" in condition["not"]:
        return NOT_MARK + _line_of(condition["not"])
    if condition.get("filled") is True:
        return f"{condition['field']}{FILLED_MARK}"
    if "is" in condition:
        return f"{condition['field']} = {' | '.join(condition['is'])}"
    return json.dumps(condition, ensure_ascii=False)


def read_mapping(text: str) -> dict[str, dict[str, str]]:
    """Target → where its value comes from."""
    return _unique(read_lines(text, _mapping_line))


def _mapping_line(line: str) -> tuple[str, dict[str, str]]:
    target, source = _two(line)
    if source.startswith('"') and source.endswith('"') and len(source) > 1:
        return target, {"value": source[1:-1]}
    if source.startswith(RESULT_MARK):
        return target, {"result": _dotted(source.removeprefix(RESULT_MARK).strip())}
    return target, {"from": source}


def _dotted(text: str) -> str:
    if "." not in text:
        raise ValueError("kết quả phải ghi dạng chặng.mục, ví dụ civil_status.personal_id")
    return text


def write_mapping(mapping: Mapping[str, Mapping[str, str]]) -> str:
    """The lines of a mapping."""
    return "\n".join(f"{target} = {_source(source)}" for target, source in mapping.items())


def _source(source: Mapping[str, str]) -> str:
    if "value" in source:
        return f'"{source["value"]}"'
    return RESULT_MARK + source["result"] if "result" in source else source["from"]


def read_slots(text: str) -> dict[str, dict[str, str]]:
    """Paper slot of the leg → the declaration's paper, or the paper another leg issued."""
    return _unique(read_lines(text, _slot_line))


def _slot_line(line: str) -> tuple[str, dict[str, str]]:
    slot, source = _two(line)
    if source.startswith(RESULT_MARK):
        return slot, {"result_paper": source.removeprefix(RESULT_MARK).strip()}
    if source.startswith(PAPER_MARK):
        return slot, {"paper": source.removeprefix(PAPER_MARK).strip()}
    raise ValueError("nguồn phải bắt đầu bằng “giấy” hoặc “kết quả”")


def write_slots(slots: Mapping[str, Mapping[str, str]]) -> str:
    """The lines of the paper slots."""
    words = {"paper": PAPER_MARK, "result_paper": RESULT_MARK}
    return "\n".join(f"{slot} = {words[kind]}{key}" for slot, source in slots.items() for kind, key in source.items())


def read_results(text: str) -> list[dict[str, str]]:
    """What comes back of the leg: facts, and papers with their type."""
    return read_lines(text, _result_line)


def _result_line(line: str) -> dict[str, str]:
    head, _, label = (part.strip() for part in line.partition("="))
    key, mark, kind = (part.strip() for part in head.partition(":"))
    if not key or (mark and not kind):
        raise ValueError("ghi “mục = nhãn” cho dữ liệu, “mục: MÃ_LOẠI_GIẤY = nhãn” cho giấy tờ")
    found = {"key": key, "kind": "paper", "paper_type": kind} if mark else {"key": key, "kind": "fact"}
    return found | ({"label": label} if label else {})


def write_results(results: Iterable[Mapping[str, str]]) -> str:
    """The lines of the results."""
    return "\n".join(_result_text(one) for one in results)


def _result_text(one: Mapping[str, str]) -> str:
    head = f"{one['key']}: {one.get('paper_type', '')}" if one["kind"] == "paper" else one["key"]
    return f"{head} = {one['label']}" if one.get("label") else head


def read_choices(text: str) -> list[dict[str, str]]:
    """`value: label` a line, or a word that is both."""
    return read_lines(text, _choice_line)


def _choice_line(line: str) -> dict[str, str]:
    value, _, label = (part.strip() for part in line.partition(":"))
    if not value:
        raise ValueError("thiếu giá trị trước dấu hai chấm")
    return {"value": value, "label": label or value}


def write_choices(choices: Iterable[Mapping[str, str]]) -> str:
    """The lines of the choices."""
    return "\n".join(f"{one['value']}: {one['label']}" for one in choices)


def _two(line: str) -> tuple[str, str]:
    left, mark, right = (part.strip() for part in line.partition("="))
    if not (left and mark and right):
        raise ValueError("phải có dạng “tên = nguồn”")
    return left, right


def _unique(pairs: list[tuple[str, dict[str, str]]]) -> dict[str, dict[str, str]]:
    twice = sorted({name for name, _ in pairs if [each for each, _ in pairs].count(name) > 1})
    if twice:
        raise forms.ValidationError(f"Ghi hai lần: {', '.join(twice)}.", code="template.twice")
    return dict(pairs)
