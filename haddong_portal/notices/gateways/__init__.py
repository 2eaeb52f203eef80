"""Ways to reach a phone or a mailbox, behind one small interface; which one is used is a setting."""

from __future__ import annotations

from haddong_portal.notices.gateways.base import Gateway, GatewayAnswer, GatewayError, Message
from haddong_portal.notices.gateways.choose import gateway_for

__all__ = ["Gateway", "GatewayAnswer", "GatewayError", "Message", "gateway_for"]
