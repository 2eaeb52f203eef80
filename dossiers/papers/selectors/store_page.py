"""What staff see of the store: one owner's papers without their content, and the files that are not whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count, Max, Min, Q

from dossiers.papers.constants import FileState, OwnerRef, PaperState
from dossiers.papers.models import Paper, PaperVersion, StoredFile
from dossiers.papers.permissions import OPEN
from dossiers.papers.rules.reuse import WhyNot, why_not
from dossiers.papers.selectors.held import consent_of, standing_of
from haddong_portal.common.actors import Actor
from haddong_portal.common.identifiers.masking import mask_id

PAPERS_MAX = 200
PAGE = 50
COUNT_CAP = 501
BROKEN = (FileState.DAMAGED, FileState.MISSING)


@dataclass(frozen=True, slots=True)
class StoredRow:
    """One paper of an owner: which, from where, how sure, and whether it can be used."""

    type_name: str
    number: str
    issuer_name: str
    issued_on: date | None
    valid_to: date | None
    source_label: str
    trust_label: str
    state_label: str
    is_valid: bool
    unit_name: str
    page_count: int
    version_count: int
    use_count: int
    why_not: WhyNot | None


def owner_papers(*, actor: Actor, owner: OwnerRef, on: date) -> list[StoredRow]:
    """Newest first, at most PAPERS_MAX. Numbers may identify a person: masked for oversight (domain.md §11.6)."""
    files = ("current_version__original", "current_version__shown")
    rows = Paper.objects.visible_to(actor).of(owner).exclude(state=PaperState.ERASED)
    told = (
        rows.select_related("type", "unit", *files)
        .defer("fields", "current_version__text")
        .annotate(consented=consent_of())
        .annotate(version_count=Count("versions", distinct=True), use_count=Count("versions__uses", distinct=True))
        .order_by("-id")[:PAPERS_MAX]
    )
    return [_row(paper, actor, on) for paper in told]


def _row(paper: Paper, actor: Actor, on: date) -> StoredRow:
    version = paper.current_version
    assert version is not None, "a stored paper has a version"
    return StoredRow(
        type_name=paper.type.name,
        number=paper.number if actor.has_right(OPEN) else mask_id(paper.number),
        issuer_name=paper.issuer_name,
        issued_on=paper.issued_on,
        valid_to=paper.valid_to,
        source_label=paper.get_source_display(),
        trust_label=paper.get_trust_display(),
        state_label=paper.get_state_display(),
        is_valid=paper.state == PaperState.VALID,
        unit_name=paper.unit.short_name if paper.unit else "",
        page_count=version.page_count,
        version_count=getattr(paper, "version_count", 1),
        use_count=getattr(paper, "use_count", 0),
        why_not=why_not(
            standing_of(paper, version, consented=getattr(paper, "consented", None)),
            on=on,
            trust_min=settings.PAPERS_TRUST_MIN,
        ),
    )


@dataclass(frozen=True, slots=True)
class BrokenFile:
    """A file that is not what was stored, and the papers that cannot be used because of it."""

    file_id: int
    mark: str
    size_bytes: int
    state_label: str
    is_missing: bool
    checked_at: datetime
    papers: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BrokenPage:
    """One keyset page; `next_cursor` None at the end."""

    rows: list[BrokenFile]
    next_cursor: int | None


@dataclass(frozen=True, slots=True)
class StoreHealth:
    """The store at a glance. `oldest_check`: the file whose last proof is longest ago."""

    broken: int
    oldest_check: datetime | None
    newest_check: datetime | None


def broken_files(*, after: int | None = None) -> BrokenPage:
    """By id; two statements. Whose papers they are is not told: whoever mends the storage need not know."""
    rows = StoredFile.objects.filter(state__in=BROKEN).order_by("id")
    found = list((rows.filter(pk__gt=after) if after else rows)[: PAGE + 1])
    papers = _papers_of([file.pk for file in found[:PAGE]])
    told = [
        BrokenFile(
            file_id=file.pk,
            mark=file.mark[:12],
            size_bytes=file.size_bytes,
            state_label=file.get_state_display(),
            is_missing=file.state == FileState.MISSING,
            checked_at=file.checked_at,
            papers=papers.get(file.pk, []),
        )
        for file in found[:PAGE]
    ]
    return BrokenPage(told, found[PAGE - 1].pk if len(found) > PAGE else None)


def _papers_of(file_ids: list[int]) -> dict[int, list[str]]:
    """Type and unit of each paper of these files, each once."""
    held = PaperVersion.objects.filter(Q(original__in=file_ids) | Q(shown__in=file_ids))
    values = held.exclude(paper__state=PaperState.ERASED).values_list(
        "original_id", "shown_id", "paper__type__name", "paper__unit__short_name"
    )
    told: dict[int, list[str]] = {}
    for original, shown, name, unit in values.order_by("id"):
        words = f"{name} ({unit})" if unit else name
        for file_id in {original, shown} & set(file_ids):
            if words not in (known := told.setdefault(file_id, [])):
                known.append(words)
    return told


def store_health() -> StoreHealth:
    """Read from the two ends of an index, however many files there are; counting stops at COUNT_CAP."""
    rows = StoredFile.objects.exclude(state=FileState.REMOVED)
    ends = rows.aggregate(oldest=Min("checked_at"), newest=Max("checked_at"))
    broken = StoredFile.objects.filter(state__in=BROKEN)[:COUNT_CAP].count()
    return StoreHealth(broken, ends["oldest"], ends["newest"])
