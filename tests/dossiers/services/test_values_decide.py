"""Two rule-sets with different values behave differently, through the services that people use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from dossiers.constants import FormKind, Status
from dossiers.models import Dossier, RuleSet, Slip, StepRun
from dossiers.selectors.act_rules_promise import RULES
from dossiers.selectors.apology_signers import signs_apology
from dossiers.selectors.digitising import lines_of
from dossiers.selectors.links import tracking_token
from dossiers.selectors.own_page import own_page
from dossiers.selectors.register import book_page, book_state, quarters_of
from dossiers.services.accept_submission import accept_submission
from dossiers.services.clock_reading import reading_of
from dossiers.services.close_register import close_register
from dossiers.services.correct_mistake import FieldChange, correct_mistake
from dossiers.services.extend_once import extend_once
from dossiers.services.receive_dossier import receive_dossier
from dossiers.services.reissue_receipt import reissue_receipt
from dossiers.services.request_withdrawal import request_withdrawal, request_withdrawal_online
from dossiers.services.resubmit_online import resubmit_online
from dossiers.services.return_submission import return_submission
from dossiers.services.stop_dossier import stop_dossier
from dossiers.services.supplement_papers import add_asked_paper
from dossiers.services.track import open_by_code, open_by_link
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.errors import DomainError, NotAllowed
from haddong_portal.notices.models import Notice
from procedures.constants import DigitiseDuty
from procedures.models import PaperRequirement
from tests.dossiers.conftest import Story
from tests.dossiers.filed import asked, pdf, proof_of, submitted
from tests.factories import (
    MORNING,
    PublishedProcedure,
    UnitFactory,
    citizen,
    intake_for,
    make_actor,
    publish_procedure,
    receive,
)

pytestmark = pytest.mark.django_db
SAME_DAY = {"unit": "same_day", "amount": "1"}
Values = Callable[..., None]


@pytest.fixture
def values(rule_set: RuleSet) -> Values:
    """Write values into the rule-set that dossiers are accepted under from now on."""

    def write(**words: object) -> None:
        rule_set.refresh_from_db()
        rule_set.policy = {**rule_set.policy, **{key: {"value": word} for key, word in words.items()}}
        rule_set.save()

    return write


@pytest.fixture
def rule_set(story: Story) -> RuleSet:
    return RuleSet.objects.get()


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refusal:
        call()
    return refusal.value.code


class TestWithdrawal:
    @pytest.mark.parametrize(
        ("until", "stands", "lawful"),
        [
            ("sent_to_sign", "taken", True),
            ("sent_to_sign", "at_signing", False),
            ("sent_to_sign", "at_desk", False),
            ("signed", "at_signing", True),
            ("signed", "at_desk", False),
            ("result_recorded", "at_desk", True),
        ],
    )
    def test_until_when(self, story: Story, values: Values, until: str, stands: str, lawful: bool) -> None:
        values(withdrawal_allowed_until=until)
        dossier = getattr(story, stands)()
        offered = next(rule for rule in RULES if rule.command == "request_withdrawal")
        assert offered.fits(story.clerk, dossier) is lawful
        assert own_page(dossier=dossier, client_ip="").may_withdraw is lawful
        asked = {"reason": "Không còn nhu cầu", "now": story.now()}
        if lawful:
            request_withdrawal(actor=story.clerk, dossier_id=dossier.pk, **asked)
            assert story.fresh(dossier.pk).status == Status.WITHDRAW_REQUESTED
        else:
            at_desk = refused(lambda: request_withdrawal(actor=story.clerk, dossier_id=dossier.pk, **asked))
            proof = proof_of(dossier, now=asked["now"])
            from_home = refused(lambda: request_withdrawal_online(proof=proof, **asked))
            assert at_desk == from_home == "withdrawal.too_late"

    @pytest.mark.parametrize(("paper", "notices"), [("letter", 0), ("stop_notice", 1)])
    def test_which_paper_ends_it(self, story: Story, values: Values, paper: str, notices: int) -> None:
        values(withdrawal_form_kind=paper)
        dossier = story.taken()
        request_withdrawal(actor=story.clerk, dossier_id=dossier.pk, now=story.now())
        event = stop_dossier(actor=story.clerk, dossier_id=dossier.pk, now=story.now())
        assert story.fresh(dossier.pk).status == Status.STOPPED
        assert Slip.objects.filter(dossier=dossier, form_kind=FormKind.STOP_NOTICE).count() == notices
        assert (event.data["slip_id"] is not None) == bool(notices)


class TestApology:
    @pytest.mark.parametrize(("signer", "leader_may", "head_may"), [("agency_head", 1, 0), ("desk_head", 0, 1)])
    def test_who_gives_the_new_date(
        self, story: Story, ward: Unit, values: Values, signer: str, leader_may: int, head_may: int
    ) -> None:
        """The department is late, the desk is the ward's."""
        values(apology_signed_by=signer)
        office, head, leader = self.far_office(ward)
        published = publish_procedure(at=ward, handling=office, limit={"amount": "10", "unit": "working_day"})
        pk = receive(story.clerk, published).dossier_id
        dossier = Dossier.objects.get(pk=pk)
        assert [signs_apology(who, dossier) for who in (leader, head)] == [bool(leader_may), bool(head_may)]
        may, may_not = (leader, head) if leader_may else (head, leader)
        new = {"dossier_id": pk, "new_due_on": date(2024, 3, 29), "reason": "Chờ xác minh", "now": MORNING}
        with pytest.raises(NotAllowed):
            extend_once(actor=may_not, **new)
        extend_once(actor=may, **new)
        assert Slip.objects.filter(dossier=pk, form_kind=FormKind.APOLOGY_LETTER).count() == 1

    @pytest.mark.parametrize(("signer", "name"), [("agency_head", "Trưởng phòng"), ("desk_head", "Trưởng Một cửa")])
    def test_in_whose_name_a_mistake_is_regretted(
        self, story: Story, ward: Unit, values: Values, signer: str, name: str
    ) -> None:
        values(apology_signed_by=signer)
        office, _, _ = self.far_office(ward)
        published = publish_procedure(at=ward, handling=office)
        pk = receive(story.clerk, published).dossier_id
        change = FieldChange("applicant_address", "Số 9 phố Lụa")
        by = make_actor(office, Role.OFFICER, "Cán bộ phòng")
        correct_mistake(actor=by, dossier_id=pk, change=change, mistake_by="agency", reason="Gõ nhầm", now=MORNING)
        letter = Slip.objects.get(dossier=pk, form_kind=FormKind.APOLOGY_LETTER)
        assert letter.signer_name == name
        assert letter.unit_id == (office.pk if signer == "agency_head" else ward.pk)

    @staticmethod
    def far_office(ward: Unit) -> tuple[Unit, Actor, Actor]:
        office = UnitFactory(name="Phòng Tư pháp quận Hà Đông", short_name="Phòng Tư pháp")
        return (
            office,
            make_actor(ward, Role.ONE_STOP_HEAD, "Trưởng Một cửa"),
            make_actor(office, Role.LEADER, "Trưởng phòng"),
        )


