"""Forms of the desk's check of what was filed from home; shape only."""

from __future__ import annotations

from django import forms

from dossiers.forms.acts import ActForm
from dossiers.forms.acts_supplement import SupplementForm
from dossiers.rules.lifecycle import Command


class AcceptFilingForm(ActForm):
    """Nothing to fill in: the check is the clerk's reading."""

    template_path = "dossiers/acts/accept_submission.html"


class ReturnFilingForm(SupplementForm):
    """Everything that is missing, told once (NĐ 61/2018 art. 17)."""


class RefuseFilingForm(ActForm):
    reason = forms.CharField(
        label="Lý do từ chối tiếp nhận",
        max_length=2000,
        error_messages={"required": "Phải ghi lý do từ chối."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


FORMS: dict[str, type[ActForm]] = {
    Command.ACCEPT_SUBMISSION: AcceptFilingForm,
    Command.RETURN_SUBMISSION: ReturnFilingForm,
    Command.REFUSE_SUBMISSION: RefuseFilingForm,
}
