"""The connected residence register behind citizens.ports: asks the police over the signed protocol (ND104-2022-D14).

The look-up itself, its purpose and its cache are citizens' (`look_up_residence`); the register keeps its own record.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from haddong_portal.citizens.models import Person
from haddong_portal.common.errors import DomainError
from interlink.connectors.base import ConnectorError
from interlink.connectors.choice import connector_of
from interlink.constants import Transport
from interlink.models import Agency
from interlink.services.agency_health import is_paused
from interlink.wire.people import PersonQuery

REGISTER = "police"
OTHER_WAYS = "Xin dùng một trong bốn cách khác theo quy định và ghi lý do."


def ask_residence_register(
    *, person_id: int, purpose: str, reference: str, clerk: str, now: datetime
) -> Mapping[str, str]:
    """Label → value.

    Raises DomainError look_up.not_connected, look_up.no_number, look_up.no_answer and look_up.unknown.
    """
    agency = _register()
    personal_id = Person.objects.only("personal_id").get(pk=person_id).personal_id
    if not personal_id:
        raise DomainError("look_up.no_number", f"Người này chưa có số định danh nên không tra cứu được. {OTHER_WAYS}")
    query = PersonQuery(str(uuid4()), personal_id, purpose[:500], reference[:120], clerk[:200], now)
    try:
        if is_paused(agency, now):
            raise ConnectorError("paused")
        answer = connector_of(agency).look_up(agency, query)
    except ConnectorError as error:
        told = f"Cơ sở dữ liệu về cư trú chưa trả lời. {OTHER_WAYS}"
        raise DomainError("look_up.no_answer", told, "look_up", status=503) from error
    if not answer.found:
        told = f"Cơ sở dữ liệu về cư trú không có người mang số này. {OTHER_WAYS}"
        raise DomainError("look_up.unknown", told, "look_up", status=404)
    return answer.values


def _register() -> Agency:
    agency = Agency.objects.filter(code=REGISTER, transport=Transport.REST, is_active=True).first()
    if agency is None:
        raise DomainError(
            "look_up.not_connected",
            f"Chưa kết nối với cơ sở dữ liệu quốc gia về dân cư. {OTHER_WAYS}",
            "look_up",
        )
    return agency
