"""Shapes of the verification API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from dossiers.papers.constants import PaperState
from dossiers.papers.rules.verdicts import Outcome


class FileIn(serializers.Serializer[Any]):
    """The file to verify; it is read in memory and not kept."""

    file = serializers.FileField(allow_empty_file=True)


class FindingOut(serializers.Serializer[Any]):
    """One thing that was checked; `good` is null when it could not be."""

    what = serializers.CharField(source="label")
    good = serializers.BooleanField(allow_null=True)
    detail = serializers.CharField(allow_blank=True)


class VerifiedPaperOut(serializers.Serializer[Any]):
    """An issued paper as a stranger may know it: `holder` is masked."""

    code = serializers.CharField()
    type = serializers.CharField(source="type_name")
    number = serializers.CharField(allow_blank=True)
    issuer = serializers.CharField(source="issuer_name", allow_blank=True)
    issued_on = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)
    holder = serializers.CharField()
    state = serializers.ChoiceField(choices=PaperState.choices)
    revoked_at = serializers.DateTimeField(allow_null=True)
    replaced_at = serializers.DateTimeField(allow_null=True)
    successor = serializers.CharField(allow_blank=True)


class SignatureOut(serializers.Serializer[Any]):
    """One signature of the file; `code` and `why_not` are empty when nothing speaks against it."""

    signer = serializers.CharField(allow_blank=True)
    unit = serializers.CharField(allow_blank=True)
    signed_at = serializers.DateTimeField(allow_null=True)
    time_trusted = serializers.BooleanField()
    intact = serializers.BooleanField()
    trusted = serializers.BooleanField()
    whole_file = serializers.BooleanField()
    is_demo = serializers.BooleanField()
    code = serializers.CharField(allow_blank=True)
    why_not = serializers.CharField(allow_blank=True)


class VerificationOut(serializers.Serializer[Any]):
    """The answer; `paper` is null for what this portal did not issue."""

    outcome = serializers.ChoiceField(choices=[(each.value, each.value) for each in Outcome])
    title = serializers.CharField()
    sentence = serializers.CharField()
    findings = FindingOut(many=True)
    paper = VerifiedPaperOut(allow_null=True)
    signatures = SignatureOut(source="report.signatures", many=True)
    checked_at = serializers.DateTimeField(source="at")


class RefusalOut(serializers.Serializer[Any]):
    """A refusal: code and sentence, as on the page."""

    code = serializers.CharField()
    message = serializers.CharField()
    field = serializers.CharField(required=False)
