"""Guidance (form 02) and refusals (form 03) at the counter: once, complete, numbered, and no dossier comes of them."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from dossiers.constants import FormKind
from dossiers.models import Dossier, RuleSet, Slip
from dossiers.rules.papers import ChecklistAnswer
from dossiers.selectors.guidance import earlier_guidance
from dossiers.services.counter_data import GuidanceData, IntakeRefusalData
from dossiers.services.guide_applicant import guide_applicant
from dossiers.services.issue_slip import LineData
from dossiers.services.refuse_intake import refuse_intake
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.citizens.models import Person
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError, NotAllowed
from procedures.constants import PublicationState
from procedures.models import PaperRequirement, Procedure, ProcedureCase, ProcedureVersion
from tests.factories import MORNING, PublishedProcedure, citizen, make_actor, publish_procedure, receive

pytestmark = pytest.mark.django_db
_keys = itertools.count(1)


def line(paper: PaperRequirement, fault: str = "missing", note: str = "") -> LineData:
    return LineData(name=paper.name, requirement_id=paper.pk, fault=fault, note=note)


def guide(
    actor: Actor,
    published: PublishedProcedure,
    *,
    now: datetime = MORNING,
    key: str = "",
    person: Any = None,
    **data: Any,
) -> Slip:
    facts = {
        "procedure_id": published.procedure.pk,
        "case_id": published.case.pk,
        "lines": [line(published.papers[0])],
        "reason": "Thiếu tờ khai",
        **data,
    }
    return guide_applicant(
        actor=actor,
        person=person or citizen(phone="0912345678"),
        guidance=GuidanceData(**facts),
        key=key or f"khoa-{next(_keys)}",
        now=now,
    )


def refuse(actor: Actor, *, now: datetime = MORNING, key: str = "", person: Any = None, **data: Any) -> Slip:
    facts = {"reason": "Không thuộc thẩm quyền", "request": "Cấp hộ chiếu", **data}
    return refuse_intake(
        actor=actor,
        person=person or citizen(),
        refusal=IntakeRefusalData(**facts),
        key=key or f"khoa-{next(_keys)}",
        now=now,
    )


def test_guidance_is_a_slip_without_a_dossier(desk_clerk_lan: Actor, procedure: PublishedProcedure, ward: Unit) -> None:
    slip = guide(desk_clerk_lan, procedure)
    assert (slip.dossier_id, slip.unit_id, slip.form_kind, slip.number) == (None, ward.pk, "supplement_request", 1)
    assert slip.applicant_name == "Trần Văn Tú" and slip.phone == "0912345678"
    assert slip.request == procedure.version.name and slip.procedure_id == procedure.procedure.pk
    assert [row.name for row in slip.lines.all()] == ["Tờ khai theo mẫu"]
    assert not Dossier.objects.exists()
    entry = AuditEntry.objects.get(action="slip.guide")
    assert (entry.object_id, entry.person_id) == (str(slip.pk), slip.person_id)


def test_books_are_gapless_per_unit_form_and_year(
    desk_clerk_lan: Actor, stranger_nga: Actor, procedure: PublishedProcedure
) -> None:
    numbers = [refuse(desk_clerk_lan).number for _ in range(2)]
    with pytest.raises(DomainError):
        refuse(desk_clerk_lan, reason=" ")
    numbers.append(refuse(desk_clerk_lan).number)
    assert numbers == [1, 2, 3]
    assert guide(desk_clerk_lan, procedure).number == 1
    assert refuse(stranger_nga).number == 1
    assert refuse(desk_clerk_lan, now=MORNING + timedelta(days=365)).number == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"lines": []}, "guidance.no_lines"),
        ({"lines": [LineData(name="Sổ hộ khẩu")]}, "dossier.paper_unpublished"),
        ({"procedure_id": 0}, "dossier.not_performed"),
        ({"case_id": 0}, "dossier.case_not_current"),
    ],
)
def test_what_guidance_may_not_say(
    desk_clerk_lan: Actor, procedure: PublishedProcedure, data: dict[str, Any], code: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        guide(desk_clerk_lan, procedure, **data)
    assert refusal.value.code == code
    assert not Slip.objects.exists() and not Person.objects.exists()
    assert guide(desk_clerk_lan, procedure).number == 1


def test_guidance_names_every_required_paper_that_is_not_there(
    desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    needed, optional = procedure.papers
    faulty = line(optional, "wrong", "Sai địa chỉ")
    with pytest.raises(DomainError) as refusal:
        guide(desk_clerk_lan, procedure, lines=[faulty])
    assert refusal.value.code == "guidance.incomplete" and needed.name in refusal.value.message
    brought = [ChecklistAnswer(needed.pk, needed.name, "paper", 1, 0)]
    assert guide(desk_clerk_lan, procedure, lines=[faulty], checklist=brought).lines.get().note == "Sai địa chỉ"


def test_guidance_is_given_once_unless_the_reason_holds(
    desk_clerk_lan: Actor, ward: Unit, procedure: PublishedProcedure
) -> None:
    first = guide(desk_clerk_lan, procedure)
    later, mai = MORNING + timedelta(days=1), make_actor(ward, Role.CLERK, "Hoàng Thị Mai")
    with pytest.raises(Conflict) as refusal:
        guide(mai, procedure, now=later)
    assert refusal.value.code == "guidance.already_given"
    assert "Nguyễn Thị Lan" in refusal.value.message and "05/03/2024" in refusal.value.message
    again = guide(mai, procedure, now=later, again="same_papers")
    assert (again.replaces_id, again.contents["again"], again.number) == (first.pk, "same_papers", 2)


@pytest.mark.parametrize("again", ["same_papers", "changed", "bịa"])
def test_a_reason_that_the_facts_do_not_bear_out_is_refused(
    desk_clerk_lan: Actor, procedure: PublishedProcedure, again: str
) -> None:
    guide(desk_clerk_lan, procedure)
    both = [line(paper) for paper in procedure.papers]
    with pytest.raises(DomainError) as refusal:
        guide(desk_clerk_lan, procedure, lines=both, again=again)
    assert refusal.value.code == ("guidance.already_given" if again == "bịa" else "guidance.reason_does_not_fit")
    assert Slip.objects.count() == 1


def test_a_new_fault_is_a_reason_and_a_new_missing_paper_is_not(
    desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    needed, optional = procedure.papers
    guide(desk_clerk_lan, procedure)
    with pytest.raises(DomainError) as refusal:
        guide(desk_clerk_lan, procedure, lines=[line(needed), line(optional)], again="new_fault")
    assert refusal.value.code == "guidance.reason_does_not_fit"
    guide(desk_clerk_lan, procedure, lines=[line(needed), line(optional, "unclear")], again="new_fault")


def test_a_rule_set_may_allow_no_reason_at_all(
    desk_clerk_lan: Actor, procedure: PublishedProcedure, ward: Unit
) -> None:
    RuleSet.objects.update(policy={"guidance_again_for": {"value": []}})
    guide(desk_clerk_lan, procedure)
    with pytest.raises(Conflict):
        guide(desk_clerk_lan, procedure, again="same_papers")


def test_a_changed_procedure_is_a_reason(desk_clerk_lan: Actor, procedure: PublishedProcedure) -> None:
    first = guide(desk_clerk_lan, procedure)
    newer = _publish_again(procedure)
    with pytest.raises(Conflict):
        guide(desk_clerk_lan, newer)
    assert guide(desk_clerk_lan, newer, again="changed").replaces_id == first.pk


def _publish_again(published: PublishedProcedure) -> PublishedProcedure:
    version = ProcedureVersion.objects.get(pk=published.version.pk)
    ProcedureVersion.objects.filter(pk=version.pk).update(state=PublicationState.AMENDED)
    version.pk, version.number, version.content_hash = None, 2, "2" * 32
    version.save()
    Procedure.objects.filter(pk=published.procedure.pk).update(current_version=version)
    case = ProcedureCase.objects.create(version=version, position=1, name="Trường hợp chung")
    paper = PaperRequirement.objects.create(case=case, position=1, name="Tờ khai mẫu mới", originals=1)
    return PublishedProcedure(published.procedure, version, case, [paper])


def test_other_people_other_cases_and_other_desks_are_guided_for_themselves(
    desk_clerk_lan: Actor, stranger_nga: Actor, ward: Unit, procedure: PublishedProcedure
) -> None:
    guide(desk_clerk_lan, procedure)
    guide(desk_clerk_lan, procedure, person=citizen("Lê Thị Bé", 2))
    guide(desk_clerk_lan, publish_procedure(at=ward))
    there = publish_procedure(at=Unit.objects.get(pk=stranger_nga.unit_id))
    guide(stranger_nga, there)
    assert Slip.objects.filter(replaces=None).count() == 4


def test_guidance_that_led_to_a_dossier_or_is_old_counts_no_more(
    desk_clerk_lan: Actor, ward: Unit, procedure: PublishedProcedure
) -> None:
    slip = guide(desk_clerk_lan, procedure)
    person_id, soon = slip.person_id, MORNING + timedelta(days=2)
    told = earlier_guidance(unit_id=ward.pk, person_id=person_id, now=soon)
    assert [(each.number, each.issued_by, each.missing) for each in told] == [
        (1, "Nguyễn Thị Lan", ["Tờ khai theo mẫu"])
    ]
    assert earlier_guidance(unit_id=ward.pk, person_id=person_id, now=MORNING + timedelta(days=40)) == []
    receive(desk_clerk_lan, procedure, now=soon)
    assert earlier_guidance(unit_id=ward.pk, person_id=person_id, now=soon + timedelta(minutes=1)) == []
    assert guide(desk_clerk_lan, procedure, now=soon + timedelta(days=1)).replaces_id is None


def test_who_shows_no_number_is_guided_by_name(desk_clerk_lan: Actor, procedure: PublishedProcedure) -> None:
    slip = guide(desk_clerk_lan, procedure, person=citizen(personal_id=""))
    assert slip.person_id is None and slip.applicant_name == "Trần Văn Tú"
    assert not Person.objects.exists()
    with pytest.raises(DomainError) as refusal:
        guide(desk_clerk_lan, procedure, person=citizen("", personal_id=""))
    assert refusal.value.code == "person.name_missing"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"reason": "  "}, "refusal.reason_missing"),
        ({"request": " "}, "refusal.request_missing"),
        ({"procedure_id": 0, "request": ""}, "dossier.not_performed"),
    ],
)
def test_what_a_refusal_must_say(desk_clerk_lan: Actor, data: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        refuse(desk_clerk_lan, **data)
    assert refusal.value.code == code
    assert not Slip.objects.exists()


def test_a_refusal_of_a_performed_procedure_names_it(desk_clerk_lan: Actor, procedure: PublishedProcedure) -> None:
    slip = refuse(
        desk_clerk_lan, procedure_id=procedure.procedure.pk, case_id=procedure.case.pk, request="", legal_basis="Điều 5"
    )
    assert slip.request == procedure.version.name
    assert (slip.form_kind, slip.contents["legal_basis"], slip.dossier_id) == (FormKind.REFUSAL, "Điều 5", None)
    assert AuditEntry.objects.filter(action="slip.refuse", object_id=str(slip.pk)).exists()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEADER, Role.INSPECTOR, Role.ADMINISTRATOR])
def test_only_the_desk_guides_and_refuses(ward: Unit, procedure: PublishedProcedure, role: Role) -> None:
    actor = make_actor(ward, role, "Người khác")
    with pytest.raises(NotAllowed):
        guide(actor, procedure)
    with pytest.raises(NotAllowed):
        refuse(actor)
    assert not Slip.objects.exists()


def test_a_form_sent_twice_has_one_slip(desk_clerk_lan: Actor, procedure: PublishedProcedure) -> None:
    first = guide(desk_clerk_lan, procedure, key="mot-khoa")
    assert guide(desk_clerk_lan, procedure, key="mot-khoa").pk == first.pk
    refused = refuse(desk_clerk_lan, key="khoa-khac")
    assert refuse(desk_clerk_lan, key="khoa-khac").pk == refused.pk
    assert Slip.objects.count() == 2
    with pytest.raises(DomainError) as refusal:
        refuse(desk_clerk_lan, key="x" * 81)
    assert refusal.value.code == "idempotency.bad_key"


def test_the_slips_day_is_the_law_of_that_day(desk_clerk_lan: Actor, procedure: PublishedProcedure) -> None:
    slip = guide(desk_clerk_lan, procedure)
    assert slip.ruleset.code == "R2" and slip.year == date(2024, 1, 1).year
