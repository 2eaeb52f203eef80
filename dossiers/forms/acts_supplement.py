"""Forms of asking for papers, receiving them, refusing and stopping; shape only."""

from __future__ import annotations

from django import forms

from dossiers.constants import FaultKind
from dossiers.forms.acts import ActForm, choose
from dossiers.rules.lifecycle import Command
from dossiers.selectors.dossier_page import DossierPage
from dossiers.services.issue_slip import LineData

NOT_ASKED = ("", "không yêu cầu")


class SupplementForm(ActForm):
    """For each published paper of the dossier: is it asked for, why, and what to mend."""

    template_path = "dossiers/acts/request_supplement.html"
    reason = forms.CharField(
        label="Lý do yêu cầu bổ sung",
        max_length=1000,
        error_messages={"required": "Phải ghi lý do yêu cầu bổ sung."},
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def offer(self, page: DossierPage) -> None:
        self._papers = [line for line in page.checklist if line.requirement_id]
        for line in self._papers:
            self.fields[f"fault_{line.requirement_id}"] = forms.ChoiceField(
                label=line.name,
                choices=[NOT_ASKED, *FaultKind.choices],
                required=False,
                widget=forms.Select(attrs={"class": "input input-sm"}),
            )
            self.fields[f"note_{line.requirement_id}"] = forms.CharField(
                label=f"Cần sửa gì: {line.name}",
                max_length=500,
                required=False,
                widget=forms.TextInput(attrs={"class": "input input-sm"}),
            )

    def paper_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Per paper: the fault and its note."""
        return [(self[f"fault_{line.requirement_id}"], self[f"note_{line.requirement_id}"]) for line in self._papers]

    def lines(self) -> list[LineData]:
        """What is asked for, in the order of the checklist."""
        return [
            LineData(
                name=line.name,
                requirement_id=line.requirement_id,
                fault=self.cleaned_data[f"fault_{line.requirement_id}"],
                note=self.cleaned_data[f"note_{line.requirement_id}"],
                originals=line.originals,
                copies=line.copies,
            )
            for line in self._papers
            if self.cleaned_data[f"fault_{line.requirement_id}"]
        ]


class ReceiveSupplementForm(ActForm):
    line_ids = forms.TypedMultipleChoiceField(
        label="Giấy tờ đã nhận",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chưa đánh dấu giấy tờ nào đã nhận."},
    )
    note = forms.CharField(label="Ghi chú", max_length=1000, required=False)

    def offer(self, page: DossierPage) -> None:
        choose(self, "line_ids", [(line.id, f"{line.name} ({line.fault_label})") for line in page.asked])


class RefusalForm(ActForm):
    reason = forms.CharField(
        label="Lý do từ chối",
        max_length=2000,
        error_messages={"required": "Phải ghi lý do từ chối."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    legal_basis = forms.CharField(label="Căn cứ pháp lý", max_length=500, required=False)


class StopForm(ActForm):
    note = forms.CharField(label="Lý do, giấy tờ trả lại", max_length=1000, required=False)


FORMS: dict[str, type[ActForm]] = {
    Command.REQUEST_SUPPLEMENT: SupplementForm,
    Command.RECEIVE_SUPPLEMENT: ReceiveSupplementForm,
    Command.DECIDE_REFUSAL: RefusalForm,
    Command.STOP: StopForm,
}
