"""Load a catalogue file: catalogue editors and the system. Each record in its own transaction, resumable, idempotent.

The run's book-keeping (position, counts, refusals) is written in the same transaction as the record, so that a
killed import goes on exactly where it stopped. Writes ImportRun, procedures and versions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict
from procedures.constants import PublicationState
from procedures.models import ImportRun
from procedures.permissions import IMPORT, PUBLISH
from procedures.ports import paper_names
from procedures.rules.cleaning import as_mapping, clean_line
from procedures.rules.paper_names import PaperNames, with_paper_types
from procedures.rules.parsed import ParsedRecord, RecordRefused
from procedures.rules.record import parse_record
from procedures.services.import_record import Outcome, SectorCache, import_record
from procedures.services.record_files import RecordFile, open_records

STARTER = Path(__file__).resolve().parent.parent / "data" / "starter_catalogue.json"
_LOCK_KEY = 7_301_402_911  # one import at a time; any number that no other advisory lock uses
Progress = Callable[[int, int], None]


@dataclass
class ImportReport:
    """What a run did, from its first record on, whether or not it was interrupted."""

    total: int
    accepted: int = 0
    refused: list[dict[str, object]] = field(default_factory=list)
    new: int = 0
    new_versions: int = 0
    unchanged: int = 0
    published: int = 0
    drafts: list[dict[str, object]] = field(default_factory=list)
    kept_newer: int = 0
    limits_structured: int = 0
    limits_to_review: int = 0

    def as_json(self) -> dict[str, object]:
        return dict(vars(self))

    def note_refusal(self, index: int, raw: object, refusal: RecordRefused) -> None:
        """A record that was not taken in: where it stands, what it calls itself, why."""
        record = as_mapping(raw)
        self.refused.append(
            {
                "index": index,
                "code": clean_line(record.get("code"), 60),
                "name": clean_line(record.get("name"), 200),
                "reason_code": refusal.reason_code,
                "reason": refusal.reason,
            }
        )

    def note_record(self, record: ParsedRecord) -> None:
        """Counts that depend on the record alone."""
        self.accepted += 1
        self.limits_structured += record.limits_structured
        self.limits_to_review += record.limits_to_review
        if record.missing_parts or record.blockers:
            lacking = {"missing": list(record.missing_parts), "blocked_by": list(record.blockers)}
            self.drafts.append({"code": record.national_code, **lacking})

    def note_outcome(self, outcome: Outcome) -> None:
        """Counts that depend on what was already there."""
        self.new += outcome.kind == "new"
        self.new_versions += outcome.kind == "new_version"
        self.unchanged += outcome.kind == "unchanged"
        self.published += outcome.state == PublicationState.PUBLISHED
        self.kept_newer += outcome.kept_newer


def import_catalogue(
    *,
    actor: Actor,
    path: Path,
    publish: bool = False,
    source: str = "",
    restart: bool = False,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> ImportReport:
    """Load the file and report. `publish` also publishes every complete record; `restart` forgets a stopped run.

    DomainError `catalogue.no_file`, `catalogue.unreadable`; Conflict `catalogue.import_running`.
    """
    actor.require(IMPORT)
    if publish:
        actor.require(PUBLISH)
    now = now or clock.now()
    opened = open_records(path)
    with _only_import(), _lazy_commits():
        run = _run(opened, publish=publish, source=source, restart=restart, now=now)
        report = _load(run, opened, progress, now)
        _finish(run, now)
    return report


def _run(opened: RecordFile, *, publish: bool, source: str, restart: bool, now: datetime) -> ImportRun:
    """The unfinished run of the same file and options, or a new one."""
    same = ImportRun.objects.filter(
        file_hash=opened.digest, publish=publish, source=source, total=opened.total, finished_at__isnull=True
    )
    if restart:
        same.update(finished_at=now)
    found = None if restart else same.order_by("-id").first()
    return found or ImportRun.objects.create(
        file_name=opened.path.name[:255],
        file_hash=opened.digest,
        publish=publish,
        source=source,
        total=opened.total,
        started_at=now,
    )


def _load(run: ImportRun, opened: RecordFile, progress: Progress | None, now: datetime) -> ImportReport:
    report = ImportReport(**{**vars(ImportReport(opened.total)), **run.report, "total": opened.total})
    sectors, names = SectorCache(), PaperNames(paper_names())
    if progress is not None:
        progress(run.next_index, opened.total)
    for index, raw in enumerate(opened.records(run.next_index), start=run.next_index):
        _one(run, report, sectors, names, index, raw, now)
        if progress is not None:
            progress(1, opened.total)
    return report


def _one(
    run: ImportRun,
    report: ImportReport,
    sectors: SectorCache,
    names: PaperNames,
    index: int,
    raw: object,
    now: datetime,
) -> None:
    try:
        record = with_paper_types(parse_record(raw, source=run.source), names)
    except RecordRefused as refusal:
        report.note_refusal(index, raw, refusal)
        _save(run, report, index + 1)
        return
    report.note_record(record)

    def keep_books(outcome: Outcome) -> None:
        report.note_outcome(outcome)
        _save(run, report, index + 1)

    import_record(record, publish=run.publish, sectors=sectors, now=now, together_with=keep_books)


def _save(run: ImportRun, report: ImportReport, next_index: int) -> None:
    run.next_index, run.accepted, run.refused = next_index, report.accepted, report.refused
    run.report = report.as_json()
    run.save(update_fields=["next_index", "accepted", "refused", "report"])


def _finish(run: ImportRun, now: datetime) -> None:
    run.finished_at = max(now, clock.now())
    run.save(update_fields=["finished_at"])


@contextmanager
def _only_import() -> Iterator[None]:
    """One import at a time; the lock goes with the connection, so a killed import leaves none behind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK_KEY])
        if not (cursor.fetchone() or (False,))[0]:
            raise Conflict("catalogue.import_running", "Đang có một lần nhập danh mục khác chạy; xin đợi xong.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK_KEY])


@contextmanager
def _lazy_commits() -> Iterator[None]:
    """No wait for the disk after each record: book-keeping and rows are lost or kept together."""
    if transaction.get_connection().in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")
