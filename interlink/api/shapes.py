"""Shapes of the linked cases' API: what a connected portal declares once, and what it reads back."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from dossiers.constants import ChecklistState
from interlink.constants import CaseState, ClockOf, ConfirmationMethod, ConfirmationState, LegState
from procedures.constants import Channel


class DeclaredPaperIn(serializers.Serializer[Any]):
    """How a paper of the group came; `paper` is the public id of one that the store holds."""

    state = serializers.ChoiceField(choices=ChecklistState.choices, default=ChecklistState.ELECTRONIC)
    paper = serializers.UUIDField(required=False, default=None, allow_null=True)
    note = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class DeclarationIn(serializers.Serializer[Any]):
    """One declaration. `fields` and `papers` go by the keys of the group's published version.

    `agreed`: role of a confirmation that was given already → how.
    """

    group = serializers.SlugField(max_length=40)
    facts = serializers.DictField(child=serializers.CharField(max_length=500, allow_blank=True))
    papers = serializers.DictField(child=DeclaredPaperIn(), required=False, default=dict)
    agreed = serializers.DictField(
        child=serializers.ChoiceField(choices=[one for one in ConfirmationMethod.choices if one[0]]),
        required=False,
        default=dict,
    )
    is_verified = serializers.BooleanField(required=False, default=False)
    channel = serializers.ChoiceField(choices=Channel.choices, default=int(Channel.ONLINE))
    source_system = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)


class OpenedOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    group_due_at = serializers.DateTimeField(allow_null=True)
    tracking_url = serializers.CharField()


class LegOut(serializers.Serializer[Any]):
    """One agency's part; `clock_of` says whose time passes now."""

    key = serializers.CharField()
    name = serializers.CharField()
    agency = serializers.CharField()
    state = serializers.ChoiceField(choices=LegState.choices)
    state_label = serializers.CharField()
    clock_of = serializers.ChoiceField(choices=ClockOf.choices, allow_blank=True)
    is_late = serializers.BooleanField()
    started_at = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    done_at = serializers.DateTimeField(allow_null=True)
    dossier_code = serializers.CharField(allow_blank=True)
    outcome = serializers.CharField(allow_blank=True)
    explanation = serializers.ListField(child=serializers.CharField())


class ConfirmationOut(serializers.Serializer[Any]):
    role = serializers.CharField()
    role_label = serializers.CharField()
    state = serializers.ChoiceField(choices=ConfirmationState.choices)
    due_at = serializers.DateTimeField(allow_null=True)


class LinkedCaseOut(serializers.Serializer[Any]):
    """The case as it stands; no name and no number of anybody."""

    code = serializers.CharField()
    group = serializers.CharField()
    state = serializers.ChoiceField(choices=CaseState.choices)
    state_label = serializers.CharField()
    row_version = serializers.IntegerField()
    declared_at = serializers.DateTimeField()
    deemed_at = serializers.DateTimeField()
    group_due_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    explanation = serializers.ListField(child=serializers.CharField())
    needs = serializers.ListField(child=serializers.CharField())
    legs = LegOut(many=True)
    confirmations = ConfirmationOut(many=True)
    tracking_url = serializers.CharField()
