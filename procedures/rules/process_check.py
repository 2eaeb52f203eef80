"""What stands against issuing an ISO process: dead ends, gaps, returns that lead forward, time beyond the law.

Pure; asked while an editor works and again at publication, which is refused while anything is left (domain.md §13.4).
LEGAL: TT01-2018-D8, ND61-2018-D19.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from haddong_portal.common.limits import LimitUnit, TimeLimit
from haddong_portal.common.worktime import MINUTES_PER_DAY
from procedures.constants import StepAction
from procedures.rules.process_path import LEAD, PathStep, branches_of, critical_minutes, line_of

# A branch gives an opinion or a finding; the dossier itself is received, signed and returned on the lead line.
BRANCH_ACTIONS = frozenset({StepAction.EXAMINE, StepAction.VERIFY})
DAYS_PER_WEEK, WORKING_DAYS_PER_WEEK, SHORTEST_MONTH_WEEKS = 7, 5, 4


@dataclass(frozen=True, slots=True)
class ProcessProblem:
    """One thing to put right: a code, a sentence naming the step, and the step and field where there is one."""

    code: str
    message: str
    sequence: int | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class CaseTime:
    """The legal limit of a case that uses the process; None = its text is still to be reviewed."""

    name: str
    limit: TimeLimit | None


@dataclass(frozen=True, slots=True)
class ProcessCheck:
    """The findings. Minutes are working minutes; None where they cannot be worked out."""

    problems: tuple[ProcessProblem, ...]
    total_minutes: int | None = None
    limit_minutes: int | None = None
    unread_cases: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.problems

    @property
    def cut_minutes(self) -> int | None:
        """How much shorter than the tightest legal limit the steps are (thời gian cắt giảm)."""
        if self.total_minutes is None or self.limit_minutes is None:
            return None
        return max(self.limit_minutes - self.total_minutes, 0)

    @property
    def cut_percent(self) -> int | None:
        """The same as a share of the limit (tỷ lệ cắt giảm thời gian)."""
        cut = self.cut_minutes
        return None if cut is None or not self.limit_minutes else round(100 * cut / self.limit_minutes)


def check_process(
    steps: Sequence[PathStep], cases: Sequence[CaseTime] = (), *, promised_cut_minutes: int = 0
) -> ProcessCheck:
    """Every problem of the steps; the time is compared once they hang together."""
    if not steps:
        return ProcessCheck((ProcessProblem("process.no_steps", "Quy trình chưa có bước nào."),))
    shape = [*_sequence_problems(steps), *_lead_problems(line_of(steps)), *_branch_problems(steps)]
    filled = [problem for step in steps for problem in _gaps(step)]
    returns = [problem for step in steps for problem in _return_problems(step, steps)]
    if shape:
        return ProcessCheck((*shape, *filled, *returns))
    total = critical_minutes(steps)
    known = [(case, minutes) for case in cases if (minutes := least_minutes(case.limit)) is not None]
    late = list(_time_problems(total, known, promised_cut_minutes))
    return ProcessCheck(
        problems=(*filled, *returns, *late),
        total_minutes=total,
        limit_minutes=min((minutes for _, minutes in known), default=None),
        unread_cases=tuple(case.name for case in cases if case.limit is None),
    )


def least_minutes(limit: TimeLimit | None) -> int | None:
    """The fewest working minutes that a limit holds, public holidays aside; None for an unread one.

    Calendar days are counted where most of them fall on week-ends; a limit that ends on a day off runs to the next
    working day, so it never holds less than one day.
    """
    if limit is None:
        return None
    if (minutes := limit.working_minutes) is not None:
        return minutes
    if limit.unit == LimitUnit.SAME_DAY:
        return MINUTES_PER_DAY
    weeks, days = divmod(int(limit.amount), DAYS_PER_WEEK)
    if limit.unit == LimitUnit.CALENDAR_MONTH:
        weeks, days = int(limit.amount) * SHORTEST_MONTH_WEEKS, 0
    return MINUTES_PER_DAY * max(1, WORKING_DAYS_PER_WEEK * weeks + max(0, days - 2))


def _sequence_problems(steps: Sequence[PathStep]) -> Iterator[ProcessProblem]:
    for sequence, times in Counter(step.sequence for step in steps).items():
        if times > 1:
            message = f"Có {times} bước cùng mang số thứ tự {sequence}."
            yield ProcessProblem("process.sequence_repeated", message, sequence, "sequence")


def _lead_problems(lead: Sequence[PathStep]) -> Iterator[ProcessProblem]:
    if not lead:
        yield ProcessProblem("process.no_lead", "Quy trình chưa có bước nào trên tuyến chính.")
        return
    first, last = lead[0], lead[-1]
    if first.action != StepAction.RECEIVE:
        yield _at(first, "process.receive_first", "đứng đầu tuyến chính nhưng không phải bước tiếp nhận", "action")
    if last.action != StepAction.RETURN_RESULT:
        yield _at(last, "process.dead_end", "đứng cuối tuyến chính nhưng không phải bước trả kết quả", "action")
    for step in lead[1:]:
        if step.action == StepAction.RECEIVE:
            yield _at(step, "process.receive_again", "là bước tiếp nhận nhưng không đứng đầu", "action")
    for step in lead[:-1]:
        if step.action == StepAction.RETURN_RESULT:
            yield _at(step, "process.returned_too_early", "trả kết quả khi tuyến chính còn bước phía sau", "action")


def _branch_problems(steps: Sequence[PathStep]) -> Iterator[ProcessProblem]:
    lead = {step.sequence for step in steps if step.branch == LEAD}
    for branch in branches_of(steps):
        yield from _ends_of_branch(branch[0], lead)
        for step in branch:
            yield from _place_in_branch(step, branch[0])


def _ends_of_branch(first: PathStep, lead: set[int]) -> Iterator[ProcessProblem]:
    """Whether the branch leaves the lead line and comes back to it."""
    starts, joins = first.starts_after, first.joins_before
    if starts is None or starts not in lead:
        said = "chưa nói bắt đầu sau bước nào" if starts is None else f"bắt đầu sau bước {starts} không có trên"
        yield _at(first, "process.branch_no_start", f"mở nhánh {first.branch} nhưng {said} tuyến chính", "starts_after")
    if joins is None or joins not in lead:
        said = "chưa nói bước nào chờ trên" if joins is None else f"nhập vào bước {joins} không có trên"
        yield _at(first, "process.branch_no_join", f"mở nhánh {first.branch} nhưng {said} tuyến chính", "joins_before")
    elif starts is not None and joins <= starts:
        said = f"mở nhánh sau bước {starts} nhưng lại nhập vào bước {joins}, không phải bước phía sau"
        yield _at(first, "process.branch_joins_too_early", said, "joins_before")


def _place_in_branch(step: PathStep, first: PathStep) -> Iterator[ProcessProblem]:
    if step.action not in BRANCH_ACTIONS:
        label = StepAction(step.action).label.lower() if step.action else "chưa có loại việc"
        yield _at(step, "process.branch_action", f"({label}) chỉ được đặt trên tuyến chính", "action")
    starts, joins = first.starts_after, first.joins_before
    if starts is not None and joins is not None and starts < joins and not starts < step.sequence < joins:
        said = f"thuộc nhánh {step.branch} nên phải đứng giữa bước {starts} và bước {joins}"
        yield _at(step, "process.branch_out_of_place", said, "sequence")
    if step is not first and (step.starts_after is not None or step.joins_before is not None):
        said = f"không phải bước đầu của nhánh {step.branch} nên không được nêu chỗ mở và chỗ nhập nhánh"
        yield _at(step, "process.branch_marked_twice", said, "starts_after")


def _gaps(step: PathStep) -> Iterator[ProcessProblem]:
    if not step.name:
        yield ProcessProblem("process.no_name", f"{step.label} chưa có tên.", step.sequence, "name")
    if not step.action:
        yield _at(step, "process.no_action", "chưa có loại việc", "action")
    if not step.role:
        yield _at(step, "process.no_role", "chưa nói ai làm", "responsible_role")
    if not step.place and step.unit_id is None:
        yield _at(step, "process.no_unit", "chưa nói đơn vị nào làm", "responsible_unit")
    if step.minutes <= 0:
        yield _at(step, "process.no_minutes", "chưa có thời hạn", "limit_minutes")
    if not step.record:
        yield _at(step, "process.no_record", "chưa nêu biểu mẫu hoặc kết quả", "record")


def _return_problems(step: PathStep, steps: Sequence[PathStep]) -> Iterator[ProcessProblem]:
    own_line = {other.sequence for other in steps if other.branch == step.branch}
    for target in step.returns_to:
        if target not in own_line:
            said = f"trả lại về bước {target} không có trên cùng một tuyến"
            yield _at(step, "process.return_unknown", said, "returns_to")
        elif target >= step.sequence:
            yield _at(step, "process.return_not_earlier", f"trả lại về bước {target} không đứng trước nó", "returns_to")


def _time_problems(total: int, cases: Sequence[tuple[CaseTime, int]], promised: int) -> Iterator[ProcessProblem]:
    for case, limit in cases:
        legal = case.limit.to_text() if case.limit else ""
        if total > limit:
            said = f"Các bước cần {hours(total)}, quá thời hạn {legal} ({hours(limit)}) của trường hợp “{case.name}”."
            yield ProcessProblem("process.over_limit", said, field="limit_minutes")
        elif total > limit - promised:
            said = (
                f"Cam kết cắt giảm {hours(promised)} so với thời hạn {legal} của trường hợp “{case.name}”, nhưng các "
                f"bước còn cần {hours(total)} trên {hours(limit)}."
            )
            yield ProcessProblem("process.over_promise", said, field="promised_cut_minutes")


def hours(minutes: int) -> str:
    """Working minutes as ISO documents write them: 90 → 1,5 giờ làm việc."""
    text = f"{minutes / 60:.2f}".rstrip("0").rstrip(".")
    return f"{text.replace('.', ',')} giờ làm việc"


def _at(step: PathStep, code: str, said: str, field: str) -> ProcessProblem:
    return ProcessProblem(code, f"{step.label} {said}.", step.sequence, field)
