"""File again what the desk gave back: T4, WAIT_SUPPLEMENT → SUBMITTED; the check's working hours start anew.

Whoever has proven the dossier's phone, or the system that filed it. Every paper that was asked for must be
there. Writes lines, the dossier, one event and one message.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import ChecklistState, EventKind, Status
from dossiers.models import ChecklistLine, Dossier, SlipLine
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


@transaction.atomic
def resubmit_online(*, proof: Proof, now: datetime | None = None) -> Dossier:
    """The dossier, SUBMITTED again. Raises filing.lines_missing, tracking.not_proven, dossier.illegal_move."""
    moment = clock.local(now or clock.now())
    dossier = lock_own(proof=proof, command=Command.RESUBMIT, now=moment)
    refuse_other_states(dossier, accepted=False)
    asked = asked_papers(dossier)
    refuse_missing(asked)
    SlipLine.objects.filter(pk__in=[line.pk for line in asked.lines]).update(received_at=moment)
    told = ChecklistLine.objects.filter(dossier=dossier, requirement_id__in=asked.by_requirement)
    told.update(state=ChecklistState.ELECTRONIC)
    rules, calendar = rules_on(moment.date()), work_calendar_for(dossier.receiving_unit_id)
    dossier.status, dossier.supplement_until = Status.SUBMITTED, None
    dossier.check_due_at = submission_check_due_at(moment, calendar, rules.policy)
    save_columns(dossier, ["status", "supplement_until", "check_due_at"], now=moment)
    tell_submitted(
        dossier, EventKind.RESUBMITTED, rules, actor=proof.actor, from_status=Status.WAIT_SUPPLEMENT, now=moment
    )
    return dossier
