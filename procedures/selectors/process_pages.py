"""What the pages of ISO processes show: the list by standing, one issue, what changed between two, who changed what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from haddong_portal.accounts.selectors.units import unit_names
from procedures.constants import ProcessState
from procedures.models import IsoProcess, IsoSection, IsoStep
from procedures.rules.process_check import ProcessCheck, hours
from procedures.rules.process_diff import FieldChange, StepChange, compare_facts, compare_steps
from procedures.rules.process_path import PathStep
from procedures.rules.process_words import DrawnLine, StepRow, drawn_line, step_rows, time_words, told
from procedures.selectors.processes import as_path, check_of, path_steps

LIST_MAX = 200
HISTORY_MAX = 60
DRAFT, CURRENT, COMING, ENDED = "du-thao", "dang-ap-dung", "sap-ap-dung", "het-hieu-luc"
STANDINGS = {
    CURRENT: ("Đang áp dụng", "ok", "circle-check"),
    DRAFT: ("Dự thảo", "warn", "pencil"),
    COMING: ("Sắp áp dụng", "info", "calendar-event"),
    ENDED: ("Hết hiệu lực", "", "archive"),
}
CHANGE_WORDS = {"+": "Thêm", "~": "Sửa", "-": "Xóa"}


@dataclass(frozen=True)
class ProcessLine:
    """An issue in the list; `minutes` "" while its steps do not hang together."""

    process: IsoProcess
    standing: str
    step_count: int
    branch_count: int
    time: str


@dataclass(frozen=True)
class ProcessPage:
    """One issue with everything its page shows."""

    process: IsoProcess
    standing: str
    rows: Sequence[StepRow]
    line: DrawnLine | None
    check: ProcessCheck
    issues: Sequence[IsoProcess]


@dataclass(frozen=True)
class HistoryLine:
    """One change of one row."""

    at: datetime
    who: str
    what: str
    detail: str


@dataclass(frozen=True)
class Comparison:
    """Two issues side by side."""

    before: IsoProcess
    after: IsoProcess
    facts: Sequence[FieldChange]
    steps: Sequence[StepChange]


def standing_of(process: IsoProcess, on: date) -> str:
    """Where an issue stands on a day: a key of STANDINGS."""
    if process.valid_from is None:
        return DRAFT
    if process.valid_to is not None and process.valid_to <= on:
        return ENDED
    return CURRENT if process.valid_from <= on else COMING


def process_lines(*, standing: str, q: str, on: date) -> list[ProcessLine]:
    """Issues of a standing ("" = all) by code, the newest first; at most 200."""
    rows = _standing(_matching(q), standing, on)
    steps = Prefetch("steps", queryset=IsoStep.objects.order_by("sequence"))
    found = rows.select_related("procedure", "delegation").prefetch_related(steps).order_by("code", "-version")
    return [_line(process, on) for process in found[:LIST_MAX]]


def standing_counts(*, q: str, on: date) -> dict[str, int]:
    """How many issues stand where."""
    return {key: _standing(_matching(q), key, on).count() for key in STANDINGS}


def process_page(process: IsoProcess, *, on: date) -> ProcessPage:
    """The page of an issue: steps in words, the drawn line, the check, the other issues."""
    steps = path_steps(process.pk)
    return ProcessPage(
        process=process,
        standing=standing_of(process, on),
        rows=step_rows(steps, _names(steps)),
        line=drawn_line(steps),
        check=check_of(process),
        issues=list(IsoProcess.objects.filter(code=process.code).order_by("-version")),
    )


def comparison(before: IsoProcess, after: IsoProcess) -> Comparison:
    """What changed from one issue to another."""
    steps = path_steps(before.pk), path_steps(after.pk)
    words = tuple(told(step_rows(each, _names(each))) for each in steps)
    return Comparison(
        before=before,
        after=after,
        facts=compare_facts(_facts(before), _facts(after)),
        steps=compare_steps(steps[0], steps[1], (words[0], words[1])),
    )


def process_history(process: IsoProcess) -> list[HistoryLine]:
    """The latest changes of the issue, its steps and its sections, newest first."""
    sources = (
        (IsoProcess.history.filter(id=process.pk), "quy trình"),
        (IsoStep.history.filter(process_id=process.pk), "bước"),
        (IsoSection.history.filter(process_id=process.pk), "mục"),
    )
    lines = [
        HistoryLine(row.history_date, _who(row), f"{CHANGE_WORDS[row.history_type]} {what}", _detail(row))
        for rows, what in sources
        for row in rows.select_related("history_user").order_by("-history_date", "-history_id")[:HISTORY_MAX]
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:HISTORY_MAX]


def issue_of_code(process: IsoProcess, version: int | None) -> IsoProcess | None:
    """Another issue of the same process: the given one, else the one before it."""
    others = IsoProcess.objects.filter(code=process.code).exclude(pk=process.pk)
    if version is not None:
        return others.filter(version=version).first()
    return others.filter(version__lt=process.version).order_by("-version").first()


def _matching(q: str) -> QuerySet[IsoProcess]:
    rows = IsoProcess.objects.all()
    if not q:
        return rows
    return rows.filter(
        Q(code__icontains=q) | Q(name__icontains=q) | Q(procedure__national_code__startswith=q.strip()[:12])
    )


def _standing(rows: QuerySet[IsoProcess], standing: str, on: date) -> QuerySet[IsoProcess]:
    if standing == DRAFT:
        return rows.filter(state=ProcessState.DRAFT)
    if standing == ENDED:
        return rows.filter(valid_to__lte=on)
    open_on = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    if standing == CURRENT:
        return open_on.filter(valid_from__lte=on)
    return open_on.filter(valid_from__gt=on) if standing == COMING else rows


def _line(process: IsoProcess, on: date) -> ProcessLine:
    steps = tuple(as_path(process.steps.all()))
    drawn = drawn_line(steps)
    branches = {step.branch for step in steps} - {0}
    time = time_words(drawn.minutes) if drawn else ""
    return ProcessLine(process, standing_of(process, on), len(steps), len(branches), time)


def _names(steps: Sequence[PathStep]) -> Mapping[int, str]:
    ids = {step.unit_id for step in steps if step.unit_id is not None}
    return unit_names(ids) if ids else {}


def _facts(process: IsoProcess) -> dict[str, str]:
    return {
        "Tên": process.name,
        "Cấp": process.get_level_display(),
        "Dùng cho": process.get_kind_display(),
        "Cam kết cắt giảm": hours(process.promised_cut_minutes) if process.promised_cut_minutes else "không",
        "Người soạn thảo": process.prepared_by,
        "Người kiểm tra": process.checked_by,
        "Nơi nhận": "; ".join(process.recipients),
        "Biểu mẫu": "; ".join(f"{form.code} {form.name}".strip() for form in process.forms.all()),
    }


def _who(row: object) -> str:
    user = getattr(row, "history_user", None)
    return user.full_name if user else "Hệ thống"


def _detail(row: object) -> str:
    name = getattr(row, "name", "") or getattr(row, "title", "")
    number = getattr(row, "sequence", None) or getattr(row, "number", "")
    reason = getattr(row, "history_change_reason", "") or ""
    said = f"{number}. {name}" if number else name
    return f"{said} ({reason})" if reason else said
