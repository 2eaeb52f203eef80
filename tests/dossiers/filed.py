"""A procedure that is filed from home, and filings brought to any point of their way by the real services."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from dossiers.constants import FaultKind
from dossiers.models import Dossier
from dossiers.services.filing_data import PaperUpload
from dossiers.services.filing_draft import add_paper, save_filing, start_filing
from dossiers.services.issue_slip import LineData
from dossiers.services.own_dossier import PURPOSE, OwnerProof
from dossiers.services.submit_online import submit_online
from haddong_portal.accounts.models import Unit
from haddong_portal.citizens.models import PhoneChallenge
from tests.factories import MORNING, PublishedProcedure
from tests.sample_files import SMALL_PDF

PDF = SMALL_PDF
IP = "203.0.113.5"
LATER = MORNING + timedelta(hours=1)
PHONE = "0912345678"


def pdf(name: str = "to-khai.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


CITIZEN = {"full_name": "Trần Văn Tú", "personal_id": "001090000001"}
COMPANY = {
    "applicant_kind": "organisation",
    "organisation_name": "Công ty TNHH Lụa Vạn Phúc",
    "tax_code": "0101234567",
    "organisation_address": "Số 1 phố Lụa, phường Vạn Phúc",
    "signer_name": "Đỗ Thị Giám Đốc",
    "signer_personal_id": "001185000009",
    "signer_authority": "Giám đốc",
}


def draft_of(
    online: PublishedProcedure,
    ward: Unit,
    *,
    proven: bool = True,
    papers: bool = True,
    content: Mapping[str, str] = CITIZEN,
    now: datetime = MORNING,
) -> uuid.UUID:
    """Typed in full; the phone stands as `confirm_filing_phone` leaves it."""
    draft = start_filing(
        procedure_code=online.procedure.national_code,
        unit_id=ward.pk,
        case_id=str(online.case.pk),
        client_ip=IP,
        now=now,
    )
    save_filing(key=draft.key, content=content, now=now)
    if papers:
        add_paper(key=draft.key, upload=PaperUpload(online.papers[0].pk, pdf()), now=now)
    if proven:
        draft.refresh_from_db()
        draft.phone, draft.phone_confirmed_at = PHONE, now
        draft.save()
    return draft.key


def submitted(online: PublishedProcedure, ward: Unit, *, now: datetime = MORNING) -> Dossier:
    """Sent, waiting for the desk's check."""
    done = submit_online(key=draft_of(online, ward, now=now), client_ip=IP, now=now)
    return Dossier.objects.get(pk=done.dossier_id)


def asked(online: PublishedProcedure) -> list[LineData]:
    """The first paper asked for again: unsigned."""
    paper = online.papers[0]
    return [LineData(name=paper.name, requirement_id=paper.pk, fault=FaultKind.UNSIGNED)]


def proof_of(dossier: Dossier, *, now: datetime = LATER) -> OwnerProof:
    """The dossier's phone, proven at `now`, as `confirm_owner` leaves it."""
    challenge = PhoneChallenge(
        phone=dossier.phone,
        purpose=PURPOSE,
        reference=dossier.code,
        created_at=now,
        expires_at=now + timedelta(minutes=5),
        used_at=now,
        code_digest="0" * 64,
    )
    challenge.save(force_insert=True)
    return OwnerProof(dossier.code, challenge.pk)
