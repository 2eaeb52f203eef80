"""A linked group as frozen values; `parse_template` makes them from the stored JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from interlink.rules.conditions import Condition

FIELD_KINDS = frozenset(
    {"text", "date", "time", "choice", "personal_id", "phone", "email", "place", "number", "flag", "account"}
)
LEG_KINDS = frozenset({"dossier", "exchange"})
RESULT_KINDS = frozenset({"fact", "paper"})
LIMIT_UNITS = frozenset({"same_working_day", "working_days", "working_hours", "hours", "minutes", "calendar_days"})
ON_REFUSAL = frozenset({"stop", "hold", "continue"})
ON_SUPPLEMENT = frozenset({"hold", "continue"})
VERIFIED = "case.verified"
"""A fact of every case beside what was declared: "yes" when the matter has to be verified."""
RESERVED = frozenset({VERIFIED})


class TemplateUnreadable(ValueError):
    """The JSON is no template; the text says where and what, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a leg or group may take. `value` None = the law names none; `if_verified` in working days."""

    value: int | None
    unit: str
    if_verified: int | None = None
    legal_key: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    label: str
    person: bool = False
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One fact, asked once. `required` None = never; a condition says when. `source`: what may fill it in."""

    key: str
    label: str
    kind: str
    section: str
    required: Condition | None = None
    always_required: bool = False
    when: Condition | None = None
    choices: tuple[Choice, ...] = ()
    source: str = ""
    legal_key: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    key: str
    label: str
    paper_type: str = ""
    required: Condition | None = None
    always_required: bool = False
    substitutes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A confirmation that legs need. `person` is the section whose fields name who has to agree."""

    role: str
    label: str
    person: str = ""
    when: Condition | None = None
    needed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a target of a leg's form gets its value: a declared field, a result of a leg before, or a fixed value."""

    field: str = ""
    result: str = ""
    value: str = ""

    @property
    def result_leg(self) -> str:
        return self.result.partition(".")[0]


@dataclass(frozen=True, slots=True)
class PaperSource:
    """A declared paper (`paper`), or the paper that a leg before issued (`result_paper`)."""

    paper: str = ""
    result_paper: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    key: str
    kind: str
    label: str = ""
    paper_type: str = ""


@dataclass(frozen=True, slots=True)
class LegPlan:
    """One leg as published. `after` must have ended well before it starts; `waits_for` are "leg.fact" it needs."""

    key: str
    kind: str
    agency: str
    name: str
    limit: Limit
    procedure_code: str = ""
    after: tuple[str, ...] = ()
    when: Condition | None = None
    waits_for: tuple[str, ...] = ()
    fields: Mapping[str, Source] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    papers: Mapping[str, PaperSource] = field(default_factory=dict)
    results: tuple[Result, ...] = ()
    fee_vnd: int = 0
    on_refusal: str = "continue"
    on_supplement: str = "hold"
    on_return: str = ""


@dataclass(frozen=True, slots=True)
class GroupLimit:
    when: Condition | None
    limit: Limit


@dataclass(frozen=True, slots=True)
class Template:
    sections: tuple[Section, ...]
    fields: tuple[Field, ...]
    papers: tuple[Paper, ...]
    confirmations: tuple[Asked, ...]
    legs: tuple[LegPlan, ...]
    subject: tuple[str, ...]
    requester: str
    subject_else: tuple[str, ...] = ()
    group_limits: tuple[GroupLimit, ...] = ()
    confirmation_wait: Limit | None = None
    ack_within: Limit | None = None
    sync_within: Limit | None = None
    supplement_within: Limit | None = None

    def leg(self, key: str) -> LegPlan:
        return next(leg for leg in self.legs if leg.key == key)

    def declared(self, key: str) -> Field | None:
        return next((one for one in self.fields if one.key == key), None)