class TestReceipt:
    def intake(self, ward: Unit, limit: Any) -> Any:
        return intake_for(publish_procedure(at=ward, limit=limit), without_receipt=True)

    def test_an_instant_result_goes_without(self, story: Story, ward: Unit, values: Values) -> None:
        values(receipt_optional_for_instant_result=True)
        done = receive_dossier(
            actor=story.clerk, intake=self.intake(ward, SAME_DAY), idempotency_key="một", now=MORNING
        )
        dossier = Dossier.objects.get(pk=done.dossier_id)
        assert (dossier.line_no, dossier.printed_due_at, dossier.slips.count()) == (1, None, 0)
        assert dossier.due_at is not None, "it is logged, with its promise"

    def test_whoever_asks_later_gets_one(self, story: Story, ward: Unit, values: Values) -> None:
        done = receive_dossier(
            actor=story.clerk, intake=self.intake(ward, SAME_DAY), idempotency_key="một", now=MORNING
        )
        reissue_receipt(
            actor=story.clerk, dossier_id=done.dossier_id, reason="Người nộp yêu cầu", now=MORNING + timedelta(hours=1)
        )
        slip = Slip.objects.get(dossier=done.dossier_id)
        assert (slip.number, slip.replaces_id) == (1, None)

    def test_where_the_law_wants_one_or_the_result_takes_days_it_is_refused(
        self, story: Story, ward: Unit, values: Values
    ) -> None:
        def tried(limit: Any) -> str:
            intake = self.intake(ward, limit)
            return refused(
                lambda: receive_dossier(actor=story.clerk, intake=intake, idempotency_key="hai", now=MORNING)
            )

        values(receipt_optional_for_instant_result=True)
        assert tried({"unit": "working_day", "amount": "3"}) == "dossier.receipt_needed"
        values(receipt_optional_for_instant_result=False)
        assert tried(SAME_DAY) == "dossier.receipt_needed"


