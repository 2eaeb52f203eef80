"""Walk the whole chain and say what does not fit. Inspector, administrator, command line; writes nothing.

Found: a changed row or seal, a row taken out, put in or moved, a seal taken out. Rows not sealed yet are only
counted. A chain cut off at its end looks whole: compare with a hash kept elsewhere (`anchor`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from haddong_portal.audit.models import AuditEntry, AuditSeal
from haddong_portal.audit.rules.chain import COLUMNS, seal_hash

SEALS_AT_ONCE = 50
PROBLEMS_MAX = 200


@dataclass(frozen=True)
class Problem:
    """`code`: entries_changed, entries_missing, entries_added, seal_missing, link_broken, anchor_missing."""

    code: str
    seal: str
    detail: str


@dataclass
class ChainReport:
    """What was walked and what was found; `last_hash` is worth keeping outside the database."""

    seals: int = 0
    entries: int = 0
    unsealed: int = 0
    last_hash: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.problems


@dataclass
class _Walk:
    """Where the walk stands: the seal before this one."""

    partition: str = ""
    number: int = 0
    hash: str = ""


def verify_chain(*, anchor: str = "") -> ChainReport:
    """Check every seal; `anchor` is a hash noted earlier that must still be in the chain."""
    report, walk, anchored = ChainReport(), _Walk(), not anchor
    for seal, rows in _seals_with_rows():
        if len(report.problems) < PROBLEMS_MAX:
            report.problems += [*_link_problems(seal, walk), *_row_problems(seal, rows)]
        anchored = anchored or seal.hash == anchor
        walk = _Walk(seal.partition, seal.number, seal.hash)
        report.seals, report.entries, report.last_hash = report.seals + 1, report.entries + len(rows), seal.hash
    if not anchored:
        report.problems.append(Problem("anchor_missing", "", f"Không còn dấu niêm {anchor} trong chuỗi."))
    report.unsealed = AuditEntry.objects.filter(seal__isnull=True).count()
    return report


def _seals_with_rows() -> Iterator[tuple[AuditSeal, list[dict[str, object]]]]:
    """Every seal in order with its rows by position, a few seals a query."""
    ids = list(AuditSeal.objects.order_by("partition", "number").values_list("pk", flat=True))
    for start in range(0, len(ids), SEALS_AT_ONCE):
        wanted = ids[start : start + SEALS_AT_ONCE]
        rows: dict[int, list[dict[str, object]]] = {}
        entries = AuditEntry.objects.filter(seal_id__in=wanted).order_by("seal_id", "seal_position", "id")
        for row in entries.values("seal_id", "seal_position", *COLUMNS):
            rows.setdefault(row["seal_id"], []).append(row)
        seals = AuditSeal.objects.in_bulk(wanted)
        yield from ((seals[pk], rows.get(pk, [])) for pk in wanted)


def _link_problems(seal: AuditSeal, walk: _Walk) -> Iterator[Problem]:
    expected = walk.number + 1 if seal.partition == walk.partition else 1
    if seal.number != expected:
        yield Problem("seal_missing", str(seal), f"Trước dấu này phải là dấu số {expected}.")
    if seal.previous_hash != walk.hash:
        yield Problem("link_broken", str(seal), "Dấu trước không khớp với dấu liền trước trong sổ.")


def _row_problems(seal: AuditSeal, rows: list[dict[str, object]]) -> Iterator[Problem]:
    digest, count = seal_hash(
        previous_hash=seal.previous_hash,
        partition=seal.partition,
        number=seal.number,
        sealed_at=seal.sealed_at,
        rows=rows,
    )
    if count < seal.entry_count:
        yield Problem("entries_missing", str(seal), f"Còn {count} trong {seal.entry_count} dòng; {_gaps(seal, rows)}")
    elif count > seal.entry_count:
        yield Problem("entries_added", str(seal), f"Có {count} dòng, dấu chỉ niêm {seal.entry_count}.")
    elif digest != seal.hash:
        yield Problem("entries_changed", str(seal), f"Nội dung đã bị sửa, trong các dòng {_range(rows)}.")


def _gaps(seal: AuditSeal, rows: list[dict[str, object]]) -> str:
    present = {row["seal_position"] for row in rows}
    missing = [str(place) for place in range(1, seal.entry_count + 1) if place not in present]
    return f"thiếu vị trí {', '.join(missing[:10])}{'…' if len(missing) > 10 else ''}."


def _range(rows: list[dict[str, object]]) -> str:
    return f"{rows[0]['id']}–{rows[-1]['id']}" if rows else "(không có)"
