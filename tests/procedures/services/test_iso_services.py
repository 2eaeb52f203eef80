"""Drafts, steps, issues and their end: success and each refusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.errors import DomainError, NotAllowed, NotFound
from procedures.constants import ProcessState, StepAction
from procedures.models import Delegation, IsoForm, IsoProcess, IsoStep
from procedures.services.iso_document import FormLine, RecordLine, SectionData, save_lists, save_sections
from procedures.services.iso_drafts import (
    ProcessHead,
    discard_draft,
    draft_next_issue,
    save_process_head,
    start_process,
)
from procedures.services.iso_publish import IssueDecision, publish_process
from procedures.services.iso_retire import retire_process
from procedures.services.iso_steps import StepData, add_step, move_step, remove_step, save_step
from tests.factories import PublishedProcedure, UnitFactory, make_actor, make_process, publish_procedure

NOW = datetime(2024, 3, 5, 9, 0, tzinfo=VIETNAM)
TODAY, TOMORROW = date(2024, 3, 5), date(2024, 3, 6)
LINE = (
    (StepAction.RECEIVE, "clerk", "desk", "Tiếp nhận hồ sơ", 30),
    (StepAction.EXAMINE, "officer", "handling", "Thẩm tra hồ sơ", 600),
    (StepAction.SIGN, "leader", "signing", "Ký kết quả", 120),
    (StepAction.RETURN_RESULT, "clerk", "desk", "Trả kết quả", 60),
)


@pytest.fixture
def editor(ward: Unit) -> Actor:
    return make_actor(ward, Role.CATALOGUE_EDITOR, "Vũ Thị Biên")


@pytest.fixture
def bare(ward: Unit) -> PublishedProcedure:
    """Three working days, no process of its own."""
    return publish_procedure(at=ward, own_process=False)


@pytest.fixture
def draft(editor: Actor, bare: PublishedProcedure) -> IsoProcess:
    """A good draft of four steps for the procedure."""
    head = ProcessHead(name="Xác nhận tình trạng hôn nhân", level="xa", procedure_id=bare.procedure.pk)
    process = start_process(actor=editor, code="QT-HT-09", head=head, now=NOW)
    for action, role, place, name, minutes in LINE:
        data = StepData(name=name, action=action, role=role, place=place, minutes=minutes, record="Phiếu")
        add_step(actor=editor, process_id=process.pk, data=data, now=NOW)
    return process


def decision(**changes: Any) -> IssueDecision:
    facts = {
        "decision_no": "45/QĐ-UBND",
        "decided_on": TODAY,
        "approver_name": "Nguyễn Văn Trường",
        "approver_title": "Chủ tịch UBND quận",
        "valid_from": TODAY,
    }
    return IssueDecision(**{**facts, **changes})


def names(process: IsoProcess) -> list[str]:
    return list(process.steps.order_by("sequence").values_list("name", flat=True))


def step_of(process: IsoProcess, sequence: int) -> IsoStep:
    return process.steps.get(sequence=sequence)


def refused(call: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as caught:
        call()
    return caught.value


def test_a_draft_begins_with_the_usual_sections_and_no_day_in_force(draft: IsoProcess) -> None:
    assert (draft.state, draft.valid_from, draft.version) == (ProcessState.DRAFT, None, 1)
    numbers = list(draft.sections.values_list("number", flat=True))
    assert numbers == ["1", "2", "3", "4", "5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "5.7", "5.8"]
    assert names(draft) == ["Tiếp nhận hồ sơ", "Thẩm tra hồ sơ", "Ký kết quả", "Trả kết quả"]
    assert list(draft.steps.values_list("code", flat=True))[0] == "QT-HT-09-B01"


@pytest.mark.parametrize(
    ("code", "head", "error"),
    [
        (" ", {"name": "Tên"}, "process.code_missing"),
        ("QT-MOI", {"name": " "}, "process.name_missing"),
        ("QT-HT-09", {"name": "Tên"}, "process.code_taken"),
    ],
)
def test_a_draft_needs_a_free_code_and_a_name(
    editor: Actor, draft: IsoProcess, code: str, head: dict[str, str], error: str
) -> None:
    assert refused(lambda: start_process(actor=editor, code=code, head=ProcessHead(level="xa", **head))).code == error


def test_a_default_process_belongs_to_no_procedure(editor: Actor, draft: IsoProcess) -> None:
    head = ProcessHead(name="Tên", level="xa", is_default=True, procedure_id=draft.procedure_id)
    error = refused(lambda: save_process_head(actor=editor, process_id=draft.pk, head=head))
    assert error.code == "process.default_of_procedure"


def test_a_step_goes_where_it_is_put_and_the_numbers_close_up(editor: Actor, draft: IsoProcess) -> None:
    data = StepData(name="Xác minh", action=StepAction.VERIFY, role="officer", place="handling", minutes=60)
    row = add_step(actor=editor, process_id=draft.pk, data=data, after=2, now=NOW)
    assert (row.sequence, row.code) == (3, "QT-HT-09-B03")
    assert list(draft.steps.values_list("sequence", flat=True)) == [1, 2, 3, 4, 5]
    move_step(actor=editor, process_id=draft.pk, step_id=row.pk, by=-1, now=NOW)
    assert names(draft)[1] == "Xác minh"
    remove_step(actor=editor, process_id=draft.pk, step_id=row.pk, now=NOW)
    assert names(draft) == ["Tiếp nhận hồ sơ", "Thẩm tra hồ sơ", "Ký kết quả", "Trả kết quả"]
    assert [step.code[-3:] for step in draft.steps.order_by("sequence")] == ["B01", "B02", "B03", "B04"]


def test_references_of_stored_steps_follow_a_move(editor: Actor, draft: IsoProcess) -> None:
    ask = StepData(
        name="Phòng Kinh tế cho ý kiến",
        action=StepAction.VERIFY,
        role="officer",
        unit_id=UnitFactory().pk,
        minutes=240,
        record="Văn bản ý kiến",
        branch=1,
        starts_after=2,
        joins_before=3,
    )
    branch = add_step(actor=editor, process_id=draft.pk, data=ask, after=2, now=NOW)
    assert (branch.starts_after, branch.joins_before) == (2, 4)
    first = StepData(name="Lấy số", action=StepAction.TRANSFER, role="clerk", place="desk", minutes=5, record="Phiếu")
    add_step(actor=editor, process_id=draft.pk, data=first, after=1, now=NOW)
    branch.refresh_from_db()
    assert (branch.sequence, branch.starts_after, branch.joins_before) == (4, 3, 5)
    remove_step(actor=editor, process_id=draft.pk, step_id=step_of(draft, 3).pk, now=NOW)
    branch.refresh_from_db()
    assert (branch.sequence, branch.starts_after, branch.joins_before) == (3, None, 4)


def test_a_changed_step_keeps_its_place_and_its_history(editor: Actor, draft: IsoProcess) -> None:
    step = step_of(draft, 2)
    data = StepData(name="Thẩm tra, đối chiếu", action="examine", role="officer", place="handling", minutes=500)
    save_step(actor=editor, process_id=draft.pk, step_id=step.pk, data=data, now=NOW)
    step.refresh_from_db()
    assert (step.sequence, step.name, step.limit_minutes, step.record) == (2, "Thẩm tra, đối chiếu", 500, "")
    assert list(step.history.values_list("limit_minutes", flat=True)) == [500, 600]


def test_steps_of_another_process_are_not_found(editor: Actor, draft: IsoProcess) -> None:
    other = make_process()
    call = lambda: move_step(actor=editor, process_id=draft.pk, step_id=other.steps.first().pk, by=1)  # noqa: E731
    assert refused(call).code == "process.step_not_found"
    with pytest.raises(NotFound):
        remove_step(actor=editor, process_id=0, step_id=1)


def test_a_branch_that_joins_before_it_starts_is_refused_by_name(editor: Actor, draft: IsoProcess) -> None:
    data = StepData(name="Ý kiến", branch=1, starts_after=3, joins_before=2)
    error = refused(lambda: add_step(actor=editor, process_id=draft.pk, data=data))
    assert (error.code, error.field) == ("process.branch_joins_too_early", "joins_before")


def test_what_has_been_issued_is_not_changed(editor: Actor, draft: IsoProcess) -> None:
    publish_process(actor=editor, process_id=draft.pk, decision=decision(), now=NOW)
    step, data = step_of(draft, 1), StepData(name="Khác")
    calls: list[Callable[[], object]] = [
        lambda: add_step(actor=editor, process_id=draft.pk, data=data),
        lambda: save_step(actor=editor, process_id=draft.pk, step_id=step.pk, data=data),
        lambda: move_step(actor=editor, process_id=draft.pk, step_id=step.pk, by=1),
        lambda: remove_step(actor=editor, process_id=draft.pk, step_id=step.pk),
        lambda: save_process_head(actor=editor, process_id=draft.pk, head=ProcessHead(name="Khác", level="xa")),
        lambda: save_sections(actor=editor, process_id=draft.pk, sections=[]),
        lambda: save_lists(actor=editor, process_id=draft.pk, forms=[], records=[], recipients=[]),
        lambda: discard_draft(actor=editor, process_id=draft.pk),
        lambda: publish_process(actor=editor, process_id=draft.pk, decision=decision(), now=NOW),
    ]
    assert {refused(call).code for call in calls} == {"process.not_draft"}


def test_issuing_writes_the_decision_the_day_and_the_table_of_amendments(editor: Actor, draft: IsoProcess) -> None:
    process = publish_process(actor=editor, process_id=draft.pk, decision=decision(), now=NOW)
    assert (process.state, process.valid_from, process.valid_to) == (ProcessState.PUBLISHED, TODAY, None)
    assert (process.decision_no, process.approver_title) == ("45/QĐ-UBND", "Chủ tịch UBND quận")
    [line] = process.amendments.all()
    assert (line.content, line.issue, line.amended_on) == ("Ban hành lần đầu", 1, TODAY)
    assert AuditEntry.objects.filter(action="process.publish", object_id=str(process.pk)).count() == 1


def test_what_is_not_ready_is_refused_with_every_problem(editor: Actor, draft: IsoProcess) -> None:
    remove_step(actor=editor, process_id=draft.pk, step_id=step_of(draft, 4).pk)
    error = refused(lambda: publish_process(actor=editor, process_id=draft.pk, decision=decision(), now=NOW))
    assert (error.code, error.status) == ("process.not_ready", 409)
    assert error.data["problems"] == [
        ["process.dead_end", 3, "Bước 3 “Ký kết quả” đứng cuối tuyến chính nhưng không phải bước trả kết quả."]
    ]
    draft.refresh_from_db()
    assert draft.state == ProcessState.DRAFT


def test_steps_longer_than_the_legal_limit_are_not_issued(editor: Actor, draft: IsoProcess) -> None:
    IsoStep.objects.filter(process=draft, sequence=2).update(limit_minutes=1231)
    error = refused(lambda: publish_process(actor=editor, process_id=draft.pk, decision=decision(), now=NOW))
    assert "process.over_limit" in str(error.data)
    IsoStep.objects.filter(process=draft, sequence=2).update(limit_minutes=1230)
    publish_process(actor=editor, process_id=draft.pk, decision=decision(), now=NOW)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"decision_no": " "}, "process.decision_missing"),
        ({"approver_name": ""}, "process.decision_missing"),
        ({"decided_on": TOMORROW, "valid_from": TOMORROW}, "process.decided_later"),
        ({"valid_from": TODAY - timedelta(days=1)}, "process.decided_later"),
    ],
)
def test_the_decision_is_whole_and_comes_first(
    editor: Actor, draft: IsoProcess, changes: dict[str, Any], code: str
) -> None:
    call = lambda: publish_process(actor=editor, process_id=draft.pk, decision=decision(**changes), now=NOW)  # noqa: E731
    assert refused(call).code == code


def test_the_next_issue_is_a_copy_and_ends_the_one_before_it(editor: Actor, draft: IsoProcess) -> None:
    save_lists(
        actor=editor,
        process_id=draft.pk,
        forms=[FormLine("BM-01", "Tờ khai")],
        records=[RecordLine("Tờ khai", "05 năm", "Lưu trữ phường")],
        recipients=["Công chức Tư pháp - Hộ tịch"],
    )
    first = publish_process(actor=editor, process_id=draft.pk, decision=decision(), now=NOW)
    second = draft_next_issue(actor=editor, process_id=first.pk, now=NOW)
    assert (second.version, second.state, second.decision_no) == (2, ProcessState.DRAFT, "")
    assert names(second) == names(first)
    assert second.recipients == ["Công chức Tư pháp - Hộ tịch"]
    assert [second.forms.get().code, second.records.get().kept_for] == ["BM-01", "05 năm"]
    assert draft_next_issue(actor=editor, process_id=first.pk, now=NOW) == second
    change = decision(valid_from=TOMORROW, amendment="Rút ngắn bước thẩm tra")
    publish_process(actor=editor, process_id=second.pk, decision=change, now=NOW)
    first.refresh_from_db()
    assert (first.state, first.valid_to) == (ProcessState.PUBLISHED, TOMORROW)
    assert [line.content for line in second.amendments.all()] == ["Ban hành lần đầu", "Rút ngắn bước thẩm tra"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amendment": ""}, "process.amendment_missing"),
        ({"valid_from": TODAY}, "process.not_after_earlier"),
        ({"decided_on": TODAY - timedelta(days=9), "valid_from": TODAY - timedelta(days=3)}, "process.begins_in_past"),
    ],
)
def test_the_next_issue_begins_after_the_one_before_and_says_what_changed(
    editor: Actor, draft: IsoProcess, changes: dict[str, Any], code: str
) -> None:
    first = publish_process(actor=editor, process_id=draft.pk, decision=decision(), now=NOW)
    second = draft_next_issue(actor=editor, process_id=first.pk, now=NOW)
    facts = decision(**{"valid_from": TOMORROW, "amendment": "Sửa", **changes})
    assert refused(lambda: publish_process(actor=editor, process_id=second.pk, decision=facts, now=NOW)).code == code


def test_a_process_that_rests_on_a_delegation_is_issued_only_while_it_holds(
    editor: Actor, ward: Unit, draft: IsoProcess
) -> None:
    row = Delegation.objects.create(
        from_unit=UnitFactory(),
        to_unit=ward,
        decision_no="12/QĐ",
        decided_on=date(2023, 1, 1),
        valid_from=date(2023, 1, 1),
        valid_to=TODAY,
        acts=["sign"],
    )
    IsoProcess.objects.filter(pk=draft.pk).update(delegation=row)
    call = lambda: publish_process(actor=editor, process_id=draft.pk, decision=decision(), now=NOW)  # noqa: E731
    assert refused(call).code == "delegation.out_of_scope"
    row.procedures.add(draft.procedure_id)
    assert refused(call).code == "delegation.lapsed"
    Delegation.objects.filter(pk=row.pk).update(valid_to=TOMORROW)
    assert call().state == ProcessState.PUBLISHED


def test_an_issue_is_retired_with_a_reason_from_a_day_on(editor: Actor, draft: IsoProcess) -> None:
    publish_process(actor=editor, process_id=draft.pk, decision=decision(), now=NOW)
    call = {"actor": editor, "process_id": draft.pk, "now": NOW}
    assert refused(lambda: retire_process(**call, ends_on=TOMORROW, reason=" ")).code == "process.reason_missing"
    assert refused(lambda: retire_process(**call, ends_on=TODAY, reason="Bãi bỏ")).code == "process.ends_in_past"
    row = retire_process(**call, ends_on=TOMORROW, reason="Thủ tục bị bãi bỏ")
    assert (row.state, row.valid_to) == (ProcessState.RETIRED, TOMORROW)
    assert row.history.first().history_change_reason == "Thủ tục bị bãi bỏ"
    assert refused(lambda: retire_process(**call, ends_on=TOMORROW, reason="Lại")).code == "process.not_in_force"


def test_the_only_default_of_a_level_stays(editor: Actor) -> None:
    process = make_process()
    call = {"actor": editor, "ends_on": TOMORROW, "reason": "Thay", "now": NOW}
    assert refused(lambda: retire_process(process_id=process.pk, **call)).code == "process.default_needed"
    make_process()
    retire_process(process_id=process.pk, **call)


def test_a_draft_can_be_thrown_away(editor: Actor, draft: IsoProcess) -> None:
    discard_draft(actor=editor, process_id=draft.pk)
    assert not IsoProcess.objects.filter(code="QT-HT-09").exists()


def test_sections_are_written_as_a_whole_in_their_order(editor: Actor, draft: IsoProcess) -> None:
    kept = draft.sections.get(number="5.1").pk
    sections = [SectionData(number="5.1", title="Điều kiện"), SectionData(number="1", title="Mục đích", body="Để rõ")]
    save_sections(actor=editor, process_id=draft.pk, sections=sections)
    assert list(draft.sections.values_list("number", "title", "body")) == [
        ("5.1", "Điều kiện", ""),
        ("1", "Mục đích", "Để rõ"),
    ]
    assert draft.sections.first().pk == kept


@pytest.mark.parametrize(
    ("sections", "code"),
    [
        ([("", "Mục đích")], "section.number_missing"),
        ([("1", " ")], "section.title_missing"),
        ([("1", "Mục đích"), ("1 ", "Phạm vi")], "section.number_repeated"),
    ],
)
def test_sections_need_a_number_and_a_title_each(
    editor: Actor, draft: IsoProcess, sections: list[tuple[str, str]], code: str
) -> None:
    given = [SectionData(number=number, title=title) for number, title in sections]
    assert refused(lambda: save_sections(actor=editor, process_id=draft.pk, sections=given)).code == code


def test_a_form_code_is_used_once(editor: Actor, draft: IsoProcess) -> None:
    forms = [FormLine("BM-01", "Tờ khai"), FormLine("BM-01", "Đơn")]
    call = lambda: save_lists(actor=editor, process_id=draft.pk, forms=forms, records=[], recipients=[])  # noqa: E731
    assert refused(call).code == "form.code_repeated"
    assert not IsoForm.objects.exists()


def test_only_editors_write_and_issue(draft: IsoProcess, desk_clerk_lan: Actor) -> None:
    with pytest.raises(NotAllowed):
        add_step(actor=desk_clerk_lan, process_id=draft.pk, data=StepData(name="Khác"))
    with pytest.raises(NotAllowed):
        publish_process(actor=desk_clerk_lan, process_id=draft.pk, decision=decision(), now=NOW)
    with pytest.raises(NotAllowed):
        retire_process(actor=desk_clerk_lan, process_id=draft.pk, ends_on=TOMORROW, reason="x", now=NOW)
