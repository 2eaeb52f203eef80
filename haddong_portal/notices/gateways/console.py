"""The demo's gateway: appends each message as a JSON line to NOTICE_FILE, or writes it to the log."""

from __future__ import annotations

import json
import logging
from pathlib import Path

from django.conf import settings

from haddong_portal.common import clock
from haddong_portal.notices.gateways.base import GatewayAnswer, GatewayError, Message
from haddong_portal.notices.gateways.line_log import append_once

logger = logging.getLogger("haddong.notices")


class ConsoleGateway:
    name = "console"

    def send(self, message: Message) -> GatewayAnswer:
        if not settings.NOTICE_FILE:
            logger.info("notice %s", message.key)
            return GatewayAnswer("đã in ra màn hình máy chủ")
        try:
            is_new = append_once(Path(settings.NOTICE_FILE), message.key, _line(message))
        except OSError as error:
            raise GatewayError(f"{type(error).__name__}: {error.strerror}") from error
        return GatewayAnswer("đã ghi vào tệp" if is_new else "đã có trong tệp, không ghi lại")


def _line(message: Message) -> str:
    content = {
        "key": message.key,
        "at": clock.now().isoformat(),
        "to": message.recipient,
        "subject": message.subject,
        "text": message.body,
    }
    return json.dumps(content, ensure_ascii=False)
