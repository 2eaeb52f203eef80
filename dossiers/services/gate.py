"""The gate of the last day but one: "on time", or apology and new date (domain.md §4.4). A check of the acts.

From its opening to the due date the officers' and leaders' acts that neither end the work nor answer it are refused.
"""

from __future__ import annotations

from datetime import datetime

from dossiers.models import Dossier
from dossiers.rules.lifecycle import AGENCY
from dossiers.rules.waits import gate_opens_at
from dossiers.selectors.rulesets import policy_by_id
from dossiers.services.reminding import gate_answered
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common.actors import Actor
from haddong_portal.common.dates import due_text
from haddong_portal.common.errors import Conflict


def gate_is_open(dossier: Dossier, now: datetime) -> bool:
    """Whether the choice is to be made now and has not been made."""
    if dossier.due_at is None or dossier.accepted_at is None or dossier.paused_at is not None:
        return False
    if now > dossier.due_at or gate_answered(dossier):
        return False
    calendar = work_calendar_for(dossier.receiving_unit_id)
    opens_at = gate_opens_at(dossier.due_at, dossier.accepted_at, calendar, policy_by_id(dossier.ruleset_id))
    return opens_at is not None and opens_at <= now


def refuse_at_gate(dossier: Dossier, actor: Actor, now: datetime) -> None:
    """Conflict dossier.gate_open for officers and leaders while the choice is due."""
    if actor.role not in AGENCY or not gate_is_open(dossier, now):
        return
    assert dossier.due_at is not None, "an open gate has a due date"
    raise Conflict(
        "dossier.gate_open",
        f"Hồ sơ hẹn trả {due_text(dossier.due_at)}. Trước khi làm tiếp, xin chọn “Cam kết trả đúng hẹn” hoặc “Xin lỗi "
        "và hẹn lại”.",
        data={"due_at": dossier.due_at.isoformat()},
    )
