"""An SMS provider in a process of its own: `python sms_provider.py PORT MODE_FILE LOG_FILE`.

MODE_FILE holds the status it answers with, read anew for each message; what it takes (200) goes to LOG_FILE, one JSON
line each. It drops no repeats: the tests count them.
"""

from __future__ import annotations

import json
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status = int(Path(sys.argv[2]).read_text())
        if status == 200:
            descriptor = os.open(sys.argv[3], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            os.write(descriptor, f"{json.dumps(message)}\n".encode())
            os.close(descriptor)
        self.send_response(status)
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        return


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
