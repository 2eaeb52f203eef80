"""The command line and environment of one agency's process."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from interlink.sandbox.directory import SandboxAgency
from interlink.sandbox.keys import Keys

THREADS = 4


def agency_command(agency: SandboxAgency, *, keys: Keys, port: int) -> list[str]:
    """Granian over HTTPS on loopback; nobody is let in without a certificate of the sandbox's authority."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--factory"]
    command += ["interlink.sandbox.app:make_application", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", str(THREADS), "--no-ws", "--log-level", "warning"]
    command += ["--respawn-failed-workers", "--workers-kill-timeout", "5"]
    command += ["--ssl-certificate", str(keys.certificate(agency.code))]
    command += ["--ssl-keyfile", str(keys.private_key(agency.code)), "--ssl-protocol-min", "tls1.2"]
    return [*command, "--ssl-ca", str(keys.authority), "--ssl-client-verify"]


def agency_environment(
    agency: SandboxAgency, *, keys: Keys, store: Path, callback: str = "", callback_authority: str = ""
) -> Mapping[str, str]:
    return {
        "AGENCY_CODE": agency.code,
        "AGENCY_KEYS": str(keys.home),
        "AGENCY_STORE": str(store),
        "AGENCY_CALLBACK": callback,
        "AGENCY_CALLBACK_CA": callback_authority,
    }
