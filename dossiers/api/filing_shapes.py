"""Shapes of the filing API: what a connected portal sends for somebody, and what it reads back."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from dossiers.api.serializers import OrganisationIn, PersonIn
from dossiers.constants import Delivery, FaultKind, FormKind, Status


class FilerIn(serializers.Serializer[Any]):
    """Who signs for the applicant. An organisation always has one."""

    full_name = serializers.CharField(max_length=120)
    personal_id = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    authority = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)


class ApplicationIn(serializers.Serializer[Any]):
    """What the form from home asks. Exactly one of `person` and `organisation`.

    `unit` is the key of the desk (`GET /api/v1/procedures/{code}/?unit=`). `phone_confirmed_at`: when the sending
    system proved the phone by a code; without it nothing is filed.
    """

    procedure_code = serializers.CharField(max_length=12)
    unit = serializers.CharField(max_length=80)
    case_id = serializers.IntegerField(required=False, default=None, allow_null=True, min_value=1)
    case_code = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    person = PersonIn(required=False, default=None, allow_null=True)
    organisation = OrganisationIn(required=False, default=None, allow_null=True)
    representative = FilerIn(required=False, default=None, allow_null=True)
    phone = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    phone_confirmed_at = serializers.DateTimeField(required=False, default=None, allow_null=True)
    email = serializers.EmailField(max_length=120, required=False, default="", allow_blank=True)
    delivery = serializers.ChoiceField(choices=Delivery.choices, default=Delivery.DESK)
    delivery_address = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    request_note = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class PapersIn(serializers.Serializer[Any]):
    """Files of a multipart body. The n-th file is for the n-th number in `requirement_ids`."""

    requirement_ids = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), required=False, default=list, max_length=100
    )
    files = serializers.ListField(child=serializers.FileField(), required=False, default=list, max_length=100)


class FilingIn(PapersIn):
    """A multipart body: the application as JSON text in the part `application`, then the papers."""

    application = ApplicationIn()


class WithdrawalIn(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)


class FiledOut(serializers.Serializer[Any]):
    """The answer to a filing; the same again for a repeated key. `check_due_at`: until when the desk looks at it."""

    code = serializers.CharField()
    check_due_at = serializers.DateTimeField(allow_null=True)
    tracking_url = serializers.URLField()


class AskedLineOut(serializers.Serializer[Any]):
    requirement_id = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    fault = serializers.ChoiceField(choices=FaultKind.choices)
    fault_label = serializers.CharField(source="get_fault_display")
    note = serializers.CharField(allow_blank=True)
    given = serializers.BooleanField()


class AskedOut(serializers.Serializer[Any]):
    """What the newest request asks for; `until` is the last moment to send it."""

    reason = serializers.CharField(allow_blank=True)
    until = serializers.DateTimeField(allow_null=True)
    lines = AskedLineOut(many=True)


class SlipOut(serializers.Serializer[Any]):
    """A slip that the desk gave out, to be fetched as PDF."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=FormKind.choices, source="form_kind")
    kind_label = serializers.CharField(source="get_form_kind_display")
    number = serializers.IntegerField()
    year = serializers.IntegerField()
    issued_at = serializers.DateTimeField()


class FilingOut(serializers.Serializer[Any]):
    """What the applicant may know of it. `national_status` is the national portal's number of the state."""

    code = serializers.CharField()
    status = serializers.ChoiceField(choices=Status.choices)
    status_label = serializers.CharField()
    national_status = serializers.IntegerField()
    row_version = serializers.IntegerField()
    submitted_at = serializers.DateTimeField()
    check_due_at = serializers.DateTimeField(allow_null=True)
    accepted_at = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    explanation = serializers.ListField(child=serializers.CharField())
    finished_at = serializers.DateTimeField(allow_null=True)
    returned_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    stop_reason = serializers.CharField(allow_blank=True)
    asked = AskedOut(allow_null=True)
    may_withdraw = serializers.BooleanField()
    slips = SlipOut(many=True)
    tracking_url = serializers.URLField()
