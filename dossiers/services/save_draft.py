"""Keep what a clerk has typed: start, save field by field, discard. The clerk's own drafts only; no event."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from dossiers.models import IntakeDraft
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.delete import delete_rows
from haddong_portal.common.errors import DomainError, NotAllowed, NotFound

CONTENT_MAX_BYTES = 100_000


def start_draft(*, actor: Actor, now: datetime | None = None) -> IntakeDraft:
    """An empty draft at the actor's desk; its key is the idempotency key of the intake."""
    actor.require("dossier.receive")
    if actor.user_id is None or actor.unit_id is None:
        raise NotAllowed()
    return IntakeDraft.objects.create(
        clerk_id=actor.user_id, unit_id=actor.unit_id, key=uuid.uuid4(), content="", updated_at=now or clock.now()
    )


@transaction.atomic
def save_draft(*, actor: Actor, key: uuid.UUID, content: Mapping[str, str], now: datetime | None = None) -> None:
    """Replace the draft's content; raises NotFound for another clerk's draft, DomainError when it is too large."""
    text = json.dumps(dict(content), ensure_ascii=False)
    if len(text.encode()) > CONTENT_MAX_BYTES:
        raise DomainError("intake.draft_too_large", "Nội dung nhập quá dài, chưa lưu được.")
    draft = IntakeDraft.objects.select_for_update(no_key=True).filter(key=key, clerk_id=actor.user_id).first()
    if draft is None:
        raise NotFound("Bản tiếp nhận này không còn. Có thể hồ sơ đã được tiếp nhận.", code="intake.draft_gone")
    draft.content, draft.updated_at = text, now or clock.now()
    draft.save(update_fields=["content", "updated_at"])


def discard_draft(*, actor: Actor, key: uuid.UUID) -> None:
    """Delete the actor's own draft; nothing happens when it is gone already."""
    delete_rows(IntakeDraft, key=key, clerk=actor.user_id)
