"""Send from home what an accepted dossier was asked for (NĐ 45/2020 art. 12); the desk still receives it (T9).

Whoever has proven the dossier's phone, or the system that filed it. The clock goes on standing until the desk
has looked: `receive_supplement` starts the limit anew. Writes when the desk must have looked, one event, one message.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind
from dossiers.models import Dossier
from dossiers.rules.lifecycle import Command
from dossiers.rules.waits import submission_check_due_at
from dossiers.selectors.asked_papers import asked_papers
from dossiers.selectors.rulesets import rules_on
from dossiers.services.own_dossier import Proof, lock_own
from dossiers.services.saving import save_columns
from dossiers.services.supplement_papers import refuse_missing, refuse_other_states
from dossiers.services.writing_filing import tell_submitted
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common import clock
from haddong_portal.common.errors import Conflict


@transaction.atomic
def send_supplement(*, proof: Proof, now: datetime | None = None) -> Dossier:
    """The dossier, still waiting, with the desk's deadline. Raises filing.lines_missing, tracking.not_proven,
    dossier.illegal_move and Conflict filing.already_sent."""
    moment = clock.local(now or clock.now())
    dossier = lock_own(proof=proof, command=Command.SEND_SUPPLEMENT, now=moment)
    refuse_other_states(dossier, accepted=True)
    if dossier.check_due_at is not None:
        raise Conflict("filing.already_sent", "Giấy tờ bổ sung đã được gửi, đang chờ bộ phận Một cửa kiểm tra.")
    refuse_missing(asked_papers(dossier))
    rules, calendar = rules_on(moment.date()), work_calendar_for(dossier.receiving_unit_id)
    dossier.check_due_at = submission_check_due_at(moment, calendar, rules.policy)
    save_columns(dossier, ["check_due_at"], now=moment)
    tell_submitted(dossier, EventKind.SUPPLEMENT_SENT, rules, actor=proof.actor, from_status=dossier.status, now=moment)
    return dossier
