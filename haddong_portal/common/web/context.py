"""What every template may ask for: the unit's facts, the actor, the navigation. Nothing here costs a query unasked."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from haddong_portal.common.web import nav
from haddong_portal.common.web.views import actor_of


def portal_facts() -> dict[str, str]:
    """The deployment's names and addresses, from the settings."""
    unit_name: str = getattr(settings, "PORTAL_UNIT_NAME", "Ủy ban nhân dân quận Hà Đông")
    return {
        "unit_name": unit_name,
        "unit_short": unit_name.replace("Ủy ban nhân dân", "UBND"),
        "superior_name": getattr(settings, "PORTAL_SUPERIOR_NAME", "Thành phố Hà Nội"),
        "wordmark": getattr(settings, "PORTAL_WORDMARK", "Cổng Một cửa"),
        "place": getattr(settings, "PORTAL_PLACE", "Hà Đông"),
        "hotline": getattr(settings, "PORTAL_HOTLINE", ""),
        "address": getattr(settings, "PORTAL_ADDRESS", ""),
        "public_url": getattr(settings, "PUBLIC_URL", ""),
    }


def portal(request: HttpRequest) -> dict[str, Any]:
    """`portal`, `demo_mode`, `totp_off`; only when asked for: `actor`, `nav_items`, `nav_look`, `public_nav`."""
    return {
        "portal": portal_facts(),
        "demo_mode": getattr(settings, "DEMO_MODE", False),
        "totp_off": not getattr(settings, "TOTP_REQUIRED", True),
        "actor": SimpleLazyObject(lambda: actor_of(request)),
        "nav_items": SimpleLazyObject(lambda: nav.items_for(request, actor_of(request))),
        "nav_look": SimpleLazyObject(lambda: nav.look_of(request, actor_of(request))),
        "public_nav": SimpleLazyObject(lambda: nav.items_for(request, actor_of(request), nav.PUBLIC_AREA)),
    }
