"""A process in words and widths: what screens, the printed document and the comparison say of each step. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from haddong_portal.accounts.constants import Role
from haddong_portal.common.worktime import MINUTES_PER_DAY
from procedures.constants import ResponsibleUnit, StepAction
from procedures.rules.process_check import hours
from procedures.rules.process_path import LEAD, PathStep, PlannedSpan, branches_of, line_of, planned_spans

LANE_PX, BAR_PX = 40, 30
# A step narrower than this share of the line cannot be seen or pressed.
NARROWEST_PERCENT = 1.2


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step as a table row."""

    step: PathStep
    action: str
    who: str
    where: str
    time: str
    path: str
    returns: str


@dataclass(frozen=True, slots=True)
class LineMark:
    """A step on the drawn line, in percent of the whole and as text for its `x`, `width`, `middle`; lane 0 = lead."""

    sequence: int
    title: str
    lane: int
    x: str
    width: str
    middle: str
    action: str

    @property
    def y(self) -> int:
        return self.lane * LANE_PX

    @property
    def text_y(self) -> int:
        """The base line of the number inside the bar."""
        return self.y + BAR_PX - 10


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """The whole process as a picture: marks, lanes, and the length it stands for."""

    marks: tuple[LineMark, ...]
    lanes: int
    minutes: int

    @property
    def height(self) -> int:
        return (self.lanes - 1) * LANE_PX + BAR_PX

    @property
    def time(self) -> str:
        return time_words(self.minutes)


def step_rows(steps: Sequence[PathStep], unit_names: Mapping[int, str]) -> list[StepRow]:
    """Every step in table order, in words; `unit_names` by id for steps of a named unit."""
    return [
        StepRow(
            step=step,
            action=StepAction(step.action).label if step.action else "chưa chọn",
            who=step.post_title or (Role(step.role).label if step.role else "chưa chọn"),
            where=_where(step, unit_names),
            time=time_words(step.minutes),
            path=_path_words(step),
            returns=_return_words(step),
        )
        for step in sorted(steps, key=lambda step: step.sequence)
    ]


def told(rows: Sequence[StepRow]) -> dict[int, dict[str, str]]:
    """The facts that two issues are compared by."""
    return {
        row.step.sequence: {
            "Tên bước": row.step.name,
            "Loại việc": row.action,
            "Trách nhiệm": row.who,
            "Nơi làm": row.where,
            "Thời gian": row.time,
            "Biểu mẫu, kết quả": row.step.record,
            "Nội dung": row.step.content,
            "Tuyến": f"nhánh {row.step.branch}" if row.step.branch else "tuyến chính",
        }
        for row in rows
    }


def time_words(minutes: int) -> str:
    """20 giờ làm việc (2,5 ngày); only the hours below a day."""
    if minutes < MINUTES_PER_DAY:
        return hours(minutes)
    days = f"{minutes / MINUTES_PER_DAY:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{hours(minutes)} ({days} ngày)"


def drawn_line(steps: Sequence[PathStep]) -> DrawnLine | None:
    """The line with its branches below; None while the branches do not hang together or nothing has a length."""
    if not _hangs_together(steps):
        return None
    spans = {span.sequence: span for span in planned_spans(steps)}
    total = max((span.ends for span in spans.values()), default=0)
    if not total:
        return None
    lanes = {LEAD: 0, **{branch[0].branch: lane for lane, branch in enumerate(branches_of(steps), start=1)}}
    marks = tuple(_mark(step, spans[step.sequence], lanes[step.branch], total) for step in steps)
    return DrawnLine(marks, len(lanes), total)


def _hangs_together(steps: Sequence[PathStep]) -> bool:
    lead = {step.sequence for step in line_of(steps)}
    numbers = [step.sequence for step in steps]
    return len(set(numbers)) == len(numbers) and all(
        branch[0].starts_after in lead
        and branch[0].joins_before in lead
        and (branch[0].starts_after or 0) < (branch[0].joins_before or 0)
        for branch in branches_of(steps)
    )


def _mark(step: PathStep, span: PlannedSpan, lane: int, total: int) -> LineMark:
    start, width = 100 * span.starts / total, max(100 * (span.ends - span.starts) / total, NARROWEST_PERCENT)
    return LineMark(
        sequence=step.sequence,
        title=f"{step.label}: {time_words(step.minutes)}",
        lane=lane,
        x=f"{min(start, 100 - width):.2f}",
        width=f"{width:.2f}",
        middle=f"{min(start, 100 - width) + width / 2:.2f}",
        action=step.action,
    )


def _where(step: PathStep, unit_names: Mapping[int, str]) -> str:
    if step.unit_id is not None:
        return unit_names.get(step.unit_id, "")
    return ResponsibleUnit(step.place).label if step.place else "chưa chọn"


def _path_words(step: PathStep) -> str:
    if step.branch == LEAD:
        return ""
    words = f"Nhánh {step.branch}, song song với tuyến chính"
    if step.starts_after is not None:
        words += f"; bắt đầu sau bước {step.starts_after}"
    if step.joins_before is not None:
        words += f"; bước {step.joins_before} chờ nhánh này"
    return words


def _return_words(step: PathStep) -> str:
    if not step.returns_to:
        return ""
    return "Trả lại được về bước " + ", ".join(str(target) for target in step.returns_to)
