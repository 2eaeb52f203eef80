"""What the keeper tells the other processes about its servers, in `run/servers.json` (0600)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal, Self

from haddong_portal.embedded.home import Home

Status = Literal["ready", "stopping", "failed"]


@dataclass(frozen=True)
class ServerState:
    """One reading of the state file. `code` and `message` are set when the start failed."""

    status: Status
    keeper_pid: int
    postgres_pid: int = 0
    socket_dir: str = ""
    valkey_pid: int = 0
    redis_url: str = ""
    code: str = ""
    message: str = ""

    @classmethod
    def read(cls, home: Home) -> Self | None:
        """The state, or None when there is no readable one."""
        try:
            return cls(**json.loads(home.state_file.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def write(self, home: Home) -> None:
        """Replace the file whole."""
        home.write_private(home.state_file, json.dumps(asdict(self)))