@pytest.mark.parametrize(("needed", "told"), [(True, 1), (False, 0)])
def test_an_early_result_is_told_or_waits_for_its_day(story: Story, values: Values, needed: bool, told: int) -> None:
    values(early_result_needs_notice=needed)
    dossier = story.done()
    assert dossier.due_at is not None and dossier.due_at.date() > MORNING.date()
    assert Notice.objects.filter(event="result_ready", reference=f"dossier:{dossier.pk}").count() == told


class TestBooks:
    def test_a_book_for_each_quarter(self, story: Story, ward: Unit, values: Values) -> None:
        """The year's book ends with the rule-set; each quarter's begins at 1 and is closed by itself."""
        story.received()
        values(register_book_period="calendar_quarter")
        second = story.received(person=citizen("Người hai", 62))
        april = datetime(2024, 4, 2, 9, tzinfo=VIETNAM)
        third = Dossier.objects.get(
            pk=receive(story.clerk, story.procedure, now=april, person=citizen("Người ba", 63)).dossier_id
        )
        lines = [(row.book_no, row.line_no) for row in Dossier.objects.order_by("pk")]
        assert lines == [("01/2024", 1), ("I/2024", 1), ("II/2024", 1)]
        assert quarters_of(ward.pk, 2024, today=april.date()) == ["", "I", "II"]
        assert [line.code for line in book_page(ward.pk, 2024, "I")[0]] == [second.code]
        assert [line.code for line in book_page(ward.pk, 2024, "II")[0]] == [third.code]
        head = make_actor(ward, Role.ONE_STOP_HEAD, "Trưởng Một cửa")
        still = {"actor": head, "unit_id": ward.pk, "year": 2024, "now": april}
        assert refused(lambda: close_register(**still, quarter="II")) == "register.year_not_over"
        book = close_register(**still, quarter="I")
        assert (book.book_no, book.line_count) == ("I/2024", 1)
        assert book_state(ward, 2024, "I").words == "quý I năm 2024"

    def test_the_serial_of_codes_counts_by_day_or_by_year(self, story: Story, values: Values) -> None:
        def on_day(number: int) -> str:
            now, person = MORNING + timedelta(days=number), citizen("Ai đó", 70 + number)
            return receive(story.clerk, story.procedure, now=now, person=person).code[-4:]

        by_day = [on_day(0), on_day(1)]
        values(dossier_code_serial_period="year")
        assert (by_day, [on_day(2), on_day(3)]) == (["0001", "0001"], ["0001", "0002"])

    @pytest.mark.parametrize(("order", "first"), [("province_last", False), ("province_first", True)])
    def test_the_province_stands_at_its_end_of_the_code(
        self, story: Story, ward: Unit, values: Values, order: str, first: bool
    ) -> None:
        values(dossier_code_unit_order=order)
        code = story.received().code
        assert code.startswith("H26.") is first and ward.org_code.endswith(".H26")


