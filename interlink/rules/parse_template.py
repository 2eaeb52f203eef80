"""A linked group read once from its stored JSON. Unknown keys are refused, so a typo never goes unnoticed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from interlink.rules.conditions import Condition, ConditionUnreadable, parse_condition
from interlink.rules.template import (
    FIELD_KINDS,
    LEG_KINDS,
    LIMIT_UNITS,
    ON_REFUSAL,
    ON_SUPPLEMENT,
    RESULT_KINDS,
    Asked,
    Choice,
    Field,
    GroupLimit,
    LegPlan,
    Limit,
    Paper,
    PaperSource,
    Result,
    Section,
    Source,
    Template,
    TemplateUnreadable,
)

T = TypeVar("T")


def parse_template(raw: Any) -> Template:
    """The template of a stored definition. Raises TemplateUnreadable naming the place."""
    top = _Reader(raw, "nhóm")
    template = Template(
        sections=top.many("sections", _section),
        fields=top.many("fields", _field),
        papers=top.many("papers", _paper),
        confirmations=top.many("confirmations", _asked),
        legs=top.many("legs", _leg),
        subject=top.texts("subject"),
        requester=top.text("requester", "requester"),
        subject_else=top.texts("subject_else"),
        group_limits=top.many("group_limits", _group_limit),
        confirmation_wait=top.part("confirmation_wait", _limit),
        ack_within=top.part("ack_within", _limit),
        sync_within=top.part("sync_within", _limit),
        supplement_within=top.part("supplement_within", _limit),
    )
    top.finish()
    return template


class _Reader:
    """Takes keys off one JSON object; what is left at the end was not understood."""

    def __init__(self, raw: Any, place: str) -> None:
        if not isinstance(raw, Mapping):
            raise TemplateUnreadable(f"{place}: phải là một đối tượng JSON.")
        self.left, self.place = dict(raw), place
        name = raw.get("key") or raw.get("role")
        if name:
            self.place = f"{place} “{name}”"

    def need(self, key: str) -> str:
        value = self.text(key)
        if not value:
            raise TemplateUnreadable(f"{self.place}: thiếu “{key}”.")
        return value

    def text(self, key: str, default: str = "") -> str:
        value = self.left.pop(key, default)
        if value is None:
            return default
        if not isinstance(value, str):
            raise TemplateUnreadable(f"{self.place}: “{key}” phải là chữ.")
        return value

    def number(self, key: str) -> int | None:
        value = self.left.pop(key, None)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
            raise TemplateUnreadable(f"{self.place}: “{key}” phải là số nguyên không âm.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.left.pop(key, None)
        value = [] if value is None else value
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise TemplateUnreadable(f"{self.place}: “{key}” phải là danh sách chữ.")
        return tuple(value)

    def flag(self, key: str) -> bool:
        return self.left.pop(key, False) is True

    def condition(self, key: str) -> Condition | None:
        try:
            return parse_condition(self.left.pop(key, None))
        except ConditionUnreadable as error:
            raise TemplateUnreadable(f"{self.place}: “{key}”: {error}.") from error

    def required(self) -> tuple[Condition | None, bool]:
        """(when it is required, whether always)."""
        value = self.left.get("required", False)
        if value in (True, False, None):
            self.left.pop("required", None)
            return None, value is True
        return self.condition("required"), False

    def many(self, key: str, read: Callable[[Any], T]) -> tuple[T, ...]:
        value = self.left.pop(key, None)
        value = [] if value is None else value
        if not isinstance(value, list):
            raise TemplateUnreadable(f"{self.place}: “{key}” phải là danh sách.")
        return tuple(read(one) for one in value)

    def part(self, key: str, read: Callable[[Any], T]) -> T | None:
        value = self.left.pop(key, None)
        return None if value is None else read(value)

    def named(self, key: str, read: Callable[[Any], T]) -> dict[str, T]:
        value = self.left.pop(key, None)
        value = {} if value is None else value
        if not isinstance(value, Mapping):
            raise TemplateUnreadable(f"{self.place}: “{key}” phải là một đối tượng JSON.")
        return {str(name): read(one) for name, one in value.items()}

    def one_of(self, key: str, allowed: frozenset[str], default: str = "") -> str:
        value = self.text(key, default)
        if value not in allowed:
            raise TemplateUnreadable(
                f"{self.place}: “{key}” là “{value}”, phải là một trong {', '.join(sorted(allowed))}."
            )
        return value

    def finish(self) -> None:
        if self.left:
            raise TemplateUnreadable(f"{self.place}: không hiểu khóa {', '.join(sorted(map(str, self.left)))}.")


def _section(raw: Any) -> Section:
    reader = _Reader(raw, "phần")
    section = Section(reader.need("key"), reader.need("label"), reader.flag("person"), reader.condition("when"))
    reader.finish()
    return section


def _choice(raw: Any) -> Choice:
    reader = _Reader(raw, "lựa chọn")
    choice = Choice(reader.need("value"), reader.need("label"))
    reader.finish()
    return choice


def _field(raw: Any) -> Field:
    reader = _Reader(raw, "trường")
    required, always = reader.required()
    found = Field(
        key=reader.need("key"),
        label=reader.need("label"),
        kind=reader.one_of("kind", FIELD_KINDS),
        section=reader.need("section"),
        required=required,
        always_required=always,
        when=reader.condition("when"),
        choices=reader.many("choices", _choice),
        source=reader.text("from"),
        legal_key=reader.text("legal_key"),
        help=reader.text("help"),
    )
    reader.finish()
    return found


def _paper(raw: Any) -> Paper:
    reader = _Reader(raw, "giấy tờ")
    required, always = reader.required()
    paper = Paper(
        key=reader.need("key"),
        label=reader.need("label"),
        paper_type=reader.text("paper_type"),
        required=required,
        always_required=always,
        substitutes=reader.texts("substitutes"),
    )
    reader.finish()
    return paper


def _asked(raw: Any) -> Asked:
    reader = _Reader(raw, "xác nhận")
    asked = Asked(
        role=reader.need("role"),
        label=reader.need("label"),
        person=reader.text("person"),
        when=reader.condition("when"),
        needed_by=reader.texts("needed_by"),
    )
    reader.finish()
    return asked


def _source(raw: Any) -> Source:
    reader = _Reader(raw, "nguồn")
    source = Source(reader.text("from"), reader.text("result"), reader.text("value"))
    reader.finish()
    if sum(bool(part) for part in (source.field, source.result, source.value)) != 1:
        raise TemplateUnreadable("nguồn: phải có đúng một trong from, result, value.")
    return source


def _paper_source(raw: Any) -> PaperSource:
    reader = _Reader(raw, "nguồn giấy tờ")
    source = PaperSource(reader.text("paper"), reader.text("result_paper"))
    reader.finish()
    if bool(source.paper) == bool(source.result_paper):
        raise TemplateUnreadable("nguồn giấy tờ: phải có đúng một trong paper, result_paper.")
    return source


def _result(raw: Any) -> Result:
    reader = _Reader(raw, "kết quả")
    result = Result(
        reader.need("key"), reader.one_of("kind", RESULT_KINDS), reader.text("label"), reader.text("paper_type")
    )
    reader.finish()
    return result


def _limit(raw: Any) -> Limit:
    reader = _Reader(raw, "thời hạn")
    limit = Limit(
        reader.number("value"),
        reader.one_of("unit", LIMIT_UNITS),
        reader.number("if_verified"),
        reader.text("legal_key"),
    )
    reader.finish()
    return limit


def _group_limit(raw: Any) -> GroupLimit:
    reader = _Reader(raw, "thời hạn của nhóm")
    limit = reader.part("limit", _limit)
    if limit is None:
        raise TemplateUnreadable("thời hạn của nhóm: thiếu “limit”.")
    found = GroupLimit(reader.condition("when"), limit)
    reader.finish()
    return found


def _leg(raw: Any) -> LegPlan:
    reader = _Reader(raw, "bước")
    leg = LegPlan(
        key=reader.need("key"),
        kind=reader.one_of("kind", LEG_KINDS),
        agency=reader.need("agency"),
        name=reader.need("name"),
        limit=reader.part("limit", _limit) or Limit(None, "working_days"),
        procedure_code=reader.text("procedure_code"),
        after=reader.texts("after"),
        when=reader.condition("when"),
        waits_for=reader.texts("waits_for"),
        fields=reader.named("fields", _source),
        required=reader.texts("required"),
        papers=reader.named("papers", _paper_source),
        results=reader.many("results", _result),
        fee_vnd=reader.number("fee_vnd") or 0,
        on_refusal=reader.one_of("on_refusal", ON_REFUSAL, "continue"),
        on_supplement=reader.one_of("on_supplement", ON_SUPPLEMENT, "hold"),
        on_return=reader.text("on_return"),
    )
    reader.finish()
    return leg
