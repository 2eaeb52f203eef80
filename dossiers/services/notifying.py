"""Tell the applicant, through the outbox: by SMS where there is a mobile number, else by e-mail, else not at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dossiers.models import Dossier
from dossiers.rules.early_results import is_told
from dossiers.selectors.links import tracking_url
from dossiers.selectors.rulesets import policy_by_id
from dossiers.selectors.told import way_to
from haddong_portal.accounts.models import Unit
from haddong_portal.common.dates import due_text
from haddong_portal.notices.constants import NoticeEvent
from haddong_portal.notices.services.queue_notice import queue_notice

NAME_LENGTH_MAX = 120
REASON_TOLD_MAX = 200


def reference_of(dossier_id: int) -> str:
    """What notices of a dossier are filed under."""
    return f"dossier:{dossier_id}"


def applicant_facts(dossier: Dossier, *, unit_name: str, place: str) -> dict[str, str]:
    """What every message to an applicant may tell; `place` is where results are collected."""
    return {
        "code": dossier.code,
        "name": dossier.applicant_name,
        "procedure": dossier.procedure_name,
        "due": due_text(dossier.due_at) if dossier.due_at else "sẽ báo sau",
        "unit": unit_name,
        "place": place,
        "link": tracking_url(dossier.code),
    }


def notify_applicant(
    *,
    dossier: Dossier,
    event: NoticeEvent,
    now: datetime,
    unit_name: str = "",
    place: str = "",
    rule: str = "",
    more: Mapping[str, str] | None = None,
) -> int | None:
    """Queue one message in the current transaction; its id, None when the applicant left no way to be told.

    Told in the name of the desk that received the dossier; `unit_name` and `place` (where results are collected) are
    for callers that have the desk's words at hand. `more` are the facts that only this event has (reason, papers …).
    `rule`: what speaks once a day, where that is not the event itself.
    """
    channel, recipient = way_to(dossier)
    if not recipient:
        return None
    if not unit_name:
        desk = dossier.receiving_unit
        unit_name, place = desk.name, place or desk_place(desk, with_address=event == NoticeEvent.RESULT_READY)
    facts = {**applicant_facts(dossier, unit_name=unit_name, place=place), **(more or {})}
    return queue_notice(
        reference=reference_of(dossier.pk),
        rule=rule or event,
        event=event,
        channel=channel,
        recipient=recipient,
        recipient_name=dossier.applicant_name[:NAME_LENGTH_MAX],
        facts=facts,
        unit_id=dossier.receiving_unit_id,
        now=now,
    )


def tell_new_date(dossier: Dossier, *, reason: str, printed: datetime | None, now: datetime) -> int | None:
    """Say that a new receipt promises another day than the one `printed` before."""
    more = {"reason": reason[:REASON_TOLD_MAX], "old_due": due_text(printed) if printed else "chưa có"}
    return notify_applicant(dossier=dossier, event=NoticeEvent.RECEIPT_REISSUED, now=now, more=more)


def tell_result(dossier: Dossier, *, now: datetime) -> int | None:
    """Say that the result is there; None where the rule-set lets people come on the promised day."""
    policy = policy_by_id(dossier.ruleset_id).acts
    if not is_told(policy, finished_at=now, due_at=dossier.due_at):
        return None
    return notify_applicant(dossier=dossier, event=NoticeEvent.RESULT_READY, now=now)


def desk_place(desk: Unit, *, with_address: bool = False) -> str:
    """Where results are collected, in words."""
    where = desk.desk_name or f"Bộ phận Một cửa {desk.name}"
    return f"{where}, {desk.address}" if with_address and desk.address else where
