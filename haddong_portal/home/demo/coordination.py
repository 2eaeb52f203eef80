"""What the demo's officers do beside examining: look for themselves."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random

from dossiers.constants import Status
from dossiers.models import Dossier, Verification
from dossiers.services.finish_verification import finish_verification
from dossiers.services.verify_on_site import verify_on_site
from haddong_portal.home.demo.people import words
from procedures.constants import StepAction

VERIFIED_SHARE, CONFIRMED_SHARE = 0.06, 0.85


def act_beside(dossier: Dossier, dice: Random) -> Callable[..., object] | None:
    """What comes before the step is finished; None when nothing does. The dice fall only while it is examined."""
    if dossier.status == Status.VERIFYING:
        confirmed = dice.random() < CONFIRMED_SHARE
        return partial(finish_verification, minutes=dice.choice(words()["verify_minutes"]), confirmed=confirmed)
    if dossier.status != Status.PROCESSING or dossier.current_action != StepAction.EXAMINE:
        return None
    if dice.random() < VERIFIED_SHARE and not Verification.objects.filter(dossier=dossier).exists():
        return partial(
            verify_on_site, subject=dice.choice(words()["verify_subjects"]), planned_hours=dice.randint(1, 8)
        )
    return None
