"""A clerk's unfinished declarations."""

from __future__ import annotations

import json
import uuid

from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound
from interlink.models import DeclarationDraft


def declaration_draft(*, actor: Actor, key: uuid.UUID) -> DeclarationDraft:
    """The actor's draft with its template; NotFound declaration.draft_gone for anybody else's."""
    rows = DeclarationDraft.objects.select_related("version__group")
    draft = rows.filter(key=key, clerk_id=actor.user_id).first()
    if draft is None:
        raise NotFound("Tờ khai này không còn. Có thể hồ sơ đã được tiếp nhận.", code="declaration.draft_gone")
    return draft


def declared_so_far(draft: DeclarationDraft) -> dict[str, str]:
    """What has been typed, by the names of the form's boxes."""
    return dict(json.loads(draft.content)) if draft.content else {}


def latest_declaration(*, actor: Actor, version_id: int) -> DeclarationDraft | None:
    """The draft of this template that the clerk left last at this desk, to be taken up again."""
    rows = DeclarationDraft.objects.filter(clerk_id=actor.user_id or 0, unit_id=actor.unit_id or 0)
    return rows.filter(version_id=version_id).order_by("-updated_at").first()
