"""What keeps a template from being published: every reason at once, each with a code and a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from interlink.rules.conditions import Condition
from interlink.rules.template import RESERVED, LegPlan, Template


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason; `place` is the key of what is wrong."""

    code: str
    message: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What exists outside the template."""

    agencies: frozenset[str]
    procedures: frozenset[str]
    paper_types: frozenset[str] | None = None


def check_template(template: Template, known: Known) -> tuple[Problem, ...]:
    """Every reason not to publish, in the order a reader meets them; empty = may be published."""
    found: list[Problem] = []
    for check in _CHECKS:
        found.extend(check(template, known))
    return tuple(found)


def _twice(template: Template, known: Known) -> Iterator[Problem]:
    """A field is asked once; a person's fact has one field."""
    for key in _repeated(field.key for field in template.fields):
        yield Problem("template.field_twice", f"Trường “{key}” được hỏi hai lần.", key)
    labels = Counter((field.section, field.label.casefold()) for field in template.fields)
    for (section, label), count in labels.items():
        if count > 1:
            yield Problem("template.label_twice", f"Phần “{section}” hỏi “{label}” hai lần.", section)
    for key in _repeated(leg.key for leg in template.legs):
        yield Problem("template.leg_twice", f"Bước “{key}” có hai lần.", key)
    for key in _repeated(paper.key for paper in template.papers):
        yield Problem("template.paper_twice", f"Giấy tờ “{key}” có hai lần.", key)


def _form(template: Template, known: Known) -> Iterator[Problem]:
    if not template.legs:
        yield Problem("template.no_legs", "Nhóm chưa có bước nào.")
    sections = {section.key for section in template.sections}
    if template.requester not in sections:
        yield Problem("template.no_requester", f"Không có phần của người yêu cầu: {template.requester}.")
    for field in template.fields:
        if field.section not in sections:
            yield Problem(
                "template.unknown_section", f"Trường “{field.key}” thuộc phần không có: {field.section}.", field.key
            )
        if (field.kind == "choice") != bool(field.choices):
            yield Problem("template.choices", f"Trường “{field.key}”: lựa chọn và kiểu không khớp.", field.key)


def _subject(template: Template, known: Known) -> Iterator[Problem]:
    fields = {field.key for field in template.fields}
    if not template.subject:
        yield Problem("template.no_subject", "Chưa nêu trường nhận ra cùng một sự kiện (chống khai trùng).")
    for key in (*template.subject, *template.subject_else):
        if key not in fields:
            yield Problem("template.unknown_field", f"Trường nhận ra sự kiện không có: {key}.", key)


def _conditions(template: Template, known: Known) -> Iterator[Problem]:
    fields = {field.key: field for field in template.fields}
    for place, condition in _all_conditions(template):
        for key in condition.fields() if condition else ():
            if key not in fields and key not in RESERVED:
                yield Problem("template.condition_field", f"Điều kiện của “{place}” hỏi trường không có: {key}.", place)
        for node in _nodes(condition):
            field = fields.get(node.field)
            if node.operator == "is" and field is not None and field.choices:
                wrong = node.values - {choice.value for choice in field.choices}
                for value in sorted(wrong):
                    yield Problem(
                        "template.condition_value",
                        f"“{place}”: trường {node.field} không có lựa chọn “{value}”.",
                        place,
                    )


def _outside(template: Template, known: Known) -> Iterator[Problem]:
    for leg in template.legs:
        if leg.agency not in known.agencies:
            yield Problem("template.unknown_agency", f"Bước “{leg.name}”: không có cơ quan {leg.agency}.", leg.key)
        if leg.kind == "dossier" and leg.procedure_code not in known.procedures:
            yield Problem(
                "template.unknown_procedure",
                f"Bước “{leg.name}”: không có thủ tục {leg.procedure_code or '(chưa ghi)'} trong danh mục.",
                leg.key,
            )
    if known.paper_types is not None:
        for key, code in _paper_types(template):
            if code not in known.paper_types:
                yield Problem("template.unknown_paper_type", f"“{key}”: không có loại giấy tờ {code}.", key)


def _graph(template: Template, known: Known) -> Iterator[Problem]:
    keys = {leg.key for leg in template.legs}
    for leg in template.legs:
        for key in (*leg.after, *((leg.on_return,) if leg.on_return else ())):
            if key not in keys:
                yield Problem("template.unknown_leg", f"Bước “{leg.name}” nhắc đến bước không có: {key}.", leg.key)
        if leg.on_return and leg.on_return not in ancestors(template, leg.key):
            yield Problem("template.return_not_before", f"Bước “{leg.name}” trả lại bước không đứng trước nó.", leg.key)
    for key in sorted(_on_cycle(template)):
        yield Problem("template.cycle", f"Bước “{key}” chờ chính nó (vòng lặp).", key)
    reached = _reached(template)
    for leg in template.legs:
        if leg.key not in reached:
            yield Problem("template.unreachable", f"Không cách nào đến được bước “{leg.name}”.", leg.key)


def _mapping(template: Template, known: Known) -> Iterator[Problem]:
    fields, papers = {field.key for field in template.fields}, {paper.key for paper in template.papers}
    for leg in template.legs:
        before = ancestors(template, leg.key)
        for target in leg.required:
            if target not in leg.fields:
                yield Problem(
                    "template.unmapped",
                    f"Bước “{leg.name}”: mục bắt buộc “{target}” chưa có nguồn.",
                    f"{leg.key}.{target}",
                )
        for target, source in leg.fields.items():
            place = f"{leg.key}.{target}"
            if source.field and source.field not in fields:
                yield Problem("template.unknown_field", f"“{place}” lấy từ trường không có: {source.field}.", place)
            if source.result:
                yield from _result_read(template, leg, source.result, before, place)
        for slot, paper in leg.papers.items():
            yield from _paper_read(template, leg, slot, paper.paper, paper.result_paper, before, papers)


