"""The inspector's search: audit rows by actor, person, object and day, newest first, keyset paged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from haddong_portal.audit.models import AuditEntry
from haddong_portal.audit.subscriptions import ObjectKey, action_label, finders
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM

PAGE = 50


CHANNELS = {
    "web": "trang nội bộ",
    "api": "kết nối API",
    "kiosk": "kiosk",
    "public": "trang công dân",
    "system": "hệ thống",
}


@dataclass(frozen=True)
class EntryFilter:
    """What the inspector asked for; None or "" asks for everything, an empty list for nothing."""

    actor_ids: list[int] | None = None
    person_ids: list[int] | None = None
    objects: list[ObjectKey] | None = None
    action: str = ""
    day: date | None = None


@dataclass(frozen=True)
class EntryRow:
    """A row with the words of its action and the name of its unit."""

    entry: AuditEntry
    action_label: str
    unit_name: str
    channel_label: str


@dataclass(frozen=True)
class EntryPage:
    """`after` continues the list, "" at the end."""

    rows: list[EntryRow]
    after: str


def entry_page(*, actor: Actor, wanted: EntryFilter, after: str = "") -> EntryPage:
    """One page; needs the right audit.read. `after` is the key of the last row seen."""
    actor.require("audit.read")
    entries = _wanted(wanted)
    if key := _parse_key(after):
        at, last_id = key
        entries = entries.filter(Q(at__lt=at) | Q(at=at, pk__lt=last_id))
    found = list(entries.order_by("-at", "-pk")[: PAGE + 1])
    shown = found[:PAGE]
    return EntryPage(_rows(shown), _key(shown[-1]) if len(found) > PAGE else "")


def _wanted(wanted: EntryFilter) -> QuerySet[AuditEntry]:
    entries = AuditEntry.objects.all()
    if wanted.actor_ids is not None:
        entries = entries.filter(actor_user_id__in=wanted.actor_ids)
    if wanted.person_ids is not None:
        entries = entries.filter(person_id__in=wanted.person_ids)
    if wanted.objects is not None:
        entries = entries.filter(_any_of(wanted.objects)) if wanted.objects else entries.none()
    if wanted.action:
        entries = entries.filter(action=wanted.action)
    if wanted.day:
        start = datetime.combine(wanted.day, time.min, tzinfo=VIETNAM)
        entries = entries.filter(at__gte=start, at__lt=start + timedelta(days=1))
    return entries


def _any_of(objects: Iterable[ObjectKey]) -> Q:
    condition = Q()
    for object_type, object_id in objects:
        condition |= Q(object_type=object_type, object_id=object_id)
    return condition


def _rows(entries: list[AuditEntry]) -> list[EntryRow]:
    names = finders.unit_names({entry.unit_id for entry in entries if entry.unit_id is not None})
    return [
        EntryRow(
            entry=entry,
            action_label=action_label(entry.action),
            unit_name=names.get(entry.unit_id or 0, ""),
            channel_label=CHANNELS.get(entry.channel, entry.channel),
        )
        for entry in entries
    ]


def _key(entry: AuditEntry) -> str:
    return f"{entry.at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}_{entry.pk}"


def _parse_key(text: str) -> tuple[datetime, int] | None:
    """None for no key, and for one that nobody gave out: the list then starts at its beginning."""
    moment, _, last_id = text.partition("_")
    try:
        return datetime.strptime(moment, "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC), int(last_id)
    except ValueError:
        return None
