"""The first steps of what citizens do on their own dossier: the phone proven, the row locked, the move legal.

Whoever holds the tracking link asks for a code to the registered phone; the challenge that confirms it is good for
PHONE_CONFIRMED_MINUTES and for this dossier only, and no longer once another phone is registered. A connected
system acts for those it has filed for.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from dossiers.models import Dossier
from dossiers.permissions import FILE_FOR_OTHERS
from dossiers.rules.lifecycle import Command, check_move
from haddong_portal.citizens.selectors.phone_codes import confirmed_phone
from haddong_portal.citizens.services.confirm_phone_code import confirm_phone_code
from haddong_portal.citizens.services.send_phone_code import SentCode, send_phone_code
from haddong_portal.common import clock
from haddong_portal.common.actors import PUBLIC_ACTOR, Actor
from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.identifiers.phones import is_mobile

PURPOSE = "own-dossier"


@dataclass(frozen=True)
class OwnerProof:
    """Who acts: the dossier's code and the challenge that its phone has confirmed."""

    code: str
    challenge_id: uuid.UUID

    @property
    def actor(self) -> Actor:
        return PUBLIC_ACTOR


@dataclass(frozen=True)
class SystemProof:
    """Who acts: the connected system that filed the dossier, and stands for its citizen."""

    code: str
    actor: Actor


Proof = OwnerProof | SystemProof


def send_owner_code(*, code: str, client_ip: str, now: datetime | None = None) -> SentCode:
    """A one-time code to the dossier's registered phone. Raises tracking.no_match, tracking.no_phone, phone_code.*."""
    dossier = Dossier.objects.filter(code=code).only("phone").first()
    if dossier is None:
        raise no_match()
    if not is_mobile(dossier.phone):
        raise DomainError(
            "tracking.no_phone",
            "Hồ sơ không có số điện thoại di động nên không xác nhận trực tuyến được. Xin đến bộ phận Một cửa.",
            status=409,
        )
    return send_phone_code(phone=dossier.phone, purpose=PURPOSE, reference=code, client_ip=client_ip, now=now)


def confirm_owner(*, code: str, challenge_id: uuid.UUID, given: str, now: datetime | None = None) -> OwnerProof:
    """The proof. Raises phone_code.*; never inside a transaction."""
    proven = confirm_phone_code(challenge_id=challenge_id, purpose=PURPOSE, code=given, now=now)
    if proven.reference != code:
        raise DomainError("phone_code.expired", "Mã này không dùng cho hồ sơ này. Xin yêu cầu mã khác.", "code")
    return OwnerProof(code, challenge_id)


def check_proof(dossier: Dossier, proof: Proof, now: datetime) -> None:
    """Raises DomainError tracking.not_proven (403) when the proof is not, or no longer, one for this dossier; a system
    that did not file it gets tracking.no_match, as for one that does not exist."""
    if isinstance(proof, SystemProof):
        proof.actor.require(FILE_FOR_OTHERS)
        if dossier.filed_by_id is None or dossier.filed_by_id != proof.actor.user_id:
            raise no_match()
        return
    phone = confirmed_phone(challenge_id=proof.challenge_id, purpose=PURPOSE, reference=dossier.code, now=now)
    if not phone or phone != dossier.phone:
        raise DomainError(
            "tracking.not_proven", "Cần xác nhận lại số điện thoại đã đăng ký trước khi làm tiếp.", status=403
        )


def lock_own(*, proof: Proof, command: Command, now: datetime) -> Dossier:
    """The locked dossier; inside a transaction. Raises tracking.no_match, .not_proven and dossier.illegal_move."""
    rows = Dossier.objects.select_for_update(no_key=True, of=("self",)).select_related("receiving_unit")
    dossier = rows.filter(code=proof.code).first()
    if dossier is None:
        raise no_match()
    check_proof(dossier, proof, now)
    check_move(command, dossier.status)
    return dossier


def read_own(*, proof: Proof, now: datetime | None = None) -> Dossier:
    """The dossier of a proof, to be shown. Raises tracking.no_match, tracking.not_proven."""
    joined = (
        "receiving_unit__parent",
        "person",
        "organisation",
        "procedure",
        "ruleset",
        "received_by",
        "representative",
    )
    dossier = Dossier.objects.select_related(*joined).filter(code=proof.code).first()
    if dossier is None:
        raise no_match()
    check_proof(dossier, proof, now or clock.now())
    return dossier


def no_match() -> NotFound:
    return NotFound("Không tìm thấy hồ sơ khớp với thông tin đã nhập.", code="tracking.no_match")
