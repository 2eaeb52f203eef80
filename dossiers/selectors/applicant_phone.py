"""The applicant's verified phone, as the clerk's page shows it; the read is on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dossiers.models import Dossier
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.citizens.models import VerifiedPhone
from haddong_portal.citizens.selectors.own import open_phone
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound


@dataclass(frozen=True)
class ApplicantPhone:
    """`dossier` for the head of the page; `verified` is the open row, None when the person cannot sign in yet."""

    dossier: Dossier
    verified: VerifiedPhone | None

    @property
    def has_number(self) -> bool:
        """A person without a personal ID cannot sign in."""
        return self.dossier.person is not None and bool(self.dossier.person.personal_id)


def applicant_phone(*, actor: Actor, code: str, now: datetime) -> ApplicantPhone:
    """Raises as `dossier_of_applicant`. The page shows the phone whole, so the read leaves an audit row."""
    dossier = dossier_of_applicant(actor, code)
    record_access(
        actor=actor,
        action="person.read",
        object_type="dossier",
        object_id=dossier.pk,
        person_id=dossier.person_id,
        purpose="xác nhận điện thoại để đăng nhập",
        now=now,
    )
    return ApplicantPhone(dossier, open_phone(dossier.person_id) if dossier.person_id else None)


def dossier_of_applicant(actor: Actor, code: str) -> Dossier:
    """NotFound dossier.not_found for a dossier that the actor may not see."""
    dossier = Dossier.objects.visible_to(actor).select_related("person").filter(code=code).first()
    if dossier is None:
        raise NotFound("Không tìm thấy hồ sơ này.", code="dossier.not_found")
    return dossier
