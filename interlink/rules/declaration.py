"""What a declaration must say: each field by its kind, what is required by its condition, every fault at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from haddong_portal.common.errors import DomainError
from haddong_portal.common.identifiers.personal_id import check_personal_id
from haddong_portal.common.identifiers.phones import normalise_phone
from haddong_portal.common.text import clean_text
from interlink.rules.conditions import holds
from interlink.rules.template import Field, Paper, Template

TEXT_MAX = 500
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
YES = frozenset({"", "yes"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault; `field` is the template's key of the field or paper."""

    code: str
    message: str
    field: str


def cleaned(template: Template, given: Mapping[str, str]) -> dict[str, str]:
    """The declared facts that the template asks for, tidied; what does not apply is left out."""
    facts = {field.key: clean_text(str(given.get(field.key, ""))) for field in template.fields}
    kept = {field.key: facts[field.key] for field in template.fields if applies(template, field, facts)}
    return {key: _tidied(template, key, value) for key, value in kept.items() if value}


def applies(template: Template, field: Field, facts: Mapping[str, str]) -> bool:
    """Whether a field is asked: its own condition and its section's."""
    section = next((one for one in template.sections if one.key == field.section), None)
    return holds(field.when, facts) and (section is None or holds(section.when, facts))


def is_required(field: Field | Paper, facts: Mapping[str, str]) -> bool:
    return field.always_required or (field.required is not None and field.required.holds(facts))


def faults_of(
    template: Template, facts: Mapping[str, str], papers: Mapping[str, Mapping[str, str]]
) -> tuple[Fault, ...]:
    """Every fault of cleaned facts and papers, in the template's order."""
    return (*_field_faults(template, facts), *_paper_faults(template, facts, papers))


def subject_of(template: Template, facts: Mapping[str, str]) -> str:
    """What one event is known by (birth notice, personal ID of the deceased); "" when nothing of it was declared."""
    for keys in (template.subject, template.subject_else):
        values = [facts.get(key, "") for key in keys]
        if values and all(values):
            return " ".join(values)
    return ""


def _field_faults(template: Template, facts: Mapping[str, str]) -> Iterator[Fault]:
    for field in template.fields:
        if not applies(template, field, facts):
            continue
        value = facts.get(field.key, "")
        if value:
            yield from _fault_of(field, value)
        elif is_required(field, facts):
            yield Fault("declaration.missing", f"Chưa khai: {field.label}.", field.key)


def _paper_faults(
    template: Template, facts: Mapping[str, str], papers: Mapping[str, Mapping[str, str]]
) -> Iterator[Fault]:
    known = {paper.key for paper in template.papers}
    for key in papers.keys() - known:
        yield Fault("declaration.unknown_paper", "Hồ sơ này không cần giấy tờ đó.", key)
    for paper in template.papers:
        given = papers.get(paper.key)
        if (not given or given.get("state") == "missing") and is_required(paper, facts):
            yield Fault("declaration.paper_missing", f"Còn thiếu: {paper.label}.", paper.key)


def _fault_of(field: Field, value: str) -> Iterator[Fault]:
    if len(value) > TEXT_MAX:
        yield Fault("declaration.too_long", f"“{field.label}” dài nhất {TEXT_MAX} ký tự.", field.key)
        return
    try:
        sentence = _wrong(field, value)
    except DomainError as error:
        sentence = error.message
    if sentence:
        yield Fault(f"declaration.{field.kind}", f"{field.label}: {sentence}", field.key)


def _wrong(field: Field, value: str) -> str:
    """What is wrong with a value of this kind, "" when nothing is."""
    if field.kind == "personal_id":
        check_personal_id(value)
    elif field.kind == "phone":
        normalise_phone(value)
    elif field.kind == "date":
        return "" if _is_date(value) else "ngày không đúng."
    return _wrong_word(field, value)


def _wrong_word(field: Field, value: str) -> str:
    allowed = {choice.value for choice in field.choices}
    tests = {
        "choice": (value in allowed, "không có lựa chọn này."),
        "flag": (value in YES, "chỉ có hoặc không."),
        "time": (bool(_TIME.fullmatch(value)), "giờ ghi dạng 08:30."),
        "number": (bool(_NUMBER.fullmatch(value)), "phải là số."),
        "email": ("@" in value and "." in value, "thư điện tử không đúng."),
    }
    right, sentence = tests.get(field.kind, (True, ""))
    return "" if right else sentence


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _tidied(template: Template, key: str, value: str) -> str:
    field = template.declared(key)
    if field is None or field.kind not in ("phone", "personal_id"):
        return value
    try:
        return normalise_phone(value) if field.kind == "phone" else check_personal_id(value).number
    except DomainError:
        return value  # `faults_of` says what is wrong
