"""What an import would do, without writing: new, changed (which parts), unchanged, refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from procedures.constants import PublicationState
from procedures.models import ProcedureVersion
from procedures.rules.parsed import ParsedRecord, RecordRefused
from procedures.rules.record import parse_record
from procedures.services.import_catalogue import ImportReport
from procedures.services.record_files import open_records


@dataclass
class Preview:
    """The difference report. `changed` names the parts that differ from the closest stored version."""

    report: ImportReport
    new: list[dict[str, str]] = field(default_factory=list)
    changed: list[dict[str, object]] = field(default_factory=list)
    unchanged: int = 0

    def as_json(self) -> dict[str, object]:
        body = self.report.as_json()
        difference = {"new": self.new, "changed": self.changed, "unchanged": self.unchanged}
        return {**body, "new": len(self.new), "new_versions": len(self.changed), "unchanged": self.unchanged} | {
            "dry_run": True,
            "difference": difference,
        }


@dataclass(frozen=True)
class _Known:
    source: str
    content_hash: str
    parts: dict[str, str]
    is_public: bool


def preview_import(
    *, path: Path, publish: bool = False, source: str = "", progress: Callable[[int, int], None] | None = None
) -> Preview:
    """Read the whole file and compare it with the catalogue as it is."""
    opened = open_records(path)
    preview, known = Preview(ImportReport(opened.total)), _known()
    for index, raw in enumerate(opened.records()):
        try:
            record = parse_record(raw, source=source)
        except RecordRefused as refusal:
            preview.report.note_refusal(index, raw, refusal)
        else:
            preview.report.note_record(record)
            preview.report.published += publish and not record.missing_parts and not record.blockers
            _compare(record, known.setdefault(record.national_code, []), preview)
        if progress is not None:
            progress(1, opened.total)
    return preview


def _known() -> dict[str, list[_Known]]:
    known: dict[str, list[_Known]] = {}
    rows = ProcedureVersion.objects.order_by("number").values_list(
        "procedure__national_code", "source", "content_hash", "part_hashes", "state"
    )
    for code, source, digest, parts, state in rows.iterator(chunk_size=500):
        known.setdefault(code, []).append(_Known(source, digest, parts, state == PublicationState.PUBLISHED))
    return known


def _compare(record: ParsedRecord, stored: list[_Known], preview: Preview) -> None:
    if any((one.source, one.content_hash) == (record.source, record.content_hash) for one in stored):
        preview.unchanged += 1
        return
    if not stored:
        preview.new.append({"code": record.national_code, "name": record.name})
    else:
        closest = next((one for one in reversed(stored) if one.source == record.source), None)
        closest = closest or next((one for one in stored if one.is_public), stored[-1])
        parts = [part for part, digest in record.part_hashes.items() if closest.parts.get(part) != digest]
        entry = {"code": record.national_code, "name": record.name, "parts": parts}
        preview.changed.append({**entry, "compared_with": closest.source})
    stored.append(_Known(record.source, record.content_hash, record.part_hashes, is_public=False))
