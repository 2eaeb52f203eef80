"""The catalogue of paper types in Django's admin, with its history. A code is for ever; the rest is data."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest

from dossiers.papers.forms.types import PaperTypeForm
from dossiers.papers.models import PaperType
from dossiers.papers.permissions import TYPES
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common.web.rights_admin import RightsAdmin
from haddong_portal.common.web.views import actor_of


@admin.register(PaperType)
class PaperTypeAdmin(RightsAdmin):
    read_right = TYPES
    change_right = TYPES
    form = PaperTypeForm
    list_display = (
        "code",
        "name",
        "valid_months",
        "digitise",
        "never_demand",
        "in_force_from",
        "in_force_to",
        "source",
    )
    list_filter = ("digitise", "never_demand")
    search_fields = ("code", "name")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("code",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm[Any], change: bool) -> None:
        super().save_model(request, obj, form, change)
        data = {"changed": sorted(form.changed_data)}
        record_access(
            actor=actor_of(request), action="paper_type.edited", object_type="paper_type", object_id=obj.pk, data=data
        )
