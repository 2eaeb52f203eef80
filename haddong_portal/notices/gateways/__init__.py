"""Ways to reach a phone or a mailbox, behind one small interface; which ones are used is a setting."""

from __future__ import annotations

from haddong_portal.notices.gateways.base import Gateway, GatewayAnswer, GatewayError, Message
from haddong_portal.notices.gateways.choose import gateway_named, gateway_names

__all__ = ["Gateway", "GatewayAnswer", "GatewayError", "Message", "gateway_named", "gateway_names"]
