"""The register of what is erased or masked by age: each app registers its sources in AppConfig.ready.

A source says which rows are due and which columns are emptied; the engine (audit.services.apply_retention) does the
rest, so no source can touch anything else. How long is kept, and by which text, is dated data: models.RetentionRule
over data/retention.json. What the law keeps for ever cannot be registered at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import models
from django.db.models import QuerySet

# Kept as written (domain.md §7.6: the status history for ever; ND13-2023-D38: the log of all processing).
NEVER_TOUCHED = frozenset(
    {
        "audit.AuditEntry",
        "audit.AuditSeal",
        "dossiers.DossierEvent",
        "dossiers.RegisterBook",
        "dossiers.Slip",
        "dossiers.SlipLine",
        "dossiers.StepRun",
        "papers.PaperEvent",
        "papers.PaperUse",
        "plumbing.NumberSequence",
        "plumbing.RetentionRule",
        "plumbing.RetentionRun",
    }
)
# The row belongs to the archive; single columns of it may be emptied when their time is over.
NEVER_DELETED = NEVER_TOUCHED | frozenset(
    {
        "citizens.Consent",
        "citizens.Organisation",
        "citizens.Person",
        "dossiers.Charge",
        "dossiers.Dossier",
        "dossiers.HandOver",
        "dossiers.Payment",
        "dossiers.ResultFile",
        "papers.Paper",
        "papers.PaperVersion",
        "papers.StoredFile",
        "papers.VerificationCode",
    }
)
_SAMPLE_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class RetentionSource:
    """`due(before)` gives the rows whose time ended before that moment and that still hold what is to go.

    With `mask` (column → what it becomes) the row stays; without, it is deleted. `let_go` takes leave of what such rows
    hold (files), just before they go, in the same transaction. `label` and `what` are words for the administrator.
    """

    code: str
    label: str
    what: str
    due: Callable[[datetime], QuerySet[Any]]
    mask: Mapping[str, str] = field(default_factory=dict)
    let_go: Callable[[QuerySet[Any]], None] | None = None


_sources: dict[str, RetentionSource] = {}


def register_retention(source: RetentionSource) -> None:
    """Add a source. ValueError for a code given to two, for what must be kept, and for what would be lost with it."""
    if _sources.get(source.code, source) != source:
        raise ValueError(f"retention source {source.code!r} registered twice")
    _refuse_what_is_kept(source)
    _sources[source.code] = source


def unregister_retention(code: str) -> None:
    """Forget a source; for tests."""
    _sources.pop(code, None)


def retention_sources() -> list[RetentionSource]:
    """All sources, by code."""
    return [_sources[code] for code in sorted(_sources)]


def retention_source(code: str) -> RetentionSource | None:
    return _sources.get(code)


def _refuse_what_is_kept(source: RetentionSource) -> None:
    model = source.due(_SAMPLE_MOMENT).model
    if source.mask:
        lost = {model._meta.label} & NEVER_TOUCHED
        if unknown := set(source.mask) - {one.name for one in model._meta.concrete_fields}:
            raise ValueError(f"{source.code}: {model._meta.label} has no {sorted(unknown)}")
    else:
        lost = _lost_with(model) & NEVER_DELETED
    if lost:
        raise ValueError(f"{source.code}: {sorted(lost)} must be kept")


def _lost_with(model: type[models.Model]) -> set[str]:
    """The labels of everything that a deletion takes along."""
    found: dict[str, type[models.Model]] = {}
    waiting = [model]
    while waiting:
        one = waiting.pop()
        if one._meta.label in found:
            continue
        found[one._meta.label] = one
        waiting += [
            relation.related_model
            for relation in one._meta.related_objects
            if getattr(relation, "on_delete", None) is models.CASCADE
        ]
    return set(found)
