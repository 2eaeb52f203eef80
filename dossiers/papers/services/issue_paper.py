"""Put what an agency issued into its owner's store, with the code that proves it. System, for the app above.

A correction replaces the paper it corrects; the same number of the same day is a new version of the same paper. Writes
the paper or version, its code, and the events.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.papers.constants import LIVE
from dossiers.papers.models import Paper, PaperVersion, VerificationCode
from dossiers.papers.services.add_version import add_version
from dossiers.papers.services.paper_data import FileContent, PaperData, check_data, paper_type_of, same_number
from dossiers.papers.services.replace_paper import replace_paper
from dossiers.papers.services.store_paper import new_paper
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.insert import insert_row


@transaction.atomic
def issue_paper(
    *,
    actor: Actor,
    data: PaperData,
    content: FileContent,
    code: str,
    reference: str,
    replaces_id: int | None = None,
    reason: str = "",
    now: datetime | None = None,
) -> PaperVersion:
    """The version that `code` proves. `replaces_id`: the paper that was wrong. Raises the refusals of `store_paper`."""
    moment = now or clock.now()
    version = _version(actor, data, content, replaces_id, reason, moment)
    insert_row(VerificationCode(code=code, version=version, reference=reference, made_at=moment))
    return version


def _version(
    actor: Actor, data: PaperData, content: FileContent, replaces_id: int | None, reason: str, now: datetime
) -> PaperVersion:
    kind = paper_type_of(data.type_code)
    check_data(data, kind, content)
    twin = same_number(data, kind)
    if twin is not None:
        return add_version(actor=actor, paper_id=twin.pk, content=content, trust=data.trust, now=now)
    old = Paper.objects.of(data.owner).filter(pk=replaces_id or 0, state__in=LIVE, type=kind).first()
    if old is not None:
        told = reason or "Đính chính kết quả."
        paper = replace_paper(actor=actor, paper_id=old.pk, data=data, content=content, reason=told, now=now)
    else:
        paper = new_paper(actor=actor, data=data, kind=kind, content=content, now=now)
    assert paper.current_version is not None, "a new paper has its version"
    return paper.current_version
