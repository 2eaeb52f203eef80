"""Lock an online filing for the desk's check."""

from __future__ import annotations

from dossiers.models import Dossier
from dossiers.rules.lifecycle import Command
from dossiers.selectors.act_rules import at_desk
from dossiers.services.locking import lock_where, refuse_stale
from haddong_portal.common.actors import Actor


def lock_filing(*, actor: Actor, command: Command, dossier_id: int, row_version: int | None) -> Dossier:
    """The locked dossier, for the desk it was filed at. Raises as `lock_where`, and Conflict dossier.changed."""
    dossier = lock_where(
        actor=actor,
        command=command,
        dossier_id=dossier_id,
        fits=at_desk,
        refusal="Hồ sơ được nộp tới bộ phận Một cửa của đơn vị khác.",
    )
    refuse_stale(dossier, row_version)
    return dossier
