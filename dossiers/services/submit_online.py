"""File a dossier online: T4, (citizen) → SUBMITTED (NĐ 45/2020 art. 11). Whoever holds the draft's key.

The phone must have been proven. Writes the person, the dossier with a code of the desk's day sequence but no register
line and no promise, its checklist and files, one event and one message. The draft's key makes it once.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from dossiers.models import Dossier, FiledPaper, FilingDraft
from dossiers.services.filing_content import intake_of_draft
from dossiers.services.filing_data import SubmittedDossier
from dossiers.services.filing_draft import HOUR_S, locked_draft
from dossiers.services.writing_filing import RACES, FilingSource, write_filing
from haddong_portal.common import clock
from haddong_portal.common.actors import PUBLIC_ACTOR, Actor
from haddong_portal.common.attempts import too_many_attempts
from haddong_portal.common.errors import DomainError


def submit_online(
    *, key: uuid.UUID, client_ip: str, actor: Actor = PUBLIC_ACTOR, now: datetime | None = None
) -> SubmittedDossier:
    """The submitted dossier; sent twice, the dossier of the first time (`already`). `actor`: a signed-in citizen.

    Raises filing.phone_missing, filing.too_many (429), filing.gone, filing.sign_in (papers of the store without their
    owner), dossier.paper_missing and what an intake raises.
    """
    if too_many_attempts("filing-submit", client_ip, most=settings.FILING_SUBMITS_PER_ADDRESS_MAX, window_s=HOUR_S):
        raise DomainError("filing.too_many", "Đã nộp quá nhiều hồ sơ. Xin thử lại sau một giờ.", status=429)
    moment = clock.local(now or clock.now())
    try:
        return _submit(key, actor, moment)
    except IntegrityError as error:
        if not any(name in str(error) for name in RACES):
            raise
    return _submit(key, actor, moment)


@transaction.atomic
def _submit(key: uuid.UUID, actor: Actor, now: datetime) -> SubmittedDossier:
    draft = locked_draft(key)
    if draft.dossier_id is not None:
        return _answer(Dossier.objects.get(pk=draft.dossier_id), key, already=True)
    if not draft.phone or draft.phone_confirmed_at is None:
        raise DomainError("filing.phone_missing", "Chưa xác nhận số điện thoại.", "phone")
    intake = intake_of_draft(draft)
    dossier = write_filing(
        intake=intake, unit_id=draft.unit_id or 0, source=FilingSource(str(key), actor=actor), now=now
    )
    FiledPaper.objects.filter(draft=draft).update(dossier=dossier, draft=None)
    _close(draft, dossier, now)
    return _answer(dossier, key)


def _close(draft: FilingDraft, dossier: Dossier, now: datetime) -> None:
    """The draft keeps only its key and where it led."""
    draft.dossier, draft.content, draft.phone, draft.updated_at = dossier, "", "", now
    draft.save(update_fields=["dossier", "content", "phone", "phone_index", "updated_at"])


def _answer(dossier: Dossier, key: uuid.UUID, *, already: bool = False) -> SubmittedDossier:
    return SubmittedDossier(dossier.pk, dossier.code, dossier.check_due_at, key, already)
