"""Connect the agencies of the sandbox: address, member and service codes, public keys. Production refuses."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings
from django.db import transaction

from haddong_portal.common.errors import DomainError
from interlink.constants import Transport
from interlink.models import Agency
from interlink.sandbox.directory import AGENCIES
from interlink.sandbox.keys import make_keys


@transaction.atomic
def connect_sandbox(*, port_first: int) -> int:
    """How many agencies are connected now. May run again. Raises DomainError sandbox.not_in_production."""
    if settings.PORTAL_MODE == "production":
        raise DomainError("sandbox.not_in_production", "Cơ quan thử nghiệm không được kết nối với hệ thống thật.")
    keys = make_keys(Path(settings.INTERLINK_HOME))
    public = json.loads(keys.public.read_text(encoding="utf-8"))
    for agency in AGENCIES:
        Agency.objects.update_or_create(
            code=agency.code,
            defaults={
                "transport": Transport.REST,
                "base_url": f"https://127.0.0.1:{port_first + agency.port_offset}",
                "member_code": agency.member,
                "service_code": agency.service,
                "jwks": public[agency.code],
                "is_active": True,
                "failures_in_row": 0,
                "paused_until": None,
            },
            create_defaults={
                "name": agency.name,
                "transport": Transport.REST,
                "base_url": f"https://127.0.0.1:{port_first + agency.port_offset}",
                "member_code": agency.member,
                "service_code": agency.service,
                "jwks": public[agency.code],
            },
        )
    return len(AGENCIES)
