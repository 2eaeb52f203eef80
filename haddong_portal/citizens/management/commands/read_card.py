"""`manage.py read_card PAYLOAD [--json]`: what the card reader understood; needs no database."""

from __future__ import annotations

import io
import json
import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from haddong_portal.common.errors import DomainError
from haddong_portal.common.identifiers.card_qr import CardReading, read_card

FROM_STDIN = "-"


class Command(BaseCommand):
    """Exit code 0 when the payload is a card, 1 when it is refused."""

    help = "Đọc nội dung mã QR trên thẻ căn cước và in các mục đã hiểu."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("payload", help="nội dung mã QR; dấu - để đọc từ đầu vào chuẩn")
        parser.add_argument("--json", action="store_true", help="in JSON, chữ tiếng Việt giữ nguyên")

    def handle(self, *args: Any, **options: Any) -> None:
        _speak_utf8()
        payload = sys.stdin.read() if options["payload"] == FROM_STDIN else _argument(options["payload"])
        try:
            answer = _fields(read_card(payload))
        except DomainError as refusal:
            answer = {**_EMPTY, "ok": False, "error": refusal.code, "message": refusal.message}
        lines = json.dumps(answer, ensure_ascii=False, indent=2) if options["json"] else _as_text(answer)
        self.stdout.write(lines)
        if not answer["ok"]:
            sys.exit(1)


def _speak_utf8() -> None:
    """Whatever the locale says (cron, containers): Vietnamese goes in and out as UTF-8."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _argument(text: str) -> str:
    """An argument's bytes as UTF-8; bytes that are not become U+FFFD, which the reader names as damage."""
    return os.fsencode(text).decode("utf-8", errors="replace")


_EMPTY: dict[str, object] = {
    "ok": True,
    "id": None,
    "name": None,
    "dob": None,
    "sex": None,
    "old_id": None,
    "address": None,
    "issued_on": None,
    "warnings": [],
    "warning_codes": [],
    "error": None,
    "message": None,
}


def _fields(card: CardReading) -> dict[str, object]:
    return {
        **_EMPTY,
        "id": card.id,
        "name": card.name,
        "dob": card.dob_text,
        "sex": str(card.sex),
        "old_id": card.old_id,
        "address": card.address,
        "issued_on": card.issued_on.isoformat() if card.issued_on else None,
        "warnings": [warning.message for warning in card.warnings],
        "warning_codes": [warning.code for warning in card.warnings],
    }


def _as_text(answer: dict[str, object]) -> str:
    return "\n".join(f"{key}: {value}" for key, value in answer.items() if value not in (None, []))
