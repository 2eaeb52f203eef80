"""A corrected name or tax code reaches the record of the organisation, with history; two are never made one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dossiers.constants import FormKind
from dossiers.models import Correction, Dossier, DossierEvent, Slip
from dossiers.papers.constants import OwnerRef
from dossiers.papers.models import ScanBatch
from dossiers.papers.services.open_scan import ScanLine, open_scan
from dossiers.selectors.matters import reference_of
from dossiers.selectors.slip_pdf import slip_pdf
from dossiers.services.correct_mistake import FieldChange, correct_mistake
from dossiers.services.intake_data import OrganisationData
from haddong_portal.audit.models import AuditEntry
from haddong_portal.citizens.models import Organisation
from haddong_portal.common.errors import DomainError
from tests.dossiers.conftest import Story
from tests.factories import MORNING, citizen
from tests.flows.desk import text_of

pytestmark = pytest.mark.django_db
NAME, CODE, RIGHT = "Công ty TNHH Lụa Vạn Phúc", "0101234567", "0101234568"


def filed(story: Story, name: str = NAME, code: str = CODE) -> Dossier:
    return story.received(
        person=None, organisation=OrganisationData(name, code), representative=citizen("Lê Minh Khôi", 7)
    )


def correct(story: Story, dossier: Dossier, field: str, new: str, *, also_record: bool = False) -> DossierEvent:
    return correct_mistake(
        actor=story.clerk,
        dossier_id=dossier.pk,
        change=FieldChange(field, new, also_record=also_record),
        mistake_by="applicant",
        reason="Gõ nhầm khi tiếp nhận",
        now=MORNING + timedelta(hours=1),
    )


def refused(story: Story, dossier: Dossier, field: str, new: str) -> str:
    with pytest.raises(DomainError) as refusal:
        correct(story, dossier, field, new)
    assert not Correction.objects.exists()
    return refusal.value.code


def record_of(dossier: Dossier) -> Organisation:
    fresh = Dossier.objects.select_related("organisation").get(pk=dossier.pk)
    assert fresh.organisation is not None
    return fresh.organisation


def test_a_corrected_name_goes_into_the_record_when_asked(story: Story) -> None:
    dossier = filed(story)
    event = correct(story, dossier, "applicant_name", "Công ty TNHH Lụa Hà Đông", also_record=True)
    record = record_of(dossier)
    assert (record.name, record.name_folded) == ("Công ty TNHH Lụa Hà Đông", "cong ty tnhh lua ha dong")
    newest, oldest = record.history.order_by("-history_id")[:2]
    assert (newest.name, oldest.name) == ("Công ty TNHH Lụa Hà Đông", NAME)
    assert newest.history_change_reason == "đính chính: Gõ nhầm khi tiếp nhận"
    entry = AuditEntry.objects.get(action="organisation.correct")
    assert (entry.object_id, entry.actor_name) == (str(record.pk), story.clerk.name)
    assert "Đã sửa cả dữ liệu tổ chức" in event.note


def test_the_next_dossier_of_the_code_finds_the_corrected_name(story: Story) -> None:
    first = filed(story)
    correct(story, first, "applicant_name", "Công ty TNHH Lụa Hà Đông", also_record=True)
    with pytest.raises(DomainError) as refusal:
        filed(story)
    assert refusal.value.code == "organisation.name_differs"
    assert record_of(filed(story, "Công ty TNHH lụa Hà Đông")).pk == record_of(first).pk


def test_not_asked_the_record_stays(story: Story) -> None:
    dossier = filed(story)
    correct(story, dossier, "applicant_name", "Công ty TNHH Lụa Hà Đông")
    assert record_of(dossier).name == NAME
    assert story.fresh(dossier.pk).applicant_name == "Công ty TNHH Lụa Hà Đông"


def test_a_mistyped_code_is_corrected_in_a_record_that_only_this_dossier_made(story: Story) -> None:
    dossier = filed(story)
    before = record_of(dossier).pk
    correct(story, dossier, "tax_code", f" {RIGHT} ")
    record = record_of(dossier)
    assert (record.pk, record.tax_code, Organisation.objects.count()) == (before, RIGHT, 1)
    made = Correction.objects.get()
    assert (made.field, made.old_value, made.new_value) == ("tax_code", CODE, RIGHT)
    assert record.history.count() == 2


def test_a_record_that_others_rest_on_stays_and_the_dossier_moves(story: Story) -> None:
    first, second = filed(story), filed(story)
    batch = scanning(story, second)
    event = correct(story, second, "tax_code", RIGHT)
    batch.refresh_from_db()
    assert batch.owner_organisation_id == record_of(second).pk, "scans in work go along"
    assert record_of(first).tax_code == CODE
    assert (record_of(second).pk != record_of(first).pk, record_of(second).tax_code) == (True, RIGHT)
    assert "không gộp" in event.note


def test_the_right_organisation_is_taken_where_it_is_on_file(story: Story) -> None:
    known, dossier = filed(story, code=RIGHT), filed(story)
    correct(story, dossier, "tax_code", RIGHT)
    assert record_of(dossier).pk == record_of(known).pk
    assert Organisation.objects.count() == 2, "none was merged away"


def test_a_code_of_another_organisation_is_refused(story: Story) -> None:
    filed(story, "Hợp tác xã Dệt lụa", RIGHT)
    assert refused(story, filed(story), "tax_code", RIGHT) == "organisation.name_differs"


@pytest.mark.parametrize(
    ("new", "code"), [("", "correction.empty"), (CODE, "correction.same_value"), ("123", "organisation.tax_code")]
)
def test_a_code_must_be_one(story: Story, new: str, code: str) -> None:
    assert refused(story, filed(story), "tax_code", new) == code


def test_a_person_has_no_record_of_an_organisation(story: Story) -> None:
    assert refused(story, story.received(), "tax_code", RIGHT) == "correction.no_organisation"


def test_an_old_slip_prints_the_code_of_then(story: Story) -> None:
    dossier = filed(story)
    correct(story, dossier, "tax_code", RIGHT)
    first, second = Slip.objects.filter(dossier=dossier, form_kind=FormKind.RECEIPT).order_by("id")
    told = [
        text_of(slip_pdf(actor=story.clerk, code=dossier.code, slip_id=slip.pk, now=MORNING))
        for slip in (first, second)
    ]
    assert CODE in told[0] and RIGHT not in told[0]
    assert RIGHT in told[1] and CODE not in told[1]


def scanning(story: Story, dossier: Dossier) -> ScanBatch:
    """A paper of the dossier that the desk has begun to scan."""
    item = open_scan(
        actor=story.clerk,
        reference=reference_of(dossier.code),
        owner=OwnerRef(organisation_id=dossier.organisation_id),
        unit_id=dossier.receiving_unit_id,
        line=ScanLine(1, "Giấy phép"),
        now=MORNING,
    )
    return item.batch
