"""From the settings' names of gateways to the gateways."""

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


def gateway_names(channel: str) -> list[str]:
    """The gateways of a channel in the deployment's order (`http_sms,apprise`); ImproperlyConfigured for others."""
    names = [name.strip() for name in settings.NOTICE_GATEWAYS.get(channel, "console").split(",") if name.strip()]
    unknown = [name for name in names if name not in MAKERS]
    if unknown or not names:
        raise ImproperlyConfigured(f"NOTICE gateway {unknown} for {channel!r}: some of {', '.join(MAKERS)}")
    return names


def gateway_named(name: str) -> Gateway:
    return MAKERS[name]()
