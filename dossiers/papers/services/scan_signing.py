"""Sign a digitised file with the clerk's own certificate, else the unit's (TT 01/2023 art. 9, NĐ 45/2020 art. 10).

Without a certificate, or when it cannot be used, the file stays as it is and is a picture to look at only: it says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dossiers.papers.constants import SignatureState, Trust
from haddong_portal.accounts.models import Unit, User
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.signing.keys import has_key, key_of, staff_holder, unit_holder
from haddong_portal.common.signing.report import SignatureState as Proven
from haddong_portal.common.signing.sign_pdf import sign_pdf
from haddong_portal.common.signing.stamps import Stamp
from haddong_portal.common.signing.verify_pdf import verify_pdf

REASON = "Số hóa giấy tờ, đã đối chiếu với bản chính"
CAPTION = "Bản số hóa, ký số bởi"
ONLY_A_PICTURE = "Chưa có chứng thư số của đơn vị hoặc của ông/bà: bản số hóa chỉ là bản tham khảo."


@dataclass(frozen=True, slots=True)
class SignedScan:
    """The file as it goes into the store, how far it may be trusted, and why not further."""

    content: bytes
    trust: Trust
    state: SignatureState = SignatureState.NONE
    report: Mapping[str, Any] = field(default_factory=dict)
    why_not: str = ""


def can_sign(actor: Actor, unit: Unit) -> bool:
    """Whether a scan confirmed by this clerk will be signed; asked before, so that the page can say so."""
    return _holder(actor, unit) is not None


def sign_scan(content: bytes, *, actor: Actor, unit: Unit, now: datetime) -> SignedScan:
    """The file, signed and proven where a certificate is there."""
    holder = _holder(actor, unit)
    if holder is None:
        return SignedScan(content, Trust.CHECKED, why_not=ONLY_A_PICTURE)
    stamp = Stamp(unit=unit.name, person=actor.name, caption=CAPTION)
    try:
        signed = sign_pdf(content, signer=key_of(holder), reason=REASON, place=unit.name, stamp=stamp, now=now)
    except DomainError as error:
        return SignedScan(content, Trust.CHECKED, why_not=f"{error.message} Bản số hóa chỉ là bản tham khảo.")
    report = verify_pdf(signed, now)
    state = SignatureState(report.state.value.upper())
    if report.state != Proven.VALID:
        return SignedScan(signed, Trust.CHECKED, state, report.as_json(), f"{report.why_not} Chỉ là bản tham khảo.")
    return SignedScan(signed, Trust.SIGNED_DIGITISED, state, report.as_json())


def _holder(actor: Actor, unit: Unit) -> str | None:
    username = User.objects.filter(pk=actor.user_id or 0).values_list("username", flat=True).first()
    holders = [staff_holder(username)] if username else []
    return next((holder for holder in [*holders, unit_holder(unit.key)] if has_key(holder)), None)
