"""A connected portal files for somebody: T4 by REST, (applicant) → SUBMITTED, papers and all in one act.

Accounts of connected systems, which have signed the citizen in and proven the phone themselves. The same rows, checks
and refusals as the form from home; the account's key makes it once. Writes what `submit_online` does, and the files.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from dossiers.models import Dossier
from dossiers.permissions import FILE_FOR_OTHERS
from dossiers.services.filed_papers import kept_if_done, read_paper, store_paper
from dossiers.services.filing_content import intake_of
from dossiers.services.filing_data import PaperUpload, SubmittedDossier, SystemFiling
from dossiers.services.filing_draft import online_choice_at, refuse_unpublished
from dossiers.services.intake_data import IntakeData
from dossiers.services.receive_dossier import check_key, other_content
from dossiers.services.result_content import ResultContent
from dossiers.services.writing_filing import RACES, FilingSource, write_filing
from haddong_portal.citizens.services.send_phone_code import mobile_number
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.crypto.blind_index import blind_index
from haddong_portal.common.errors import DomainError


def file_from_system(
    *,
    actor: Actor,
    filing: SystemFiling,
    papers: Sequence[PaperUpload],
    idempotency_key: str,
    now: datetime | None = None,
) -> SubmittedDossier:
    """The submitted dossier; with a key that this account has used before, the dossier of then (`already`).

    Raises NotAllowed, filing.not_online, filing.phone_missing, filing.unpublished, Conflict idempotency.other_content,
    what `read_paper` and `store_paper` raise for a file, and what `submit_online` raises.
    """
    actor.require(FILE_FOR_OTHERS)
    check_key(idempotency_key)
    moment = clock.local(now or clock.now())
    source = FilingSource(_key_of(actor, idempotency_key), _digest(filing, papers), actor)
    contents = [read_paper(paper.file, paper.requirement_id) for paper in papers]
    try:
        return _file(filing, papers, contents, source, moment)
    except IntegrityError as error:
        if not any(name in str(error) for name in RACES):
            raise
    return _file(filing, papers, contents, source, moment)


def _key_of(actor: Actor, idempotency_key: str) -> str:
    """One account's keys never meet another's, nor the key of a form."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"filing:{actor.user_id}:{idempotency_key}"))


def _digest(filing: SystemFiling, papers: Sequence[PaperUpload]) -> str:
    """Tells a reused key from a repeated one, the files' content included."""
    return blind_index(repr((filing, [(paper.requirement_id, _sha256(paper)) for paper in papers])), "filing")


def _sha256(paper: PaperUpload) -> str:
    digest = hashlib.sha256()
    for chunk in paper.file.chunks():
        digest.update(chunk)
    paper.file.seek(0)
    return digest.hexdigest()


def _file(
    filing: SystemFiling,
    papers: Sequence[PaperUpload],
    contents: Sequence[ResultContent],
    source: FilingSource,
    now: datetime,
) -> SubmittedDossier:
    with kept_if_done() as stored, transaction.atomic():
        earlier = Dossier.objects.filter(intake_key=source.key, submitted_at__isnull=False).first()
        if earlier is not None:
            return _answered_before(earlier, source)
        intake = _intake(filing, papers, now)
        dossier = write_filing(intake=intake, unit_id=filing.unit_id, source=source, now=now)
        for paper, content in zip(papers, contents, strict=True):
            stored.append(
                store_paper(
                    content=content,
                    name=paper.file.name or "",
                    requirement_id=paper.requirement_id,
                    present=stored,
                    now=now,
                    dossier=dossier,
                )
            )
    return SubmittedDossier(dossier.pk, dossier.code, dossier.check_due_at, uuid.UUID(source.key))


def _intake(filing: SystemFiling, papers: Sequence[PaperUpload], now: datetime) -> IntakeData:
    """What the form from home checks when it begins and with each file, then its content."""
    choice = online_choice_at(
        procedure_code=filing.procedure_code, unit_id=filing.unit_id, case_id=filing.content["case_id"]
    )
    filed = {paper.requirement_id for paper in papers}
    refuse_unpublished(filing.procedure_code, filing.content["case_id"], filed)
    return intake_of(filing.content, procedure_id=choice.procedure_id, phone=_proven_phone(filing, now), filed=filed)


def _answered_before(earlier: Dossier, source: FilingSource) -> SubmittedDossier:
    if earlier.intake_digest != source.digest:
        raise other_content()
    return SubmittedDossier(earlier.pk, earlier.code, earlier.check_due_at, uuid.UUID(source.key), already=True)


def _proven_phone(filing: SystemFiling, now: datetime) -> str:
    """The system vouches for it, with the moment it was proven."""
    if not filing.phone.strip() or filing.phone_confirmed_at is None or filing.phone_confirmed_at > now:
        raise DomainError("filing.phone_missing", "Chưa xác nhận số điện thoại.", "phone")
    return mobile_number(filing.phone)
