"""Waiting for a financial duty: asked for, confirmed, refused; the clock stands only where the sector's law says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from dossiers.constants import ChargeKind, EventKind, IntervalKind, Status
from dossiers.models import Charge, Dossier, DossierEvent, Pause, RuleSet, Slip
from dossiers.services.collect_fee import collect_fee
from dossiers.services.confirm_payment import confirm_payment
from dossiers.services.request_payment import DutyLine, request_payment
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.notices.models import Notice
from procedures.models import ProcedureVersion, Sector
from tests.dossiers.conftest import Story
from tests.factories import MORNING

pytestmark = pytest.mark.django_db

TAX = DutyLine(kind=ChargeKind.TAX, label="Thuế thu nhập cá nhân", amount_vnd=12_000_000)
FEE = DutyLine(kind=ChargeKind.FEE, label="Phí thẩm định hồ sơ", amount_vnd=500_000)


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refusal:
        call()
    return refusal.value.code


def ask(story: Story, dossier: Dossier, **data: Any) -> DossierEvent:
    given = {"actor": story.officer, "dossier_id": dossier.pk, "lines": [TAX], "reason": "Thông báo thuế số 12/TB"}
    return request_payment(**{**given, "now": story.now(), **data})


def confirm(story: Story, dossier: Dossier, **data: Any) -> DossierEvent:
    given = {"actor": story.clerk, "dossier_id": dossier.pk, "proof": "Giấy nộp tiền số 7", "now": story.now()}
    return confirm_payment(**{**given, **data})


@pytest.fixture
def examined(story: Story) -> Dossier:
    """In the officer's hands, in a sector whose law knows no pause."""
    return story.taken()


@pytest.fixture
def land(story: Story) -> Dossier:
    """The same in land matters, which the rule-set names."""
    sector = Sector.objects.create(name="Đất đai", name_folded="dat dai")
    ProcedureVersion.objects.filter(pk=story.procedure.version.pk).update(sector=sector)
    dossier = story.taken()
    named = {"value": ["đất đai"], "unit": "procedure_codes_or_sectors", "legal_key": "ND43-2014-D61"}
    rules = RuleSet.objects.get(pk=dossier.ruleset_id)
    rules.policy = {**rules.policy, "financial_duty_pauses_for": named}
    rules.save()
    return story.fresh(dossier.pk)


class TestAsking:
    def test_the_dossier_waits_and_owes(self, story: Story, examined: Dossier) -> None:
        ask(story, examined, lines=[TAX, FEE])
        waiting = story.fresh(examined.pk)
        assert (waiting.status, waiting.resume_status) == (Status.WAIT_PAYMENT, Status.PROCESSING)
        assert waiting.unpaid_vnd == 8000 + 12_500_000
        pause = Pause.objects.get(dossier=examined)
        assert list(Charge.objects.filter(pause=pause).values_list("kind", "amount_vnd").order_by("pk")) == [
            ("tax", 12_000_000),
            ("fee", 500_000),
        ]
        event = DossierEvent.objects.get(kind=EventKind.PAYMENT_REQUESTED)
        assert (event.note, event.data["amount_vnd"]) == ("Thông báo thuế số 12/TB", 12_500_000)
        assert "12.500.000 đồng" in Notice.objects.get(rule="payment_requested").body

    def test_the_clock_runs_on_where_no_law_says_otherwise(self, story: Story, examined: Dossier) -> None:
        ask(story, examined)
        waiting = story.fresh(examined.pk)
        assert (waiting.paused_at, waiting.due_at) == (None, examined.due_at)
        assert Pause.objects.get(dossier=examined).pauses_clock is False

    def test_in_land_matters_the_clock_stands(self, story: Story, land: Dossier) -> None:
        ask(story, land)
        waiting, pause = story.fresh(land.pk), Pause.objects.get(dossier=land)
        assert (waiting.paused_at, pause.pauses_clock, pause.kind) == (pause.started_at, True, IntervalKind.PAYMENT)

    def test_a_procedure_may_be_named_by_its_code(self, story: Story, land: Dossier) -> None:
        rules = RuleSet.objects.get(pk=land.ruleset_id)
        rules.policy["financial_duty_pauses_for"]["value"] = [story.procedure.procedure.national_code]
        rules.save()
        ask(story, land)
        assert story.fresh(land.pk).paused_at is not None

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            ({"lines": []}, "payment_wait.no_lines"),
            ({"lines": [TAX] * 11}, "payment_wait.no_lines"),
            ({"lines": [DutyLine(kind="gift", label="Quà", amount_vnd=1)]}, "payment_wait.kind"),
            ({"lines": [DutyLine(kind="tax", label=" ", amount_vnd=1)]}, "payment_wait.label_missing"),
            ({"lines": [DutyLine(kind="tax", label="Thuế", amount_vnd=0)]}, "payment_wait.amount"),
            ({"reason": " "}, "charge.reason_missing"),
            ({"row_version": 0}, "dossier.changed"),
        ],
    )
    def test_what_is_not_right_is_refused(
        self, data: dict[str, Any], code: str, story: Story, examined: Dossier
    ) -> None:
        assert refused(lambda: ask(story, examined, **data)) == code
        assert not Pause.objects.exists()

    def test_only_the_unit_at_work_asks(self, story: Story, examined: Dossier, stranger_nga: Actor) -> None:
        assert refused(lambda: ask(story, examined, actor=story.clerk)) == "auth.not_allowed"
        assert refused(lambda: ask(story, examined, actor=story.leader)) == "dossier.taken"
        assert refused(lambda: ask(story, story.at_signing(), actor=story.leader)) == "dossier.illegal_move"


