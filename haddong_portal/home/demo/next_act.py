"""What happens next to a dossier of the demo, and when: the word between the story and its chapters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class NextAct:
    """What happens next to a dossier, and when."""

    at: datetime
    run: Callable[[], object]
    tells: bool = False
    """Whether the applicant gets a message of it."""
