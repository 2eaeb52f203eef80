"""Rule-sets as an administrator reads them: each value with its meaning, source and certainty, and who changed what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dossiers.models import RuleSet
from dossiers.permissions import RULESETS
from dossiers.rules.legal_text import legal_text
from dossiers.rules.ruleset_terms import (
    FORM_FIELDS,
    OTHER_GROUP,
    PRINTS_ID,
    SECTORS,
    UNITS,
    YES_NO,
    choices_of,
    groups,
    read_keys,
    value_text,
    word_text,
)
from dossiers.selectors.ruleset_history import ChangeLine, history_of
from dossiers.selectors.ruleset_words import (
    FIELD_LABELS,
    UNSURE,
    certainty_look,
    field_text,
    form_label,
    meanings_of_values,
)
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound
from haddong_portal.common.web.looks import Look


@dataclass(frozen=True, slots=True)
class ValueLine:
    """One value; `path` is empty where the software does what is written and nothing can be chosen."""

    path: str
    meaning: str
    text: str
    source: str
    certainty: Look


@dataclass(frozen=True, slots=True)
class FormLine:
    """One form of a rule-set; `fields` are (path, label, text). `replaces`: for which common form it stands, with the
    sectors where it does."""

    kind: str
    label: str
    replaces: str
    sectors: str
    prints_id: str
    fields: list[tuple[str, str, str]]
    source: str
    certainty: Look


@dataclass(frozen=True)
class RuleSetCard:
    """A series in the list."""

    series: str
    name: str
    effective_from: date
    effective_to: date | None
    version: int
    applies_from: date | None
    unsure: int


@dataclass(frozen=True)
class RuleSetPage:
    """The newest version of a series with all there is to know about it."""

    card: RuleSetCard
    groups: list[tuple[str, list[ValueLine]]]
    forms: list[FormLine]
    versions: list[RuleSet]
    history: list[ChangeLine]


@dataclass(frozen=True)
class ValueForChange:
    """One value before it is changed: how it is entered, and what it is now."""

    series: str
    version: int
    path: str
    meaning: str
    text: str
    source: str
    kind: str
    current: list[str]
    choices: list[tuple[str, str]]
    unit: str
    units: list[tuple[str, str]]
    certainty: str


def rulesets(actor: Actor) -> list[RuleSetCard]:
    """Every series by its newest version. One statement."""
    actor.require(RULESETS)
    newest: dict[str, RuleSet] = {}
    for row in RuleSet.objects.order_by("effective_from", "version"):
        newest[row.series] = row
    return [_card(row) for row in newest.values()]


def ruleset_page(actor: Actor, series: str) -> RuleSetPage:
    """Two statements; NotFound ruleset.not_found."""
    versions = _versions(actor, series)
    newest = versions[-1]
    return RuleSetPage(
        _card(newest), _groups(newest), [_form(form) for form in newest.forms], versions, history_of(series)
    )


def value_for_change(actor: Actor, series: str, path: str) -> ValueForChange:
    """One value of the newest version; NotFound ruleset.not_found for what cannot be changed."""
    newest = _versions(actor, series)[-1]
    if path.startswith("form:"):
        return _form_for_change(newest, path)
    entry = newest.policy.get(path)
    if path not in read_keys() or not isinstance(entry, dict):
        raise NotFound("Giá trị này không đổi được ở đây.", code="ruleset.not_found")
    unit = str(entry.get("unit") or "")
    return ValueForChange(
        series=series,
        version=newest.version,
        path=path,
        meaning=meanings_of_values().get(path, path),
        text=value_text(entry),
        source=legal_text(str(entry.get("legal_key") or "")),
        kind=_kind(path, entry),
        current=_current(entry.get("value")),
        choices=_choices(path, entry),
        unit=unit,
        units=list(UNITS.items())[:2] if path == "supplement_wait" else [],
        certainty=str(entry.get("certainty") or ""),
    )


def _versions(actor: Actor, series: str) -> list[RuleSet]:
    actor.require(RULESETS)
    rows = list(RuleSet.objects.filter(series=series).order_by("version"))
    if not rows:
        raise NotFound("Không tìm thấy bộ quy tắc này.", code="ruleset.not_found")
    return rows


def _card(row: RuleSet) -> RuleSetCard:
    entries = [*(each for each in row.policy.values() if isinstance(each, dict)), *row.forms]
    unsure = sum(entry.get("certainty") in UNSURE for entry in entries)
    return RuleSetCard(
        row.series, row.name, row.effective_from, row.effective_to, row.version, row.applies_from, unsure
    )


def _groups(row: RuleSet) -> list[tuple[str, list[ValueLine]]]:
    values = {key: entry for key, entry in row.policy.items() if isinstance(entry, dict)}
    told = [
        (name, [_value(key, values[key], text) for key, text in terms.items() if key in values])
        for name, terms in groups()
    ]
    rest = [_value(key, entry, key) for key, entry in values.items() if key not in meanings_of_values()]
    return [(name, lines) for name, lines in (*told, (OTHER_GROUP, rest)) if lines]


def _value(key: str, entry: Mapping[str, Any], meaning: str) -> ValueLine:
    return ValueLine(
        path=key if key in read_keys() else "",
        meaning=meaning,
        text=value_text(entry),
        source=legal_text(str(entry.get("legal_key") or "")),
        certainty=certainty_look(entry),
    )


def _form(form: Mapping[str, Any]) -> FormLine:
    kind = str(form.get("form_kind"))
    return FormLine(
        kind=kind,
        label=form_label(kind),
        replaces=form_label(str(form["replaces"])) if form.get("replaces") else "",
        sectors=field_text(form, SECTORS),
        prints_id=field_text(form, PRINTS_ID) if PRINTS_ID in form else "",
        fields=[(f"form:{kind}:{field}", label, field_text(form, field)) for field, label in FORM_FIELDS.items()],
        source=legal_text(str(form.get("legal_key") or "")),
        certainty=certainty_look(form),
    )


def _fields_of(form: Mapping[str, Any]) -> set[str]:
    """What of a form may be changed."""
    more = {SECTORS} if form.get("replaces") else set()
    return {*FORM_FIELDS, *more, *({PRINTS_ID} & set(form))}


def _kind(path: str, entry: Mapping[str, Any]) -> str:
    """How it is entered: words, word, time or number."""
    if isinstance(entry.get("value"), list):
        return "words"
    if choices_of(path) or isinstance(entry.get("value"), bool):
        return "word"
    return "time" if entry.get("unit") == "local_time" else "number"


def _choices(path: str, entry: Mapping[str, Any]) -> list[tuple[str, str]]:
    if isinstance(entry.get("value"), bool):
        return list(YES_NO.items())
    return [(word, word_text(word)) for word in choices_of(path)]


def _current(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(word) for word in value]
    if isinstance(value, bool):
        return ["co" if value else "khong"]
    return ["" if value is None else str(value)]


def _form_for_change(row: RuleSet, path: str) -> ValueForChange:
    _, kind, field = (*path.split(":"), "", "")[:3]
    form = next((each for each in row.forms if each.get("form_kind") == kind), None)
    if form is None or field not in _fields_of(form):
        raise NotFound("Bộ quy tắc không có giấy này.", code="ruleset.not_found")
    text = field_text(form, field)
    current = "" if text == "—" else text
    return ValueForChange(
        series=row.series,
        version=row.version,
        path=path,
        meaning=f"{form_label(kind)}: {FIELD_LABELS[field].lower()}",
        text=text,
        source=legal_text(str(form.get("legal_key") or "")),
        kind="word" if field == PRINTS_ID else "text",
        current=["co" if form[PRINTS_ID] else "khong"] if field == PRINTS_ID else [current],
        choices=list(YES_NO.items()) if field == PRINTS_ID else [],
        unit="",
        units=[],
        certainty=str(form.get("certainty") or ""),
    )
