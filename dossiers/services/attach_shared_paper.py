"""A clerk attaches to a dossier a paper that its owner hands over by a share code (purpose CITIZEN_SHARE).

Whoever may re-use papers, for a dossier they see; the act itself is the store's. The dossier's state and clock stay.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import OPEN
from dossiers.models import Dossier
from dossiers.papers.models import PaperUse
from dossiers.papers.services.use_shared_paper import use_shared_paper
from dossiers.selectors.matters import reference_of
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, NotFound


@transaction.atomic
def attach_shared_paper(
    *, actor: Actor, code: str, share_code: str, requirement_name: str = "", now: datetime | None = None
) -> PaperUse:
    """The use. Raises NotFound dossier.not_found, Conflict dossier.closed and the refusals of `use_shared_paper`."""
    rows = Dossier.objects.visible_to(actor).select_for_update(no_key=True, of=("self",))
    dossier = rows.filter(code=code).first()
    if dossier is None:
        raise NotFound("Không tìm thấy hồ sơ này.", code="dossier.not_found")
    if dossier.status not in OPEN:
        raise Conflict("dossier.closed", "Hồ sơ đã kết thúc, không kèm thêm giấy tờ được.")
    return use_shared_paper(
        actor=actor,
        code=share_code,
        reference=reference_of(dossier.code),
        requirement_name=requirement_name,
        now=now,
    )
