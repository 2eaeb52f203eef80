"""Start the agencies below a data folder: as children of the demo's supervisor."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

from haddong_portal.embedded.home import Home
from interlink.sandbox.commands import agency_command, agency_environment
from interlink.sandbox.directory import AGENCIES, PORT_FIRST
from interlink.sandbox.keys import make_keys


class Starter(Protocol):
    """The part of the demo's supervisor that is needed here."""

    environment: dict[str, str]

    def start(self, name: str, command: list[str], *, logged: bool = True) -> None: ...


def port_first() -> int:
    """SANDBOX_PORT: where the first agency listens; the others follow it."""
    return int(os.environ.get("SANDBOX_PORT") or PORT_FIRST)


def start_agencies(supervisor: Starter, home: Home, callback: str, authority: Path | None) -> None:
    """One process each; they post their replies to `callback`, whose certificate `authority` proves."""
    keys = make_keys(home.root / "interlink")
    before = dict(supervisor.environment)
    for agency in AGENCIES:
        store = home.root / "sandbox" / f"{agency.code}.sqlite3"
        words = agency_environment(
            agency, keys=keys, store=store, callback=callback, callback_authority=str(authority or "")
        )
        supervisor.environment = before | dict(words)
        supervisor.start(
            f"agency-{agency.code}", agency_command(agency, keys=keys, port=port_first() + agency.port_offset)
        )
    supervisor.environment = before
