"""Signing several at once: each alone in its transaction, each refusal told, one procedure at a time."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

import pytest
from django.db import DatabaseError

from dossiers.constants import EventKind, LateReason
from dossiers.models import Dossier, DossierEvent, StepRun
from dossiers.services import sign_batch as module
from dossiers.services.finish_step import finish_step
from dossiers.services.lateness import Lateness
from dossiers.services.sign_batch import BATCH_MAX, Chosen, sign_batch
from dossiers.services.sign_result import sign_result
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError, NotAllowed
from tests.dossiers.conftest import Story
from tests.factories import make_actor, publish_procedure

pytestmark = pytest.mark.django_db


def seen(*dossiers: Dossier) -> list[Chosen]:
    return [Chosen(dossier.pk, dossier.row_version) for dossier in dossiers]


def refused(story: Story) -> Dossier:
    dossier = story.taken()
    finish_step(actor=story.officer, dossier_id=dossier.pk, note="Thiếu điều kiện", proposal="refuse", now=story.now())
    return story.fresh(dossier.pk)


def test_all_chosen_are_signed_and_each_tells_its_event(story: Story) -> None:
    first, second = story.at_signing(), story.at_signing()
    report = sign_batch(actor=story.leader, chosen=seen(first, second), note="Đồng ý", now=story.now())
    assert [line.code for line in report.signed] == [first.code, second.code] and report.failed == []
    for dossier in (first, second):
        event = DossierEvent.objects.get(dossier=dossier, kind=EventKind.SIGNED)
        assert (event.actor_user_id, event.note) == (story.leader.user_id, "Đồng ý")
        assert story.fresh(dossier.pk).status == "PROCESSING"


def test_one_that_is_refused_stops_no_other_and_is_named(story: Story) -> None:
    first, gone, last = story.at_signing(), story.at_signing(), story.at_signing()
    rival = make_actor(Unit.objects.get(pk=story.leader.unit_id), Role.LEADER, "Trần Quốc Bảo")
    sign_result(actor=rival, dossier_id=gone.pk, now=story.now())
    report = sign_batch(actor=story.leader, chosen=seen(first, gone, last), now=story.now())
    assert [line.dossier_id for line in report.signed] == [first.pk, last.pk]
    (line,) = report.failed
    assert (line.code, line.error, line.status) == (gone.code, "dossier.signed", 409)
    assert "Trần Quốc Bảo đã ký hồ sơ này lúc" in line.message


def test_a_leader_signs_what_he_saw(story: Story) -> None:
    dossier = story.at_signing()
    stale = Chosen(dossier.pk, dossier.row_version - 1)
    (line,) = sign_batch(actor=story.leader, chosen=[stale], now=story.now()).failed
    assert (line.error, line.status) == ("dossier.changed", 409)


def test_a_draft_in_another_leaders_hands_stays_there(story: Story) -> None:
    dossier = story.taken()
    rival = make_actor(Unit.objects.get(pk=story.leader.unit_id), Role.LEADER, "Trần Quốc Bảo")
    finish_step(actor=story.officer, dossier_id=dossier.pk, next_officer_id=rival.user_id, now=story.now())
    (line,) = sign_batch(actor=story.leader, chosen=seen(story.fresh(dossier.pk)), now=story.now()).failed
    assert line.error == "dossier.taken" and "Trần Quốc Bảo" in line.message


def test_a_refusal_is_not_signed_with_others(story: Story) -> None:
    (line,) = sign_batch(actor=story.leader, chosen=seen(refused(story)), now=story.now()).failed
    assert (line.error, line.status) == ("batch.refusal_proposed", 409)
    assert story.fresh(line.dossier_id).status == "SIGNING"


def test_a_late_step_asks_for_the_reason_once_for_all(story: Story) -> None:
    first, second = story.at_signing(), story.at_signing()
    later = story.now() + timedelta(days=14)
    report = sign_batch(actor=story.leader, chosen=seen(first), now=later)
    assert [line.error for line in report.failed] == ["step.late_reason_missing"]
    late = Lateness(LateReason.STAFF, "Lãnh đạo đi công tác")
    report = sign_batch(actor=story.leader, chosen=seen(first, second), late=late, now=later)
    assert len(report.signed) == 2
    assert set(StepRun.objects.filter(action="sign").values_list("late_reason", flat=True)) == {LateReason.STAFF}


def test_two_procedures_are_not_signed_together(story: Story) -> None:
    first, own = story.at_signing(), story.procedure
    story.procedure = publish_procedure(at=Unit.objects.get(pk=story.leader.unit_id))
    other, story.procedure = story.at_signing(), own
    with pytest.raises(DomainError) as refusal:
        sign_batch(actor=story.leader, chosen=seen(first, other), now=story.now())
    assert refusal.value.code == "batch.mixed_kinds"
    assert not DossierEvent.objects.filter(kind=EventKind.SIGNED).exists()


@pytest.mark.parametrize(("count", "code"), [(0, "batch.empty"), (BATCH_MAX + 1, "batch.too_many")])
def test_none_and_too_many_are_refused(leader_hoa: Actor, count: int, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        sign_batch(actor=leader_hoa, chosen=[Chosen(number + 1, 1) for number in range(count)])
    assert refusal.value.code == code


def test_a_dossier_of_another_ward_is_not_there(story: Story, stranger_nga: Actor) -> None:
    dossier = story.at_signing()
    elsewhere = make_actor(Unit.objects.get(pk=stranger_nga.unit_id), Role.LEADER, "Lý Văn Xa")
    (line,) = sign_batch(actor=elsewhere, chosen=seen(dossier), now=story.now()).failed
    assert (line.error, line.code, line.applicant_name) == ("dossier.not_found", "", "")


def test_who_may_not_sign_signs_nothing(story: Story) -> None:
    with pytest.raises(NotAllowed):
        sign_batch(actor=story.officer, chosen=seen(story.at_signing()), now=story.now())


def test_trouble_in_the_database_costs_only_its_own_dossier(story: Story) -> None:
    first, second = story.at_signing(), story.at_signing()
    once = mock.Mock(side_effect=[DatabaseError("deadlock detected"), None])
    with mock.patch.object(module, "sign_result", once):
        report = sign_batch(actor=story.leader, chosen=seen(first, second), now=story.now())
    assert [line.error for line in report.failed] == ["batch.not_saved"] and len(report.signed) == 1


class TestProposal:
    def test_it_stays_with_the_examination(self, story: Story) -> None:
        dossier = refused(story)
        assert StepRun.objects.get(dossier=dossier, action="examine").proposal == "refuse"

    @pytest.mark.parametrize(
        ("proposal", "note", "code"),
        [("maybe", "", "proposal.unknown"), ("refuse", "  ", "proposal.reason_missing")],
    )
    def test_a_bent_or_bare_one_is_refused(self, story: Story, proposal: str, note: str, code: str) -> None:
        dossier = story.taken()
        with pytest.raises(DomainError) as refusal:
            finish_step(actor=story.officer, dossier_id=dossier.pk, note=note, proposal=proposal, now=story.now())
        assert refusal.value.code == code
        assert story.fresh(dossier.pk).current_action == "examine"
