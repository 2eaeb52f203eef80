"""Master data of accounts in Django's admin, with history. Posts and calendar days have acts: here they are read."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest

from haddong_portal.accounts.models import CalendarDay, CalendarVersion, OfficeHours, Post, SuccessionPlan, Unit, User
from haddong_portal.accounts.services.new_calendar_version import new_calendar_version
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.web.rights_admin import RightsAdmin
from haddong_portal.common.web.views import actor_of


@admin.register(Unit)
class UnitAdmin(RightsAdmin):
    """Addresses, phones, identifiers. Key, code and validity are facts of law: a merger changes them by its plan."""

    read_right = "accounts.read_units"
    change_right = "accounts.manage_units"
    list_display = ("name", "kind", "level", "code", "org_code", "has_one_stop_desk", "valid_from", "valid_to")
    list_filter = ("kind", "level")
    search_fields = ("name", "key", "code", "org_code")
    readonly_fields = ("key", "code", "kind", "level", "parent", "valid_from", "valid_to")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm[Any], change: bool) -> None:
        super().save_model(request, obj, form, change)
        data = {"changed": sorted(form.changed_data)}
        record_access(actor=actor_of(request), action="unit.edited", object_type="unit", object_id=obj.pk, data=data)


@admin.register(OfficeHours)
class OfficeHoursAdmin(RightsAdmin):
    """Sessions of office hours; a change makes a new calendar version."""

    read_right = "calendar.read"
    change_right = "calendar.change"
    list_display = ("unit", "weekday", "starts", "ends", "kind", "valid_from", "valid_to")
    list_filter = ("kind", "weekday")
    list_select_related = ("unit",)

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm[Any], change: bool) -> None:
        super().save_model(request, obj, form, change)
        version = new_calendar_version(note=f"Giờ làm việc: {obj}", now=clock.now())
        record_access(
            actor=actor_of(request),
            action="calendar.hours_changed",
            object_type="office_hours",
            object_id=obj.pk,
            data={"changed": sorted(form.changed_data), "version": version.number},
        )


@admin.register(User)
class UserAdmin(RightsAdmin):
    """Accounts, read only: passwords are changed by their owners, posts by their act."""

    read_right = "accounts.manage_posts"
    list_display = ("full_name", "username", "is_active", "is_service_account")
    search_fields = ("full_name", "username")
    fields = ("username", "full_name", "phone", "email", "is_active", "is_service_account", "last_login")


@admin.register(Post)
class PostAdmin(RightsAdmin):
    """Posts and their history, read only: given and ended on the staff page."""

    read_right = "accounts.read_units"
    list_display = ("user", "title", "role", "unit", "valid_from", "valid_to")
    list_filter = ("role",)
    list_select_related = ("user", "unit")
    search_fields = ("user__full_name", "user__username", "unit__name")


@admin.register(CalendarDay)
class CalendarDayAdmin(RightsAdmin):
    """Special days and their history, read only: changed on the calendar page, with a reason."""

    read_right = "calendar.read"
    list_display = ("on", "kind", "name", "legal_source", "certainty")
    list_filter = ("kind",)


@admin.register(CalendarVersion, SuccessionPlan)
class ReadOnlyAdmin(RightsAdmin):
    """Versions and plans: made by acts only."""

    read_right = "accounts.read_units"
