"""The demo's gateway: appends each message as a JSON line to NOTICE_FILE, or writes it to the log."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

from django.conf import settings

from haddong_portal.common import clock
from haddong_portal.notices.gateways.base import GatewayAnswer, Message

logger = logging.getLogger("haddong.notices")


class ConsoleGateway:
    name = "console"

    def send(self, message: Message) -> GatewayAnswer:
        line = json.dumps(
            {
                "key": message.key,
                "at": clock.now().isoformat(),
                "to": message.recipient,
                "subject": message.subject,
                "text": message.body,
            },
            ensure_ascii=False,
        )
        if settings.NOTICE_FILE:
            _append(Path(settings.NOTICE_FILE), line)
            return GatewayAnswer("đã ghi vào tệp")
        logger.info("notice %s", message.key)
        return GatewayAnswer("đã in ra màn hình máy chủ")


def _append(path: Path, line: str) -> None:
    """One write call in append mode, so that several workers never mix lines; readable by the owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, (line + "\n").encode())
    finally:
        os.close(descriptor)
