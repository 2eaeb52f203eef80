"""The period and the unit of a report of papers; shape only."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator


def month_of(on: date) -> tuple[date, date]:
    """First and last day of that day's month."""
    return on.replace(day=1), on.replace(day=calendar.monthrange(on.year, on.month)[1])


class PaperPeriodForm(forms.Form):
    """Sends itself as the address of the page."""

    use_required_attribute = False

    def __init__(self, units: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tu"] = _day("Từ ngày")
        self.fields["den"] = _day("Đến hết ngày")
        if units:
            choices = [("", "Mọi đơn vị"), *units]
            self.fields["don-vi"] = forms.TypedChoiceField(
                label="Đơn vị", choices=choices, coerce=int, empty_value=None, required=False
            )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        first, last = found.get("tu"), found.get("den")
        if first and last and last < first:
            self.add_error("den", forms.ValidationError("Ngày cuối phải sau ngày đầu.", code="report.days"))
        return found


# No dossier is older, and a later day has no day after it to end with.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
