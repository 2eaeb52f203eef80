"""A small server for the frame's own pages: the real middleware and content policy, no database, no worker."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.test import override_settings


class QuietHandler(WSGIRequestHandler):
    """Says nothing about each request."""

    def log_message(self, format: str, *arguments: object) -> None:
        """No log line."""


@pytest.fixture(scope="module")
def frame_url() -> Iterator[str]:
    """The address of a server that knows only tests.web.urls."""
    with override_settings(ROOT_URLCONF="tests.web.urls", DEMO_MODE=True, TOTP_REQUIRED=False):
        server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler, connections_override={})
        server.set_app(StaticFilesHandler(get_wsgi_application()))
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        server.server_close()
        thread.join()
