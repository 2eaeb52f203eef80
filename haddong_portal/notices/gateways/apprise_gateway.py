"""Any of the services that the Apprise library knows, chosen by NOTICE_APPRISE_URL with {to} for the recipient."""

from __future__ import annotations

from urllib.parse import quote

import apprise
from django.conf import settings

from haddong_portal.notices.gateways.base import GatewayAnswer, GatewayError, Message


class AppriseGateway:
    name = "apprise"

    def send(self, message: Message) -> GatewayAnswer:
        sender = apprise.Apprise()
        if not sender.add(settings.NOTICE_APPRISE_URL.replace("{to}", quote(message.recipient, safe=""))):
            raise GatewayError("địa chỉ cổng gửi không hợp lệ", final=True)
        if not sender.notify(title=message.subject, body=message.body):
            raise GatewayError("cổng gửi từ chối hoặc không trả lời")
        return GatewayAnswer("cổng gửi đã nhận")
