"""What has to happen next in a linked case: pure, so that it can be tried in every order. Services carry it out.

Nothing here remembers: the moves follow from the template, what was declared and where each leg stands, so a process
that dies between two moves loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from interlink.rules.check_template import ancestors
from interlink.rules.conditions import holds
from interlink.rules.template import LegPlan, Template

ENDED = frozenset({"done", "refused", "skipped", "cancelled"})
AT_WORK = frozenset({"ready", "sent", "acknowledged", "working", "supplement", "returned"})
NOT_STARTED = frozenset({"waiting", "held"})


class MoveKind(StrEnum):
    START = "start"
    SKIP = "skip"
    HOLD = "hold"
    WAIT = "wait"
    CANCEL = "cancel"
    RESTART = "restart"
    END = "end"


class HoldCode(StrEnum):
    """Why a leg that could start does not. `resume_leg` may go on without those of RESUMABLE."""

    CONFIRMATION = "confirmation"
    DECLINED = "declined"
    FACT = "fact"
    UPSTREAM = "upstream"
    UNMAPPED = "unmapped"
    PAPER = "paper"


RESUMABLE = frozenset({HoldCode.DECLINED, HoldCode.UPSTREAM, HoldCode.FACT, HoldCode.UNMAPPED, HoldCode.PAPER})


@dataclass(frozen=True, slots=True)
class LegView:
    """Where a leg stands. `facts` are the results it gave; `released` the holds somebody decided to go on without."""

    key: str
    state: str
    facts: Mapping[str, str] = field(default_factory=dict)
    hold_code: str = ""
    released: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AskedView:
    """Where a confirmation stands: asked, given, declined, lapsed."""

    role: str
    label: str
    state: str
    needed_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Move:
    kind: MoveKind
    leg: str = ""
    code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CaseView:
    template: Template
    facts: Mapping[str, str]
    legs: Sequence[LegView]
    confirmations: Sequence[AskedView] = ()

    def leg(self, key: str) -> LegView:
        return next(leg for leg in self.legs if leg.key == key)


def next_moves(case: CaseView) -> tuple[Move, ...]:
    """The moves that are due now, in the template's order; none when nothing can move without somebody else."""
    moves = [move for plan in case.template.legs if (move := _move(case, plan)) is not None]
    if not moves and case.legs and all(leg.state in ENDED for leg in case.legs):
        return (Move(MoveKind.END),)
    return tuple(moves)


def _move(case: CaseView, plan: LegPlan) -> Move | None:
    leg = case.leg(plan.key)
    if leg.state == "returned":
        return _after_return(case, plan)
    if leg.state not in NOT_STARTED:
        return None
    wanted = _wanted(case, plan, leg)
    if wanted.kind == MoveKind.HOLD and leg.state == "held" and leg.hold_code == wanted.code:
        return None
    if wanted.kind == MoveKind.WAIT and leg.state == "waiting":
        return None
    return wanted


def _wanted(case: CaseView, plan: LegPlan, leg: LegView) -> Move:
    """Where a leg that has not started should stand."""
    if not holds(plan.when, case.facts):
        return Move(MoveKind.SKIP, plan.key, reason="Không thuộc trường hợp đã khai.")
    stopped = _stopped_by(case, plan)
    if stopped is not None:
        return Move(MoveKind.CANCEL, plan.key, reason=f"Bước “{stopped.name}” không được giải quyết.")
    if _waits_upstream(case, plan):
        return Move(MoveKind.WAIT, plan.key)
    return _held(case, plan, leg) or Move(MoveKind.START, plan.key)


def _stopped_by(case: CaseView, plan: LegPlan) -> LegPlan | None:
    """The leg before it whose end makes this one pointless."""
    for key in plan.after:
        before, state = case.template.leg(key), case.leg(key).state
        if state == "cancelled" or (state == "refused" and before.on_refusal == "stop"):
            return before
    for fact in plan.waits_for:
        key, _, name = fact.partition(".")
        giver = case.leg(key)
        if giver.state in {"cancelled", "refused"} and name not in giver.facts:
            return case.template.leg(key)
    return None


