"""A message about a dossier, and a real HTTP provider on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from haddong_portal.common.clock import VIETNAM
from haddong_portal.notices.constants import NoticeChannel, NoticeEvent
from haddong_portal.notices.services.queue_notice import queue_notice

NOW = datetime(2024, 2, 15, 9, 0, tzinfo=VIETNAM)
FACTS = {
    "code": "000.18.01.H26-240215-0001",
    "name": "Trần Văn Tú",
    "procedure": "Đăng ký khai sinh",
    "due": "thứ Năm, 15/02/2024, trước 17:00",
    "unit": "UBND phường Quang Trung",
    "link": "https://motcua.example/t/abc",
    "place": "bộ phận Một cửa",
}


def queue_result_ready(**changes: Any) -> int | None:
    """Tell Tú that his result is ready, unless `changes` say otherwise."""
    arguments: dict[str, Any] = {
        "reference": "dossier:1",
        "rule": "result_ready",
        "event": NoticeEvent.RESULT_READY,
        "channel": NoticeChannel.SMS,
        "recipient": "0912345678",
        "recipient_name": "Trần Văn Tú",
        "facts": FACTS,
        "unit_id": 1,
        "now": NOW,
    }
    return queue_notice(**{**arguments, **changes})


@pytest.fixture
def notice_file(tmp_path: Path, settings: Any) -> Path:
    settings.NOTICE_FILE = str(tmp_path / "out" / "notices.jsonl")
    return Path(settings.NOTICE_FILE)


class Provider(ThreadingHTTPServer):
    """A real HTTP SMS provider on loopback that can be told which status to answer, or to hang up without one."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.hangs_up = False
        self.seen: list[dict[str, Any]] = []


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append({"header": self.headers["Idempotency-Key"], **json.loads(body)})
        if self.server.hangs_up:
            self.connection.close()
            return
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *args: Any) -> None:
        return


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    server = Provider()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.NOTICE_GATEWAYS = {"sms": "http_sms"}
    settings.NOTICE_HTTP_SMS_URL = f"http://127.0.0.1:{server.server_port}/send"
    yield server
    server.shutdown()
    server.server_close()
