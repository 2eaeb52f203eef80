"""People that the police register of the sandbox knows, written into its file while it does not run yet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from interlink.sandbox.store import Store


def seed_people(store: Path, people: Mapping[str, Mapping[str, str]]) -> int:
    """Personal ID → what the register shows. Returns how many it has been given."""
    with Store(store).write() as connection:
        for personal_id, shown in people.items():
            row = [personal_id, json.dumps(dict(shown), ensure_ascii=False)]
            connection.execute("INSERT OR REPLACE INTO people VALUES (?, ?)", row)
    return len(people)
