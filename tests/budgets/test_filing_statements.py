"""What the desk's answers to a filing from home may cost the database: acceptance as an intake, the rest as an act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from dossiers.models import Dossier
from dossiers.services.accept_submission import accept_submission
from dossiers.services.refuse_submission import refuse_submission
from dossiers.services.resubmit_online import resubmit_online
from dossiers.services.return_submission import return_submission
from dossiers.services.submit_online import submit_online
from dossiers.services.supplement_papers import add_asked_paper
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from procedures.constants import ServiceLevel
from procedures.models import ProcedureVersion
from tests.budgets.conftest import at_most
from tests.dossiers.filed import IP, LATER, asked, draft_of, pdf, proof_of, submitted
from tests.factories import MORNING, PublishedProcedure

INTAKE_MAX, STATUS_CHANGE_MAX = 20, 15

pytestmark = pytest.mark.django_db


@pytest.fixture
def online(procedure: PublishedProcedure, settings: Any, tmp_path: Path) -> PublishedProcedure:
    settings.MEDIA_ROOT = str(tmp_path)
    ProcedureVersion.objects.filter(pk=procedure.version.pk).update(service_level=ServiceLevel.FULL)
    return procedure


def test_filing_and_accepting_cost_at_most_what_an_intake_costs(
    online: PublishedProcedure, ward: Unit, desk_clerk_lan: Actor
) -> None:
    accept_submission(actor=desk_clerk_lan, dossier_id=submitted(online, ward).pk, now=LATER)
    key = draft_of(online, ward)
    with at_most(INTAKE_MAX):
        filed = submit_online(key=key, client_ip=IP, now=MORNING)
    with at_most(INTAKE_MAX):
        accept_submission(actor=desk_clerk_lan, dossier_id=filed.dossier_id, now=LATER)


def test_the_other_answers_stay_in_the_budget_of_an_act(
    online: PublishedProcedure, ward: Unit, desk_clerk_lan: Actor
) -> None:
    lines = asked(online)
    answers: list[Callable[..., Dossier]] = [
        partial(return_submission, actor=desk_clerk_lan, lines=lines, reason="Thiếu", now=LATER),
        partial(refuse_submission, actor=desk_clerk_lan, reason="Sai nơi nộp", now=LATER),
    ]
    for answer in answers:
        answer(dossier_id=submitted(online, ward).pk)
        filed = submitted(online, ward)
        with at_most(STATUS_CHANGE_MAX):
            answer(dossier_id=filed.pk)


def test_filing_again_stays_in_the_budget_of_an_act(
    online: PublishedProcedure, ward: Unit, desk_clerk_lan: Actor
) -> None:
    filed = submitted(online, ward)
    return_submission(actor=desk_clerk_lan, dossier_id=filed.pk, lines=asked(online), reason="Thiếu", now=LATER)
    later = LATER + timedelta(minutes=1)
    proof = proof_of(filed, now=later)
    add_asked_paper(proof=proof, requirement_id=online.papers[0].pk, file=pdf(), now=later)
    with at_most(STATUS_CHANGE_MAX):
        resubmit_online(proof=proof, now=later)
