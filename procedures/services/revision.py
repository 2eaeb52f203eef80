"""Tell every worker that the catalogue has changed. Called inside the act's transaction; writes CatalogueState only."""

from __future__ import annotations

import uuid
from datetime import datetime

from haddong_portal.common import clock
from procedures.models import CatalogueState


def bump_revision(*, now: datetime | None = None) -> str:
    """A fresh token, visible to others with the commit of the surrounding transaction."""
    revision = uuid.uuid4().hex
    CatalogueState.objects.bulk_create(
        [CatalogueState(id=1, revision=revision, changed_at=now or clock.now())],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["revision", "changed_at"],
    )
    return revision
