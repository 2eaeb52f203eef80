"""One Django field for each kind that a template's field may have. Text in, plain JSON values out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms

from haddong_portal.common.errors import DomainError
from haddong_portal.common.identifiers.personal_id import check_personal_id
from haddong_portal.common.identifiers.phones import normalise_phone
from interlink.rules.template import Field

TEXT_MAX = 300
ID_TYPED_MAX = 20
DATE_PATTERNS = ("%d/%m/%Y", "%d%m%Y", "%Y-%m-%d", "%d-%m-%Y")
TIME_PATTERNS = ("%H:%M", "%Hh%M", "%Hg%M", "%H.%M", "%H%M")
NEEDED = {"required": "Chưa nhập ô này."}
SHORT = {"data-field-class": "field-short", "autocomplete": "off"}
WIDE = {"data-field-class": "field-wide", "autocomplete": "off"}


class DayField(forms.CharField):
    """A day as people say it (19/02/1990, 19021990); its value is the ISO date."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "").strip()
        return _day(text).isoformat() if text else ""


class TimeOfDayField(forms.CharField):
    """A time as people say it (8:05, 8h05); its value is HH:MM."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "").strip()
        return f"{_time(text):%H:%M}" if text else ""


class PersonalIdField(forms.CharField):
    """A 12-digit personal ID; its value is the digits alone."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "").strip()
        return _refused_as_typed(lambda: check_personal_id(text).number) if text else ""


class PhoneField(forms.CharField):
    """A phone number in any spelling; its value is the digits from 0."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "").strip()
        return _refused_as_typed(lambda: normalise_phone(text)) if text else ""


def form_field(field: Field, *, required: bool) -> forms.Field:
    """The Django field of a template's field; an unknown kind is a programming error (the template was checked)."""
    common = {"label": field.label, "required": required, "error_messages": NEEDED, "help_text": field.help}
    return _MAKERS[field.kind](field, common)


def fact_of(value: Any) -> str:
    """A cleaned value as the fact that is kept: text; a ticked box is "yes", an empty one ""."""
    if value is True:
        return "yes"
    return "" if value in (None, False) else str(value)


def _text(field: Field, common: dict[str, Any]) -> forms.Field:
    return forms.CharField(max_length=TEXT_MAX, widget=forms.TextInput(attrs={"autocomplete": "off"}), **common)


def _place(field: Field, common: dict[str, Any]) -> forms.Field:
    return forms.CharField(max_length=TEXT_MAX, widget=forms.TextInput(attrs=WIDE), **common)


def _day_field(field: Field, common: dict[str, Any]) -> forms.Field:
    attrs = SHORT | {"inputmode": "numeric", "placeholder": "ngày/tháng/năm"}
    return DayField(max_length=12, widget=forms.TextInput(attrs=attrs), **common)


def _time_field(field: Field, common: dict[str, Any]) -> forms.Field:
    attrs = SHORT | {"inputmode": "numeric", "placeholder": "giờ:phút"}
    return TimeOfDayField(max_length=5, widget=forms.TextInput(attrs=attrs), **common)


def _choice_field(field: Field, common: dict[str, Any]) -> forms.Field:
    return forms.ChoiceField(choices=[("", "—"), *((choice.value, choice.label) for choice in field.choices)], **common)


def _personal_id(field: Field, common: dict[str, Any]) -> forms.Field:
    widget = forms.TextInput(attrs=SHORT | {"inputmode": "numeric"})
    return PersonalIdField(max_length=ID_TYPED_MAX, widget=widget, **common)


def _phone(field: Field, common: dict[str, Any]) -> forms.Field:
    return PhoneField(max_length=20, widget=forms.TextInput(attrs=SHORT | {"inputmode": "tel"}), **common)


def _email(field: Field, common: dict[str, Any]) -> forms.Field:
    return forms.EmailField(max_length=120, widget=forms.EmailInput(attrs=SHORT), **common)


def _account(field: Field, common: dict[str, Any]) -> forms.Field:
    return forms.RegexField(
        r"^[0-9A-Za-z ]{6,30}$",
        max_length=30,
        widget=forms.TextInput(attrs=SHORT | {"inputmode": "numeric"}),
        **common | {"error_messages": NEEDED | {"invalid": "Số tài khoản chưa đúng: chỉ gồm chữ số, chữ cái."}},
    )


def _number(field: Field, common: dict[str, Any]) -> forms.Field:
    widget = forms.TextInput(attrs=SHORT | {"inputmode": "numeric"})
    return forms.IntegerField(min_value=0, widget=widget, **common)


def _flag(field: Field, common: dict[str, Any]) -> forms.Field:
    return forms.BooleanField(**common | {"error_messages": {"required": "Chưa đánh dấu ô này."}})


_MAKERS: Mapping[str, Callable[[Field, dict[str, Any]], forms.Field]] = {
    "text": _text,
    "place": _place,
    "date": _day_field,
    "time": _time_field,
    "choice": _choice_field,
    "personal_id": _personal_id,
    "phone": _phone,
    "email": _email,
    "number": _number,
    "account": _account,
    "flag": _flag,
}
KINDS = frozenset(_MAKERS)


def _refused_as_typed(read: Callable[[], str]) -> str:
    try:
        return read()
    except DomainError as error:
        raise forms.ValidationError(error.message, code=error.code) from None


def _day(text: str) -> date:
    for pattern in DATE_PATTERNS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    raise forms.ValidationError("Ngày chưa đúng. Nhập dạng 19/02/2024.", code="declaration.bad_date")


def _time(text: str) -> time:
    for pattern in TIME_PATTERNS:
        try:
            return datetime.strptime(text, pattern).time()  # noqa: DTZ007 - a time of day, not a moment
        except ValueError:
            continue
    raise forms.ValidationError("Giờ chưa đúng. Nhập dạng 08:05.", code="declaration.bad_time")