class TestTracking:
    def test_the_code_alone_shows_what_the_rule_set_says(self, story: Story, values: Values) -> None:
        dossier = story.received()
        usual = open_by_code(code=dossier.code, client_ip="203.0.113.4")
        assert (usual.code, usual.state_label, usual.percent is None) == (dossier.code, "Được tiếp nhận", False)
        assert usual.due_at is None and not usual.how_to_collect
        values(public_tracking_fields=["due", "collect"])
        other = open_by_code(code=dossier.code, client_ip="203.0.113.4")
        assert (other.code, other.state_label, other.percent, other.track) == ("", "", None, [])
        assert other.due_at == dossier.due_at and other.how_to_collect

    def test_the_receipts_holder_sees_all_the_same(self, story: Story, values: Values) -> None:
        values(public_tracking_fields=[])
        dossier = story.received()
        full = open_by_link(token=tracking_token(dossier.code), client_ip="203.0.113.4")
        assert full.state_label and full.due_at == dossier.due_at and full.explanation


class TestClockStart:
    @pytest.mark.parametrize(
        ("start", "due", "told"),
        [
            ("accepted_as_complete", date(2024, 3, 11), "Tiếp nhận lúc"),
            ("submitted", date(2024, 3, 8), "Nộp trực tuyến lúc"),
        ],
    )
    def test_a_filing_counts_from_acceptance_or_from_its_filing(
        self,
        story: Story,
        online: PublishedProcedure,
        ward: Unit,
        values: Values,
        start: str,
        due: date,
        told: str,
    ) -> None:
        """Filed on Tuesday 05/03, accepted on Wednesday: three working days."""
        values(clock_start=start)
        filed, accepted = MORNING, MORNING + timedelta(days=1)
        dossier = submitted(online, ward, now=filed)
        accept_submission(actor=story.clerk, dossier_id=dossier.pk, now=accepted)
        dossier.refresh_from_db()
        assert dossier.due_at is not None and dossier.due_at.astimezone(VIETNAM).date() == due
        assert dossier.due_explanation[0].startswith(told)

    def test_a_filing_that_was_given_back_counts_from_when_it_came_again(
        self, story: Story, online: PublishedProcedure, ward: Unit, values: Values
    ) -> None:
        """Filed on Tuesday, given back, filed again on Wednesday, accepted on Thursday: counted from Wednesday."""
        values(clock_start="submitted")
        dossier = submitted(online, ward, now=MORNING)
        wednesday, thursday = MORNING + timedelta(days=1), MORNING + timedelta(days=2)
        asking = {"lines": asked(online), "reason": "Tờ khai chưa ký", "now": MORNING + timedelta(hours=1)}
        return_submission(actor=story.clerk, dossier_id=dossier.pk, **asking)
        proof = proof_of(dossier, now=wednesday)
        add_asked_paper(proof=proof, requirement_id=online.papers[0].pk, file=pdf(), now=wednesday)
        resubmit_online(proof=proof, now=wednesday)
        accept_submission(actor=story.clerk, dossier_id=dossier.pk, now=thursday)
        dossier.refresh_from_db()
        assert dossier.due_at is not None and dossier.due_at.astimezone(VIETNAM).date() == date(2024, 3, 11)
        assert reading_of(dossier, now=thursday).due_at == dossier.due_at

    def test_the_counter_knows_one_moment_only(self, story: Story, values: Values) -> None:
        before = story.received().due_at
        values(clock_start="submitted")
        assert story.received(person=citizen("Ai", 81)).due_at == before


@pytest.mark.parametrize(("within", "day"), [("same_working_day", 0), ("next_working_day", 1)])
def test_the_agencys_step_begins_when_it_has_the_papers(story: Story, values: Values, within: str, day: int) -> None:
    values(handover_within=within)
    dossier = story.received()
    run = StepRun.objects.get(dossier=dossier, state="waiting")
    assert run.starts_at.astimezone(VIETNAM).date() == MORNING.date() + timedelta(days=day)


@pytest.mark.parametrize("word", [True, False])
def test_scanning_at_the_desk_is_a_duty_or_not(story: Story, values: Values, word: bool) -> None:
    values(digitise_at_intake=word)
    PaperRequirement.objects.update(digitise=DigitiseDuty.MUST)
    lines = lines_of(story.received())
    assert lines and {line.must for line in lines} == {word}
