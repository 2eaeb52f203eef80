"""Keep what a clerk has declared: start, save field by field, discard. The clerk's own drafts only; no event."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.delete import delete_rows
from haddong_portal.common.errors import DomainError, NotAllowed, NotFound
from interlink.models import DeclarationDraft
from interlink.permissions import OPEN

CONTENT_MAX_BYTES = 200_000


def start_declaration(*, actor: Actor, version_id: int, now: datetime | None = None) -> DeclarationDraft:
    """An empty draft at the actor's desk; its key is the idempotency key of the case."""
    actor.require(OPEN)
    if actor.user_id is None or actor.unit_id is None:
        raise NotAllowed()
    return DeclarationDraft.objects.create(
        clerk_id=actor.user_id,
        unit_id=actor.unit_id,
        version_id=version_id,
        key=uuid.uuid4(),
        updated_at=now or clock.now(),
    )


@transaction.atomic
def save_declaration(*, actor: Actor, key: uuid.UUID, content: Mapping[str, str], now: datetime | None = None) -> None:
    """Replace the draft's content; NotFound for another clerk's draft, DomainError when it is too large."""
    text = json.dumps(dict(content), ensure_ascii=False)
    if len(text.encode()) > CONTENT_MAX_BYTES:
        raise DomainError("declaration.draft_too_large", "Nội dung khai quá dài, chưa lưu được.")
    draft = DeclarationDraft.objects.select_for_update(no_key=True).filter(key=key, clerk_id=actor.user_id).first()
    if draft is None:
        raise gone()
    draft.content, draft.updated_at = text, now or clock.now()
    draft.save(update_fields=["content", "updated_at"])


def discard_declaration(*, actor: Actor, key: uuid.UUID) -> None:
    """Delete the actor's own draft; nothing happens when it is gone already."""
    delete_rows(DeclarationDraft, key=key, clerk=actor.user_id)


def gone() -> NotFound:
    """The answer for a draft that is not there, or not the actor's."""
    return NotFound("Tờ khai này không còn. Có thể hồ sơ đã được tiếp nhận.", code="declaration.draft_gone")
