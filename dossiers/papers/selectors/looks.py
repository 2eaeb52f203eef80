"""Who looked at a paper and what it was used for, as its owner sees it (ND13-2023-D38).

Unit, role, purpose, dossier and moment; never a name, and of another citizen only that they held a share code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dossiers.papers.constants import UsePurpose
from dossiers.papers.models import PaperUse
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Post, Unit
from haddong_portal.audit.models import AuditEntry

OBJECT = "paper"
LOOKS_MAX = 100
DOSSIER = "dossier:"
MYSELF, HOLDER, PORTAL = "Chính ông/bà", "Người có mã chia sẻ của ông/bà", "Hệ thống"


@dataclass(frozen=True)
class Look:
    """One look, or one use in place of a new paper (`is_use`). `dossier_code` is "" when it was for none."""

    at: datetime
    who: str
    role: str
    what: str
    dossier_code: str
    is_use: bool


def looks_of(paper_id: int) -> list[Look]:
    """Newest first, at most 100 of each kind; four statements however many there are."""
    rows = AuditEntry.objects.filter(object_type=OBJECT, object_id=str(paper_id)).order_by("-at")[:LOOKS_MAX]
    entries = list(rows)
    used = PaperUse.objects.filter(version__paper=paper_id).select_related("unit").order_by("-used_at")[:LOOKS_MAX]
    units = dict(Unit.objects.filter(pk__in=_ids(one.unit_id for one in entries)).values_list("pk", "name"))
    roles = dict(Post.objects.filter(pk__in=_ids(one.post_id for one in entries)).values_list("pk", "role"))
    looks = [_look(entry, units, roles) for entry in entries] + [_use(use) for use in used]
    return sorted(looks, key=lambda look: look.at, reverse=True)


def _look(entry: AuditEntry, units: dict[int, str], roles: dict[int, str]) -> Look:
    role = roles.get(entry.post_id or 0, "")
    return Look(
        at=entry.at,
        who=units.get(entry.unit_id or 0, "") or _outside(entry),
        role=Role(role).label if role else "",
        what=f"xem: {_purpose(entry.purpose)}" if entry.purpose else "xem",
        dossier_code=_code(str(entry.data.get("reference", ""))),
        is_use=False,
    )


def _purpose(text: str) -> str:
    return str(UsePurpose(text).label) if text in UsePurpose else text


def _outside(entry: AuditEntry) -> str:
    if entry.data.get("share"):
        return HOLDER
    return MYSELF if entry.channel == "public" else PORTAL


def _use(use: PaperUse) -> Look:
    return Look(
        at=use.used_at,
        who=use.unit.name if use.unit else PORTAL,
        role="",
        what=f"dùng thay bản giấy: {UsePurpose(use.purpose).label}",
        dossier_code=_code(use.reference),
        is_use=True,
    )


def _code(reference: str) -> str:
    return reference.removeprefix(DOSSIER) if reference.startswith(DOSSIER) else ""


def _ids(values: Iterable[int | None]) -> set[int]:
    return {value for value in values if value is not None}
