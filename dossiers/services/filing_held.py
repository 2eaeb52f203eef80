"""A component of the form from home answered by a paper of the citizen's own store: nothing is uploaded twice.

The signed-in citizen, who must be the applicant; the rules of re-use are asked again when the form is sent. Writes the
draft's content alone.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from dossiers.models import FilingDraft
from dossiers.papers.constants import OwnerRef
from dossiers.papers.selectors.held import papers_for
from dossiers.rules.papers import HELD, held_in
from dossiers.services.filing_draft import content_of, locked_draft, refuse_sent, save_filing
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError, NotAllowed
from procedures.selectors.intake import filed_case


@transaction.atomic
def hold_paper(
    *, actor: Actor, key: uuid.UUID, requirement_id: int, paper: uuid.UUID, now: datetime | None = None
) -> FilingDraft:
    """The draft that will use this paper. Raises NotAllowed, filing.gone, filing.unpublished, Conflict filing.not_held
    (not theirs, of another type) and the ground of a paper that cannot be used."""
    if actor.person_id is None:
        raise NotAllowed()
    moment, draft = clock.local(now or clock.now()), locked_draft(key)
    refuse_sent(draft)
    kind = _kind_asked(draft, requirement_id)
    held = papers_for(owner=OwnerRef(person_id=actor.person_id), type_codes=[kind], on=moment.date()).get(kind, [])
    found = next((one for one in held if one.public_id == paper), None)
    if found is None:
        raise Conflict("filing.not_held", "Kho của ông/bà không có giấy tờ này.")
    if found.why_not is not None:
        raise Conflict(found.why_not.code, found.why_not.sentence)
    return _keep(draft, held_in(content_of(draft)) | {requirement_id: paper}, moment)


@transaction.atomic
def drop_held(*, key: uuid.UUID, requirement_id: int, now: datetime | None = None) -> FilingDraft:
    """The component is to be answered by a file again; nothing happens when it was not held. Raises filing.gone."""
    draft = locked_draft(key)
    refuse_sent(draft)
    kept = held_in(content_of(draft))
    kept.pop(requirement_id, None)
    return _keep(draft, kept, now or clock.now())


def _kind_asked(draft: FilingDraft, requirement_id: int) -> str:
    case = filed_case(draft.procedure.national_code, content_of(draft).get("case_id", ""))
    wanted = next((one for one in case.requirements if one.pk == requirement_id), None) if case else None
    if wanted is None or not wanted.paper_type:
        raise DomainError("filing.unpublished", "Giấy tờ này không có trong thành phần hồ sơ đã công bố.")
    return wanted.paper_type


def _keep(draft: FilingDraft, held: Mapping[int, uuid.UUID], now: datetime) -> FilingDraft:
    text = json.dumps({str(requirement_id): str(paper) for requirement_id, paper in held.items()})
    return save_filing(key=draft.key, content={HELD: text if held else ""}, now=now)
