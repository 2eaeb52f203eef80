"""Search the audit log. Inspector, administrator; the search itself becomes a row, before its answer is shown.

What was typed is not kept: an identity number in the log would be a leak. The row says by what was searched, why,
and which ids were found.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from haddong_portal.audit.selectors.entries import EntryFilter, EntryPage, entry_page
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.audit.subscriptions import finders
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError

PURPOSE_MIN = 10


@dataclass(frozen=True)
class Search:
    """The search as typed."""

    actor_text: str = ""
    person_text: str = ""
    object_text: str = ""
    action: str = ""
    day: date | None = None
    purpose: str = ""


@transaction.atomic
def search_entries(*, actor: Actor, search: Search, after: str = "", now: datetime | None = None) -> EntryPage:
    """One page of rows. DomainError `audit.purpose` when a person's rows are asked for without a reason."""
    actor.require("audit.read")
    if search.person_text and len(search.purpose.strip()) < PURPOSE_MIN:
        raise DomainError("audit.purpose", "Xin ghi lý do (ít nhất 10 chữ) khi tra cứu theo một người dân.", "purpose")
    wanted = EntryFilter(
        actor_ids=finders.accounts(search.actor_text) if search.actor_text else None,
        person_ids=finders.people(search.person_text) if search.person_text else None,
        objects=_objects(search.object_text) if search.object_text else None,
        action=search.action,
        day=search.day,
    )
    _record(actor, search, wanted, now)
    return entry_page(actor=actor, wanted=wanted, after=after)


def _objects(text: str) -> list[tuple[str, str]]:
    """A code that an upper app knows, or the rows' own spelling "type/id"."""
    object_type, slash, object_id = text.partition("/")
    if slash and object_type.isidentifier():
        return [(object_type, object_id)]
    return finders.objects(text)


def _record(actor: Actor, search: Search, wanted: EntryFilter, now: datetime | None) -> None:
    data: dict[str, object] = {
        "accounts": wanted.actor_ids,
        "people": wanted.person_ids,
        "objects": wanted.objects,
        "action": search.action or None,
        "day": search.day.isoformat() if search.day else None,
    }
    people = wanted.person_ids or []
    record_access(
        actor=actor,
        action="audit.searched",
        object_type="audit",
        object_id="entries",
        person_id=people[0] if len(people) == 1 else None,
        purpose=search.purpose.strip(),
        data={name: value for name, value in data.items() if value is not None},
        now=now,
    )