def _waiting(template: Template, known: Known) -> Iterator[Problem]:
    """Facts that are waited for must come from somewhere."""
    for leg in template.legs:
        for fact in leg.waits_for:
            if not _gives(template, fact, "fact"):
                yield Problem(
                    "template.dead_end", f"Bước “{leg.name}” chờ thông tin không bước nào đưa ra: {fact}.", leg.key
                )


def _confirming(template: Template, known: Known) -> Iterator[Problem]:
    """Confirmations are asked for legs that exist, and not for ever."""
    keys = {leg.key for leg in template.legs}
    for asked in template.confirmations:
        for key in set(asked.needed_by) - keys:
            yield Problem("template.unknown_leg", f"Xác nhận “{asked.label}” cần cho bước không có: {key}.", asked.role)
        if not asked.needed_by:
            yield Problem("template.idle_confirmation", f"Xác nhận “{asked.label}” không bước nào cần.", asked.role)
    if template.confirmations and template.confirmation_wait is None:
        yield Problem("template.dead_end", "Có xác nhận phải chờ nhưng chưa nêu chờ bao lâu.")


def _limits(template: Template, known: Known) -> Iterator[Problem]:
    open_ended = [leg for leg in template.legs if leg.limit.value is None]
    if open_ended and not any(one.limit.value for one in template.group_limits):
        for leg in open_ended:
            yield Problem("template.no_limit", f"Bước “{leg.name}” không có thời hạn, nhóm cũng không.", leg.key)


_CHECKS: tuple[Callable[[Template, Known], Iterable[Problem]], ...] = (
    _twice,
    _form,
    _subject,
    _conditions,
    _outside,
    _graph,
    _mapping,
    _waiting,
    _confirming,
    _limits,
)


def ancestors(template: Template, key: str) -> frozenset[str]:
    """Every leg that ends before `key` starts: by order, or because a fact of it is waited for."""
    legs = {leg.key: leg for leg in template.legs}
    found: set[str] = set()
    left = [key]
    while left:
        leg = legs.get(left.pop())
        for before in _before(leg) if leg else ():
            if before not in found:
                found.add(before)
                left.append(before)
    return frozenset(found)


def _before(leg: LegPlan) -> tuple[str, ...]:
    return (*leg.after, *(fact.partition(".")[0] for fact in leg.waits_for))


def _on_cycle(template: Template) -> set[str]:
    return {leg.key for leg in template.legs if leg.key in ancestors(template, leg.key)}


def _reached(template: Template) -> set[str]:
    reached: set[str] = set()
    while True:
        more = {leg.key for leg in template.legs if leg.key not in reached and set(_before(leg)) <= reached}
        if not more:
            return reached
        reached |= more


def _result_read(
    template: Template, leg: LegPlan, result: str, before: frozenset[str], place: str
) -> Iterator[Problem]:
    if not _gives(template, result, "fact"):
        yield Problem("template.unknown_result", f"“{place}” lấy kết quả không bước nào đưa ra: {result}.", place)
    elif result.partition(".")[0] not in before:
        yield Problem(
            "template.result_not_before", f"“{place}” lấy kết quả của bước không xong trước nó: {result}.", place
        )


def _paper_read(
    template: Template, leg: LegPlan, slot: str, paper: str, result_paper: str, before: frozenset[str], papers: set[str]
) -> Iterator[Problem]:
    place = f"{leg.key}.{slot}"
    if paper and paper not in papers:
        yield Problem("template.unknown_paper", f"“{place}” lấy giấy tờ không có: {paper}.", place)
    if result_paper:
        gives = any(leg.key == result_paper and _papers_of(leg) for leg in template.legs)
        if not gives:
            yield Problem("template.unknown_result", f"“{place}”: bước {result_paper} không cấp giấy tờ nào.", place)
        elif result_paper not in before:
            yield Problem("template.result_not_before", f"“{place}” dùng giấy tờ của bước không xong trước nó.", place)


def _papers_of(leg: LegPlan) -> list[str]:
    return [result.key for result in leg.results if result.kind == "paper"]


def _gives(template: Template, result: str, kind: str) -> bool:
    key, _, name = result.partition(".")
    return any(
        leg.key == key and any(one.key == name and one.kind == kind for one in leg.results) for leg in template.legs
    )


def _all_conditions(template: Template) -> Iterator[tuple[str, Condition | None]]:
    for section in template.sections:
        yield section.key, section.when
    for field in template.fields:
        yield field.key, field.required
        yield field.key, field.when
    for paper in template.papers:
        yield paper.key, paper.required
    for asked in template.confirmations:
        yield asked.role, asked.when
    for leg in template.legs:
        yield leg.key, leg.when
    for limit in template.group_limits:
        yield "thời hạn của nhóm", limit.when


def _nodes(condition: Condition | None) -> Iterator[Condition]:
    if condition is not None:
        yield condition
        for part in condition.parts:
            yield from _nodes(part)


def _paper_types(template: Template) -> Iterator[tuple[str, str]]:
    for paper in template.papers:
        for code in (paper.paper_type, *paper.substitutes):
            if code:
                yield paper.key, code
    for leg in template.legs:
        for result in leg.results:
            if result.paper_type:
                yield f"{leg.key}.{result.key}", result.paper_type


def _repeated(keys: Iterable[str]) -> list[str]:
    return [key for key, count in Counter(keys).items() if count > 1]
