"""Charges from intake to hand-over: collected, exempt, set, voided; every refusal."""

from __future__ import annotations

from typing import Any

import pytest

from dossiers.constants import EventKind, PaymentMethod
from dossiers.models import Charge, DossierEvent, Payment
from dossiers.rules.charges import charges_due
from dossiers.rules.fees_due import FeeTerm
from dossiers.services.collect_fee import collect_fee
from dossiers.services.exempt_charge import exempt_charge
from dossiers.services.hand_over_result import hand_over_result
from dossiers.services.set_charge_amount import set_charge_amount
from dossiers.services.void_payment import void_payment
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from procedures.constants import FeeKind
from tests.dossiers.conftest import Story
from tests.factories import make_actor, publish_procedure

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed(story: Story) -> Charge:
    return Charge.objects.get(dossier=story.received())


def refused(call: Any, **data: Any) -> str:
    with pytest.raises(DomainError) as refusal:
        call(**data)
    return refusal.value.code


def collect(story: Story, owed: Charge, **data: Any) -> list[Payment]:
    given = {"actor": story.clerk, "dossier_id": owed.dossier_id, "charge_ids": [owed.pk], "now": story.now(), **data}
    return collect_fee(**given)


class TestIntake:
    def test_an_intake_owes_what_the_catalogue_says(self, story: Story, owed: Charge) -> None:
        assert (owed.kind, owed.amount_vnd, owed.label) == ("duty", 8000, "Lệ phí: 8.000 đồng/bản")
        assert story.fresh(owed.dossier_id).unpaid_vnd == 8000

    def test_an_unknown_amount_stays_unknown(self, story: Story, ward: Unit) -> None:
        story.procedure = publish_procedure(at=ward, duty_vnd=None)
        dossier = story.received()
        assert (Charge.objects.get(dossier=dossier).amount_vnd, dossier.unpaid_vnd) == (None, 0)

    def test_what_is_free_by_law_is_not_owed(self) -> None:
        assert charges_due([FeeTerm(None, FeeKind.DUTY, 0, "Miễn phí")], 1) == ()

    def test_alternatives_of_one_kind_are_one_unknown_charge(self) -> None:
        terms = [FeeTerm(None, FeeKind.FEE, 2000, "trang 1"), FeeTerm(None, FeeKind.FEE, 1000, "trang 3")]
        assert [(due.amount_vnd, due.label) for due in charges_due(terms, 1)] == [(None, "Phí: trang 1; trang 3")]


class TestCollect:
    def test_a_payment_settles_the_charge(self, story: Story, owed: Charge) -> None:
        payment = collect(story, owed)[0]
        owed.refresh_from_db()
        assert (payment.receipt_no, payment.year, payment.amount_vnd) == (1, 2024, 8000)
        assert owed.settled_at == payment.paid_at
        assert story.fresh(owed.dossier_id).unpaid_vnd == 0
        assert DossierEvent.objects.get(kind=EventKind.PAYMENT_RECORDED).data["receipts"] == [1]

    def test_receipt_numbers_follow_one_another(self, story: Story) -> None:
        numbers = [collect(story, Charge.objects.get(dossier=story.received()))[0].receipt_no for _ in range(3)]
        assert numbers == [1, 2, 3]

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            ({"method": "shells"}, "payment.method"),
            ({"method": PaymentMethod.TRANSFER}, "payment.reference_missing"),
            ({"charge_ids": []}, "charge.none"),
            ({"charge_ids": [-1]}, "charge.not_found"),
            ({"row_version": 0}, "dossier.changed"),
        ],
    )
    def test_what_is_not_right_is_refused(self, data: dict[str, Any], code: str, story: Story, owed: Charge) -> None:
        assert refused(lambda **given: collect(story, owed, **given), **data) == code
        assert not Payment.objects.exists()

    def test_a_charge_is_paid_once(self, story: Story, owed: Charge) -> None:
        collect(story, owed)
        assert refused(lambda: collect(story, owed)) == "charge.settled"

    def test_an_unknown_amount_is_set_first(self, story: Story, owed: Charge) -> None:
        Charge.objects.filter(pk=owed.pk).update(amount_vnd=None)
        assert refused(lambda: collect(story, owed)) == "charge.amount_unknown"

    def test_only_the_desk_that_received_it_collects(self, story: Story, owed: Charge, stranger_nga: Actor) -> None:
        assert refused(lambda: collect(story, owed, actor=story.officer)) == "auth.not_allowed"
        assert refused(lambda: collect(story, owed, actor=stranger_nga)) == "dossier.not_found"

    def test_a_returned_dossier_takes_no_money(self, story: Story) -> None:
        owed = Charge.objects.get(dossier=story.returned())
        assert refused(lambda: collect(story, owed)) == "dossier.illegal_move"


