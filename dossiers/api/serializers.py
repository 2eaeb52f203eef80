"""Shapes of the dossier API: text into types. What is right is the service's business."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from dossiers.constants import ChecklistState, Delivery, Status
from haddong_portal.citizens.constants import FallbackReason, LookUpMethod, Sex
from procedures.constants import Channel


class PersonIn(serializers.Serializer[Any]):
    """A person, as on the identity card; `birth_year` alone for those without a full date."""

    full_name = serializers.CharField(max_length=120)
    personal_id = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    old_id = serializers.CharField(max_length=12, required=False, default="", allow_blank=True)
    birth_date = serializers.DateField(required=False, default=None, allow_null=True)
    birth_year = serializers.IntegerField(required=False, default=None, allow_null=True, min_value=1850, max_value=2200)
    sex = serializers.ChoiceField(choices=Sex.choices, required=False, default="", allow_blank=True)
    address = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    phone = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    email = serializers.EmailField(max_length=120, required=False, default="", allow_blank=True)
    id_issued_on = serializers.DateField(required=False, default=None, allow_null=True)


class OrganisationIn(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=250)
    tax_code = serializers.CharField(max_length=14, required=False, default="", allow_blank=True)
    address = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    phone = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    email = serializers.EmailField(max_length=120, required=False, default="", allow_blank=True)


class PaperIn(serializers.Serializer[Any]):
    """What was brought for one component: by its id, or by its published name."""

    requirement_id = serializers.IntegerField(required=False, default=None, allow_null=True, min_value=1)
    name = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)
    state = serializers.ChoiceField(choices=ChecklistState.choices, default=ChecklistState.ELECTRONIC)
    originals = serializers.IntegerField(default=0, min_value=0, max_value=99)
    copies = serializers.IntegerField(default=0, min_value=0, max_value=99)
    note = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    taken_reason = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class StoredPaperIn(serializers.Serializer[Any]):
    """A paper of the applicant's store, used for one component instead of a new one."""

    requirement_id = serializers.IntegerField(min_value=1)
    paper_id = serializers.UUIDField()


class LookUpIn(serializers.Serializer[Any]):
    """How residence or identity was looked up for one component; `reason` when no way worked."""

    requirement_id = serializers.IntegerField(min_value=1)
    method = serializers.ChoiceField(choices=LookUpMethod.choices)
    reason = serializers.ChoiceField(choices=FallbackReason.choices, required=False, default="", allow_blank=True)
    note = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    shown = serializers.DictField(child=serializers.CharField(max_length=500), required=False, default=dict)


class IntakeIn(serializers.Serializer[Any]):
    """One intake. Exactly one of `person` and `organisation`."""

    procedure_code = serializers.CharField(max_length=12)
    case_id = serializers.IntegerField(required=False, default=None, allow_null=True, min_value=1)
    case_code = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    person = PersonIn(required=False, default=None, allow_null=True)
    organisation = OrganisationIn(required=False, default=None, allow_null=True)
    phone = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    email = serializers.EmailField(max_length=120, required=False, default="", allow_blank=True)
    representative = PersonIn(required=False, default=None, allow_null=True)
    representative_relation = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    checklist = PaperIn(many=True, required=False, default=list)
    papers = StoredPaperIn(many=True, required=False, default=list)
    look_ups = LookUpIn(many=True, required=False, default=list)
    channel = serializers.ChoiceField(choices=Channel.choices, default=Channel.ONLINE)
    delivery = serializers.ChoiceField(choices=Delivery.choices, default=Delivery.DESK)
    delivery_address = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    copies = serializers.IntegerField(default=1, min_value=1, max_value=99)
    request_note = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)
    without_receipt = serializers.BooleanField(default=False)
    confirmed_duplicate = serializers.BooleanField(default=False)


class ReceivedOut(serializers.Serializer[Any]):
    """The answer to an intake; the same again for a repeated key."""

    code = serializers.CharField()
    due_at = serializers.DateTimeField(allow_null=True)
    explanation = serializers.ListField(child=serializers.CharField())
    tracking_url = serializers.URLField()


class ApplicantOut(serializers.Serializer[Any]):
    """Number and phone are empty for accounts that may not see them."""

    name = serializers.CharField()
    personal_id = serializers.CharField(allow_blank=True)
    phone = serializers.CharField(allow_blank=True)


class StepOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    action = serializers.CharField()
    state = serializers.CharField()
    unit = serializers.CharField(source="unit_name")
    officer = serializers.CharField(source="officer_name", allow_blank=True)
    handed_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    planned_minutes = serializers.IntegerField()
    actual_minutes = serializers.IntegerField(allow_null=True)


class DossierOut(serializers.Serializer[Any]):
    """A dossier as it stands. `national_status` is the national portal's number of the state."""

    code = serializers.CharField()
    status = serializers.ChoiceField(choices=Status.choices)
    status_label = serializers.CharField()
    national_status = serializers.IntegerField()
    row_version = serializers.IntegerField()
    procedure_name = serializers.CharField()
    applicant = ApplicantOut()
    receiving_unit = serializers.CharField()
    owner_unit = serializers.CharField()
    accepted_at = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    explanation = serializers.ListField(child=serializers.CharField())
    finished_at = serializers.DateTimeField(allow_null=True)
    returned_at = serializers.DateTimeField(allow_null=True)
    fee_vnd = serializers.IntegerField(allow_null=True)
    duty_vnd = serializers.IntegerField(allow_null=True)
    steps = StepOut(many=True)


class EventOut(serializers.Serializer[Any]):
    """One act. `details` hold no personal data."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    kind_label = serializers.CharField(source="get_kind_display")
    at = serializers.DateTimeField()
    actor = serializers.CharField(source="actor_name")
    unit = serializers.CharField(source="unit_name")
    from_status = serializers.CharField(allow_blank=True)
    to_status = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    details = serializers.JSONField(source="data")


class EventsOut(serializers.Serializer[Any]):
    results = EventOut(many=True)


class ProblemOut(serializers.Serializer[Any]):
    """A refusal: the code and sentence that the counter's screen shows too."""

    code = serializers.CharField()
    message = serializers.CharField()
    field = serializers.CharField(required=False)
