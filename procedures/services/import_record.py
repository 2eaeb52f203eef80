"""Take one catalogue record in, in a transaction of its own: nothing is ever half-loaded.

Writes a new version unless the same content from the same source is already there. With `publish` a complete,
lawful version of no older era takes over from the one in force.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from haddong_portal.common.text import fold
from procedures.constants import PublicationState
from procedures.models import Procedure, ProcedureVersion, Sector
from procedures.rules.parsed import ParsedRecord
from procedures.services.publication import (
    PUBLISHABLE,
    keeps_force,
    set_current,
    supersede,
    take_over,
    why_not_publishable,
)
from procedures.services.revision import bump_revision
from procedures.services.version_rows import case_facts, insert_version


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a record: `kind` is new, new_version or unchanged; `state` the version's state afterwards.

    `kept_newer` means that the version in force has the better claim and stays.
    """

    kind: str
    state: str
    published_now: bool = False
    kept_newer: bool = False


class SectorCache:
    """Sectors by name, read once per import."""

    def __init__(self) -> None:
        self._known = {sector.name: sector for sector in Sector.objects.all()}

    def get(self, name: str, code: str) -> Sector | None:
        """The sector, made when it is new; None for a record without one."""
        if not name:
            return None
        if name not in self._known:
            self._known[name], _ = Sector.objects.get_or_create(
                name=name, defaults={"code": code, "name_folded": fold(name)}
            )
        return self._known[name]


def import_record(
    record: ParsedRecord,
    *,
    publish: bool,
    sectors: SectorCache,
    now: datetime,
    together_with: Callable[[Outcome], None] | None = None,
) -> Outcome:
    """Store the record; `together_with` runs in the same transaction (the import's own book-keeping)."""
    with transaction.atomic():
        procedure, is_new = _lock_procedure(record, now)
        versions = [] if is_new else _versions(procedure)
        outcome = _store(record, procedure, versions, publish=publish, sectors=sectors, now=now)
        if outcome.kind != "unchanged" or outcome.published_now:
            bump_revision(now=now)
        if together_with is not None:
            together_with(outcome)
    return outcome


def _lock_procedure(record: ParsedRecord, now: datetime) -> tuple[Procedure, bool]:
    found = Procedure.objects.select_for_update(no_key=True).filter(national_code=record.national_code).first()
    if found is not None:
        return found, False
    procedure = Procedure(national_code=record.national_code, local_code=record.local_code, created_at=now)
    Procedure.objects.bulk_create([procedure])
    return procedure, True


def _versions(procedure: Procedure) -> list[ProcedureVersion]:
    """All versions without their long texts: enough to compare."""
    columns = ("id", "procedure_id", "number", "state", "source", "content_hash", "as_of_on")
    return list(ProcedureVersion.objects.filter(procedure=procedure).only(*columns).order_by("number"))


def _store(
    record: ParsedRecord,
    procedure: Procedure,
    versions: list[ProcedureVersion],
    *,
    publish: bool,
    sectors: SectorCache,
    now: datetime,
) -> Outcome:
    current = next((one for one in versions if one.state == PublicationState.PUBLISHED), None)
    same = next(
        (one for one in versions if (one.source, one.content_hash) == (record.source, record.content_hash)), None
    )
    may_publish = publish and not record.missing_parts and not record.blockers
    kept_newer = may_publish and current is not None and keeps_force(current, record.source, record.as_of_on)
    takes_over = may_publish and not kept_newer
    if same is not None:
        return _again(same, takes_over=takes_over, now=now)
    if takes_over and current is not None:
        supersede(ProcedureVersion.objects.get(pk=current.pk), now=now)
    state = PublicationState.PUBLISHED if takes_over else PublicationState.DRAFT
    sector = sectors.get(record.sector, record.sector_code)
    number = versions[-1].number + 1 if versions else 1
    if kept_newer:
        state = PublicationState.AMENDED
    version = insert_version(procedure, record, number=number, state=state, sector=sector, now=now)
    if takes_over:
        set_current(procedure, version, now=now)
    elif not versions:
        Procedure.history.bulk_history_create([procedure], default_date=now)
    return Outcome("new_version" if versions else "new", state, takes_over, kept_newer)


def _again(same: ProcedureVersion, *, takes_over: bool, now: datetime) -> Outcome:
    """Content that is already there: only a draft may still be published, a superseded version stays so."""
    if not takes_over or same.state not in PUBLISHABLE:
        return Outcome("unchanged", same.state)
    version = ProcedureVersion.objects.select_related("procedure").get(pk=same.pk)
    facts = case_facts(version.pk)
    if why_not_publishable(version, facts) is not None:
        return Outcome("unchanged", same.state)
    take_over(version, facts, now=now)
    return Outcome("unchanged", PublicationState.PUBLISHED, published_now=True)
