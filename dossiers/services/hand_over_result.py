"""Hand the result over: T13, DONE → RETURNED (NĐ 61/2018 art. 20; TT 01/2018 form 06).

Clerks and the head of the desk that received the dossier. Writes who collected it and how they signed, closes the
last run and the dossier, one event and a message to the applicant, so that a stranger's collection is noticed.
"""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction

from dossiers.constants import CollectMethod, EventKind, Status, StepState
from dossiers.models import DossierEvent, HandOver
from dossiers.rules.lifecycle import Command
from dossiers.services.charging import refuse_unpaid
from dossiers.services.locking import lock_dossier, refuse_stale
from dossiers.services.notifying import notify_applicant, reference_of
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from dossiers.services.standing import STANDING_COLUMNS, finish_run, stand_nowhere
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.identifiers.personal_id import check_personal_id
from haddong_portal.common.text import clean_text
from haddong_portal.notices.constants import NoticeEvent
from haddong_portal.notices.services.cancel_calls import cancel_calls

SIGNATURE_LENGTH_MAX = 60_000
# The data of an SVG path, strokes of straight lines: nothing that could run or load.
_SIGNATURE = re.compile(r"M[ML0-9 .,-]*")


@transaction.atomic
def hand_over_result(
    *,
    actor: Actor,
    dossier_id: int,
    collector_name: str,
    collector_id: str = "",
    relation: str = "",
    method: str = CollectMethod.SIGNATURE,
    signature_svg: str = "",
    proof_note: str = "",
    row_version: int | None = None,
    now: datetime | None = None,
) -> DossierEvent:
    """The event. Raises DomainError hand_over.unpaid, .collector_missing, .method, .signature_missing,
    .proof_missing."""
    in_hand = lock_dossier(actor=actor, command=Command.HAND_OVER, dossier_id=dossier_id)
    refuse_stale(in_hand.dossier, row_version)
    moment = clock.local(now or clock.now())
    dossier = in_hand.dossier
    refuse_unpaid(dossier)
    HandOver(
        dossier=dossier,
        collector_name=_collector(collector_name),
        collector_id=check_personal_id(collector_id).number if collector_id.strip() else "",
        relation=clean_text(relation)[:120],
        method=_method(method, signature_svg, proof_note),
        signature_svg=signature_svg.strip(),
        proof_note=clean_text(proof_note)[:200],
        handed_by_id=actor.user_id or 0,
        handed_at=moment,
    ).save(force_insert=True)
    # The days a result waits for its owner are not the desk's.
    ready_at = dossier.finished_at
    finish_run(in_hand.run, officer_id=actor.user_id, state=StepState.DONE, note="", now=moment, worked_until=ready_at)
    stand_nowhere(dossier)
    dossier.status = Status.RETURNED
    dossier.returned_at = dossier.closed_at = moment
    save_columns(dossier, [*STANDING_COLUMNS, "status", "returned_at", "closed_at"], now=moment)
    cancel_calls(reference=reference_of(dossier.pk), now=moment)
    event = record_event(
        dossier=dossier,
        kind=EventKind.HANDED_OVER,
        actor=actor,
        at=moment,
        from_status=in_hand.from_status,
        data={"method": method},
    )
    notify_applicant(dossier=dossier, event=NoticeEvent.DOSSIER_RETURNED, now=moment)
    return event


def _collector(name: str) -> str:
    cleaned = clean_text(name)[:120]
    if not cleaned:
        raise DomainError("hand_over.collector_missing", "Chưa ghi người nhận kết quả.", "collector_name")
    return cleaned


def _method(method: str, signature_svg: str, proof_note: str) -> str:
    """A known way of signing, with what proves it."""
    if method not in CollectMethod.values:
        raise DomainError("hand_over.method", "Cách ký nhận không đúng.", "method")
    if method == CollectMethod.SIGNATURE_PAD and not signature_svg.strip():
        raise DomainError("hand_over.signature_missing", "Người nhận chưa ký trên bảng.", "signature_svg")
    if method == CollectMethod.POSTAL_PROOF and not proof_note.strip():
        raise DomainError("hand_over.proof_missing", "Chưa ghi số chứng từ bưu chính.", "proof_note")
    if signature_svg.strip() and not _is_drawing(signature_svg.strip()):
        raise DomainError("hand_over.signature", "Nét ký không đọc được, xin ký lại.", "signature_svg")
    return method


def _is_drawing(path: str) -> bool:
    return len(path) <= SIGNATURE_LENGTH_MAX and _SIGNATURE.fullmatch(path) is not None