class TestConfirming:
    def test_the_work_goes_on_and_the_tax_is_proven(self, story: Story, examined: Dossier) -> None:
        ask(story, examined)
        confirm(story, examined)
        dossier, charge = story.fresh(examined.pk), Charge.objects.get(kind=ChargeKind.TAX)
        assert (dossier.status, dossier.resume_status, dossier.due_at) == (Status.PROCESSING, "", examined.due_at)
        assert (charge.proof, charge.settled_at) == ("Giấy nộp tiền số 7", Pause.objects.get().ended_at)
        assert dossier.unpaid_vnd == 8000
        assert "12.000.000 đồng" in Notice.objects.get(rule="payment_received").body
        assert Slip.objects.filter(dossier=dossier, form_kind="receipt").count() == 1

    def test_a_standing_clock_runs_on_with_a_new_promise(self, story: Story, land: Dossier) -> None:
        ask(story, land, now=MORNING + timedelta(hours=2))
        confirm(story, land, now=MORNING + timedelta(days=1, hours=2))
        dossier = story.fresh(land.pk)
        assert land.due_at is not None and land.step_due_at is not None and dossier.step_due_at is not None
        assert dossier.paused_at is None
        assert dossier.due_at == dossier.printed_due_at
        assert dossier.due_at is not None and dossier.due_at > land.due_at
        assert dossier.step_due_at > land.step_due_at
        assert Slip.objects.filter(dossier=dossier, form_kind="receipt").count() == 2

    def test_fees_of_the_request_are_collected_at_the_desk_first(self, story: Story, examined: Dossier) -> None:
        ask(story, examined, lines=[FEE])
        assert refused(lambda: confirm(story, examined)) == "payment_wait.still_owed"
        fee = Charge.objects.get(kind=ChargeKind.FEE)
        collect_fee(actor=story.clerk, dossier_id=examined.pk, charge_ids=[fee.pk], now=story.now())
        confirm(story, examined, proof="")
        assert story.fresh(examined.pk).status == Status.PROCESSING

    def test_a_tax_is_not_collected_at_the_desk(self, story: Story, examined: Dossier) -> None:
        ask(story, examined)
        tax = Charge.objects.get(kind=ChargeKind.TAX)
        pay = {"actor": story.clerk, "dossier_id": examined.pk, "charge_ids": [tax.pk], "now": story.now()}
        assert refused(lambda: collect_fee(**pay)) == "charge.paid_elsewhere"

    def test_a_tax_needs_its_paper(self, story: Story, examined: Dossier) -> None:
        ask(story, examined)
        assert refused(lambda: confirm(story, examined, proof=" ")) == "payment_wait.proof_missing"
        assert refused(lambda: confirm(story, examined, row_version=0)) == "dossier.changed"

    def test_only_while_it_waits_and_only_by_desk_or_unit(
        self, story: Story, examined: Dossier, stranger_nga: Actor
    ) -> None:
        assert refused(lambda: confirm(story, examined)) == "dossier.illegal_move"
        ask(story, examined)
        assert refused(lambda: confirm(story, examined, actor=stranger_nga)) == "dossier.not_found"
        confirm(story, examined, actor=story.officer)
        assert refused(lambda: confirm(story, examined)) == "dossier.illegal_move"