def _waits_upstream(case: CaseView, plan: LegPlan) -> bool:
    return any(not _lets_pass(case, key) for key in plan.after)


def _lets_pass(case: CaseView, key: str) -> bool:
    """Whether a leg is over, or its template lets the others go on while it waits for the citizen's papers."""
    state = case.leg(key).state
    return state in ENDED or (state == "supplement" and case.template.leg(key).on_supplement == "continue")


def _held(case: CaseView, plan: LegPlan, leg: LegView) -> Move | None:
    for code, reason in _grounds(case, plan):
        if code not in leg.released:
            return Move(MoveKind.HOLD, plan.key, code, reason)
    return None


def _grounds(case: CaseView, plan: LegPlan) -> list[tuple[HoldCode, str]]:
    """Everything that holds a leg whose turn it is."""
    grounds: list[tuple[HoldCode, str]] = []
    for key in plan.after:
        before = case.template.leg(key)
        if case.leg(key).state == "refused" and before.on_refusal == "hold":
            grounds.append((HoldCode.UPSTREAM, f"“{before.name}” bị từ chối; chờ cán bộ quyết định."))
    for asked in case.confirmations:
        if plan.key in asked.needed_by and asked.state == "asked":
            grounds.append((HoldCode.CONFIRMATION, f"Chờ xác nhận của {asked.label}."))
        if plan.key in asked.needed_by and asked.state in {"declined", "lapsed"}:
            how = "không đồng ý" if asked.state == "declined" else "chưa xác nhận trong thời hạn"
            grounds.append((HoldCode.DECLINED, f"{asked.label[:1].upper()}{asked.label[1:]} {how}."))
    for fact in plan.waits_for:
        if not _known(case, fact):
            grounds.append((HoldCode.FACT, f"Chờ {_label(case.template, fact)}."))
    grounds.extend(
        (HoldCode.UNMAPPED, f"Chưa có thông tin bắt buộc: {target}.")
        for target in plan.required
        if not value_of(case, plan, target)
    )
    return grounds


def _after_return(case: CaseView, plan: LegPlan) -> Move | None:
    """A leg that an agency sent back starts again with a fresh limit once the leg before it has been put right."""
    if plan.on_return and case.leg(plan.on_return).state == "done":
        return Move(MoveKind.RESTART, plan.key, reason="Bước trước đã sửa xong.")
    return None


def value_of(case: CaseView, plan: LegPlan, target: str) -> str:
    """The value of one target of a leg's form, "" when it is not known (yet)."""
    source = plan.fields[target]
    if source.value:
        return source.value
    if source.field:
        return case.facts.get(source.field, "")
    key, _, name = source.result.partition(".")
    return case.leg(key).facts.get(name, "")


def values_of(case: CaseView, plan: LegPlan) -> dict[str, str]:
    """Every filled target of a leg's form."""
    found = {target: value_of(case, plan, target) for target in plan.fields}
    return {target: value for target, value in found.items() if value}


def dependants(template: Template, key: str) -> tuple[str, ...]:
    """The legs that start after `key`, at whatever distance."""
    return tuple(leg.key for leg in template.legs if key in ancestors(template, leg.key))


def case_state(case: CaseView) -> str:
    """running while somebody has something to do; confirming or held when everything waits for people."""
    states = [leg.state for leg in case.legs]
    if all(state in ENDED for state in states):
        return "ended"
    if any(state in AT_WORK for state in states):
        return "running"
    codes = {leg.hold_code for leg in case.legs if leg.state == "held"}
    if HoldCode.CONFIRMATION in codes:
        return "confirming"
    return "held" if codes else "running"


def _known(case: CaseView, fact: str) -> bool:
    key, _, name = fact.partition(".")
    return bool(case.leg(key).facts.get(name))


def _label(template: Template, fact: str) -> str:
    key, _, name = fact.partition(".")
    label = next((one.label for one in template.leg(key).results if one.key == name), "")
    return label.lower() if label else fact
