"""A clerk's unfinished intakes."""

from __future__ import annotations

import json
import uuid

from dossiers.models import IntakeDraft
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound


def draft_content(*, actor: Actor, key: uuid.UUID) -> dict[str, str]:
    """What the actor has typed under `key`; raises NotFound for anybody else's draft."""
    draft = IntakeDraft.objects.filter(key=key, clerk_id=actor.user_id).first()
    if draft is None:
        raise NotFound("Bản tiếp nhận này không còn. Có thể hồ sơ đã được tiếp nhận.", code="intake.draft_gone")
    return dict(json.loads(draft.content)) if draft.content else {}


def latest_draft(*, actor: Actor) -> IntakeDraft | None:
    """The draft that the clerk left last at this desk, to be taken up again."""
    return (
        IntakeDraft.objects.filter(clerk_id=actor.user_id or 0, unit_id=actor.unit_id or 0)
        .order_by("-updated_at")
        .first()
    )
