"""From the settings' name of a gateway to the gateway."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from haddong_portal.notices.gateways.apprise_gateway import AppriseGateway
from haddong_portal.notices.gateways.base import Gateway
from haddong_portal.notices.gateways.console import ConsoleGateway
from haddong_portal.notices.gateways.http_sms import HttpSmsGateway
from haddong_portal.notices.gateways.smtp import SmtpGateway

MAKERS: dict[str, Callable[[], Gateway]] = {
    "console": ConsoleGateway,
    "smtp": SmtpGateway,
    "http_sms": HttpSmsGateway,
    "apprise": AppriseGateway,
}


def gateway_for(channel: str) -> Gateway:
    """The gateway that the deployment chose for a channel; raises ImproperlyConfigured for an unknown name."""
    name = settings.NOTICE_GATEWAYS.get(channel, "console")
    if name not in MAKERS:
        raise ImproperlyConfigured(f"NOTICE gateway {name!r} for {channel!r}: one of {', '.join(MAKERS)}")
    return MAKERS[name]()