class TestExempt:
    def exempt(self, story: Story, owed: Charge, **data: Any) -> Charge:
        given = {"actor": story.clerk, "dossier_id": owed.dossier_id, "charge_id": owed.pk, "reason": "ho-ngheo"}
        return exempt_charge(**{**given, "now": story.now(), **data})

    def test_an_exempt_charge_is_owed_no_more(self, story: Story, owed: Charge) -> None:
        charge = self.exempt(story, owed, note="Giấy chứng nhận số 12")
        assert charge.exempt_reason == "Hộ nghèo. Giấy chứng nhận số 12"
        assert charge.exempted_by_id == story.clerk.user_id
        assert story.fresh(owed.dossier_id).unpaid_vnd == 0

    @pytest.mark.parametrize(
        ("data", "code"),
        [({"reason": "dep-troi"}, "charge.reason_unknown"), ({"reason": "khac"}, "charge.reason_missing")],
    )
    def test_a_reason_is_of_the_list_or_told(self, data: dict[str, str], code: str, story: Story, owed: Charge) -> None:
        assert refused(lambda **given: self.exempt(story, owed, **given), **data) == code

    def test_a_paid_charge_is_not_exempt(self, story: Story, owed: Charge) -> None:
        collect(story, owed)
        assert refused(lambda: self.exempt(story, owed)) == "charge.settled"

    def test_the_department_exempts_nothing(self, story: Story, owed: Charge) -> None:
        assert refused(lambda: self.exempt(story, owed, actor=story.officer)) == "auth.not_allowed"


class TestAmount:
    def set_amount(self, story: Story, owed: Charge, **data: Any) -> Charge:
        given = {"actor": story.clerk, "dossier_id": owed.dossier_id, "charge_id": owed.pk, "amount_vnd": 24000}
        return set_charge_amount(**{**given, "reason": "3 bản", "now": story.now(), **data})

    def test_the_amount_is_kept_with_its_reason(self, story: Story, owed: Charge) -> None:
        assert self.set_amount(story, owed).amount_vnd == 24000
        assert story.fresh(owed.dossier_id).unpaid_vnd == 24000
        event = DossierEvent.objects.get(kind=EventKind.CHARGE_AMOUNT_SET)
        assert (event.note, event.data["old_vnd"], event.data["amount_vnd"]) == ("3 bản", 8000, 24000)

    @pytest.mark.parametrize(
        ("data", "code"), [({"amount_vnd": 0}, "charge.amount"), ({"reason": " "}, "charge.reason_missing")]
    )
    def test_nothing_for_no_reason(self, data: dict[str, Any], code: str, story: Story, owed: Charge) -> None:
        assert refused(lambda **given: self.set_amount(story, owed, **given), **data) == code

    def test_a_paid_charge_keeps_its_amount(self, story: Story, owed: Charge) -> None:
        collect(story, owed)
        assert refused(lambda: self.set_amount(story, owed)) == "charge.settled"


class TestVoid:
    @pytest.fixture
    def head(self, ward: Unit) -> Actor:
        return make_actor(ward, Role.ONE_STOP_HEAD, "Đỗ Văn Thành")

    def void(self, story: Story, payment: Payment, actor: Actor, **data: Any) -> Payment:
        given = {"dossier_id": payment.charge.dossier_id, "payment_id": payment.pk, "reason": "Ghi nhầm người nộp"}
        return void_payment(**{"actor": actor, **given, "now": story.now(), **data})

    def test_a_voided_receipt_keeps_its_number_and_the_charge_is_owed(
        self, story: Story, owed: Charge, head: Actor
    ) -> None:
        payment = self.void(story, collect(story, owed)[0], head)
        assert (payment.receipt_no, payment.void_reason) == (1, "Ghi nhầm người nộp")
        assert story.fresh(owed.dossier_id).unpaid_vnd == 8000
        assert collect(story, owed)[0].receipt_no == 2

    def test_it_is_voided_once_with_a_reason_by_the_head(self, story: Story, owed: Charge, head: Actor) -> None:
        payment = collect(story, owed)[0]
        assert refused(lambda: self.void(story, payment, story.clerk)) == "auth.not_allowed"
        assert refused(lambda: self.void(story, payment, head, reason=" ")) == "charge.reason_missing"
        assert refused(lambda: self.void(story, payment, head, payment_id=-1)) == "payment.not_found"
        self.void(story, payment, head)
        assert refused(lambda: self.void(story, payment, head)) == "payment.voided"

    def test_not_after_the_result_was_handed_over(self, story: Story, head: Actor) -> None:
        payment = Payment.objects.get(charge__dossier=story.returned())
        assert refused(lambda: self.void(story, payment, head)) == "payment.dossier_closed"


class TestHandOver:
    def hand_over(self, story: Story, pk: int) -> None:
        hand_over_result(actor=story.clerk, dossier_id=pk, collector_name="Trần Văn Tú", now=story.now())

    def test_what_is_owed_keeps_the_result_at_the_desk(self, story: Story) -> None:
        dossier = story.done()
        assert refused(lambda: self.hand_over(story, dossier.pk)) == "hand_over.unpaid"

    def test_an_unknown_amount_does_too(self, story: Story, ward: Unit) -> None:
        story.procedure = publish_procedure(at=ward, duty_vnd=None)
        dossier = story.done()
        assert refused(lambda: self.hand_over(story, dossier.pk)) == "hand_over.unpaid"

    def test_a_rule_set_may_allow_it(self, story: Story) -> None:
        dossier = story.done()
        dossier.ruleset.policy = {"hand_over_unpaid_policy": {"value": "allow"}}
        dossier.ruleset.save()
        self.hand_over(story, dossier.pk)
        assert story.fresh(dossier.pk).status == "RETURNED"
