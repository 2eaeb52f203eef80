"""A filing from home under several hands at once: one answer of the desk, one second filing, nothing written twice."""

from __future__ import annotations

from functools import partial

import pytest

from dossiers.models import Dossier, DossierEvent, FiledPaper, Slip
from dossiers.services.accept_submission import accept_submission
from dossiers.services.filing_data import PaperUpload
from dossiers.services.filing_draft import add_paper
from dossiers.services.refuse_submission import refuse_submission
from dossiers.services.resubmit_online import resubmit_online
from dossiers.services.return_submission import return_submission
from dossiers.services.stop_dossier import stop_dossier
from dossiers.services.submit_online import submit_online
from dossiers.services.supplement_papers import add_asked_paper
from dossiers.services.withdraw_filing import withdraw_filing
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from tests.dossiers.filed import IP, LATER, asked, draft_of, pdf, proof_of, submitted
from tests.dossiers.races.conftest import AtOnce
from tests.dossiers.races.test_two_at_once import codes
from tests.factories import MORNING, PublishedProcedure, make_actor

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_of_three_answers_of_the_desk_one_stands(
    at_once: AtOnce, online: PublishedProcedure, ward: Unit, desk_clerk_lan: Actor
) -> None:
    rival = make_actor(ward, Role.CLERK, "Bùi Thị Cúc")
    pk = submitted(online, ward).pk
    answers = at_once(
        [
            partial(accept_submission, actor=desk_clerk_lan, dossier_id=pk, now=LATER),
            partial(refuse_submission, actor=rival, dossier_id=pk, reason="Sai nơi nộp", now=LATER),
            partial(return_submission, actor=rival, dossier_id=pk, lines=asked(online), reason="Thiếu", now=LATER),
        ]
    )
    assert codes(answers) == ["dossier.illegal_move", "dossier.illegal_move", "ok"]
    assert Slip.objects.filter(dossier_id=pk).count() == 1
    assert DossierEvent.objects.filter(dossier_id=pk).count() == 2


def test_taken_back_while_the_desk_accepts_one_of_them_stands(
    at_once: AtOnce, online: PublishedProcedure, ward: Unit, desk_clerk_lan: Actor
) -> None:
    dossier = submitted(online, ward)
    proof = proof_of(dossier)
    answers = at_once(
        [
            partial(accept_submission, actor=desk_clerk_lan, dossier_id=dossier.pk, now=LATER),
            partial(withdraw_filing, proof=proof, now=LATER),
        ]
    )
    assert codes(answers) == ["dossier.illegal_move", "ok"]
    dossier.refresh_from_db()
    assert (dossier.status, dossier.line_no) in (("ACCEPTED", 1), ("STOPPED", None))


def test_accepting_many_at_once_leaves_no_gap_in_the_book(
    at_once: AtOnce, online: PublishedProcedure, ward: Unit, desk_clerk_lan: Actor
) -> None:
    filings = [submitted(online, ward).pk for _ in range(6)]
    answers = at_once([partial(accept_submission, actor=desk_clerk_lan, dossier_id=pk, now=LATER) for pk in filings])
    assert codes(answers) == ["ok"] * 6
    assert sorted(Dossier.objects.values_list("line_no", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert sorted(Slip.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_a_paper_and_the_sending_at_once_lose_no_file(at_once: AtOnce, online: PublishedProcedure, ward: Unit) -> None:
    key = draft_of(online, ward)
    upload = PaperUpload(online.papers[1].pk, pdf("them.pdf"))
    answers = at_once(
        [
            partial(submit_online, key=key, client_ip=IP, now=LATER),
            partial(add_paper, key=key, upload=upload, now=LATER),
        ]
    )
    assert codes(answers) in (["ok", "ok"], ["filing.gone", "ok"])
    dossier = Dossier.objects.get()
    lines = set(dossier.checklist.filter(state="electronic").values_list("requirement_id", flat=True))
    assert lines == set(FiledPaper.objects.filter(dossier=dossier).values_list("requirement_id", flat=True))
    assert not FiledPaper.objects.filter(draft__isnull=False).exists()


def test_filed_again_twice_is_filed_again_once(
    at_once: AtOnce, online: PublishedProcedure, ward: Unit, desk_clerk_lan: Actor
) -> None:
    dossier = submitted(online, ward)
    return_submission(actor=desk_clerk_lan, dossier_id=dossier.pk, lines=asked(online), reason="Thiếu", now=MORNING)
    proof = proof_of(dossier)
    add_asked_paper(proof=proof, requirement_id=online.papers[0].pk, file=pdf(), now=LATER)
    answers = at_once([partial(resubmit_online, proof=proof, now=LATER)] * 2)
    assert codes(answers) == ["dossier.illegal_move", "ok"]
    assert DossierEvent.objects.filter(dossier=dossier, kind="dossier.resubmitted").count() == 1


def test_what_comes_as_the_desk_stops_it_wins_or_is_told(
    at_once: AtOnce, online: PublishedProcedure, ward: Unit, desk_clerk_lan: Actor
) -> None:
    dossier = submitted(online, ward)
    return_submission(actor=desk_clerk_lan, dossier_id=dossier.pk, lines=asked(online), reason="Thiếu", now=MORNING)
    dossier.refresh_from_db()
    assert dossier.supplement_until is not None
    late = dossier.supplement_until + (LATER - MORNING)
    proof = proof_of(dossier, now=late)
    add_asked_paper(proof=proof, requirement_id=online.papers[0].pk, file=pdf(), now=late)
    answers = at_once(
        [
            partial(resubmit_online, proof=proof, now=late),
            partial(stop_dossier, actor=desk_clerk_lan, dossier_id=dossier.pk, now=late),
        ]
    )
    assert codes(answers) == ["dossier.illegal_move", "ok"]
    dossier.refresh_from_db()
    assert dossier.status in ("SUBMITTED", "STOPPED")
