"""Forms of the counter's two slips without a dossier; shape only. Who and for what is the intake draft's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from dossiers.constants import AgainReason, ChecklistState, FaultKind
from dossiers.forms.intake import IntakeForm
from dossiers.rules.papers import ChecklistAnswer
from dossiers.services.intake_data import PersonData
from dossiers.services.issue_slip import LineData
from haddong_portal.citizens.constants import DataSource
from procedures.models import PaperRequirement

NOT_ASKED = ("", "không yêu cầu")


class GuidanceForm(forms.Form):
    """For each published paper: is it asked for, why, and what to mend. Starts with what the checklist lacks."""

    again = forms.ChoiceField(
        label="Vì sao hướng dẫn thêm lần nữa",
        choices=[("", "Chọn lý do"), *AgainReason.choices],
        required=False,
    )
    reason = forms.CharField(
        label="Lý do, hướng dẫn thêm",
        max_length=1000,
        required=False,
        initial="Hồ sơ chưa đủ, chưa đúng thành phần đã công bố.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, papers: Sequence[PaperRequirement], content: dict[str, str], *args: Any, repeated: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._papers, self._content = papers, content
        if not repeated:
            del self.fields["again"]
        for paper in papers:
            self.fields[f"fault_{paper.pk}"] = _fault_field(paper, self._state(paper))
            self.fields[f"note_{paper.pk}"] = _note_field(paper)

    def paper_fields(self) -> list[tuple[forms.BoundField, forms.BoundField, str]]:
        """Per paper: the fault, its note, and whether it was brought."""
        return [
            (self[f"fault_{paper.pk}"], self[f"note_{paper.pk}"], ChecklistState(self._state(paper)).label)
            for paper in self._papers
        ]

    def lines(self) -> list[LineData]:
        """What is asked for, in the order of the checklist."""
        return [
            LineData(
                name=paper.name,
                requirement_id=paper.pk,
                fault=self.cleaned_data[f"fault_{paper.pk}"],
                note=self.cleaned_data[f"note_{paper.pk}"],
                originals=paper.originals,
                copies=paper.copies,
            )
            for paper in self._papers
            if self.cleaned_data[f"fault_{paper.pk}"]
        ]

    def checklist(self) -> list[ChecklistAnswer]:
        """What was brought, as ticked on the intake page."""
        return [ChecklistAnswer(paper.pk, paper.name, self._state(paper)) for paper in self._papers]

    def _state(self, paper: PaperRequirement) -> str:
        state = self._content.get(f"paper-{paper.pk}-state", "")
        return state if state in ChecklistState.values else ChecklistState.MISSING


class IntakeRefusalForm(forms.Form):
    request = forms.CharField(
        label="Người dân yêu cầu việc gì",
        max_length=2000,
        error_messages={"required": "Phải ghi người dân yêu cầu việc gì."},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = forms.CharField(
        label="Lý do không tiếp nhận",
        max_length=2000,
        help_text="Mỗi dòng một lý do, in trên phiếu. Chỉ thiếu giấy tờ thì hướng dẫn bổ sung, không từ chối.",
        error_messages={"required": "Phải ghi lý do từ chối."},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    legal_basis = forms.CharField(label="Căn cứ pháp lý", max_length=500, required=False)


def visitor_of(content: dict[str, str]) -> PersonData:
    """The person of an intake draft, as far as typed: a slip needs the name alone."""
    form = IntakeForm(content)
    form.is_valid()
    data = form.cleaned_data
    birth_date, birth_year = data.get("birth") or (None, None)
    return PersonData(
        full_name=data.get("full_name", ""),
        personal_id=data.get("personal_id", ""),
        old_id=data.get("old_id", ""),
        birth_date=birth_date,
        birth_year=birth_year,
        sex=data.get("sex", ""),
        address=data.get("address", ""),
        phone=data.get("phone", ""),
        email=data.get("email", ""),
        id_issued_on=data.get("id_issued_on"),
        source=DataSource.CARD if data.get("from_card") else DataSource.TYPED,
    )


def _fault_field(paper: PaperRequirement, state: str) -> forms.ChoiceField:
    lacking = paper.required and state == ChecklistState.MISSING
    return forms.ChoiceField(
        label=paper.name,
        choices=[NOT_ASKED, *FaultKind.choices],
        required=False,
        initial=FaultKind.MISSING if lacking else "",
        widget=forms.Select(attrs={"class": "input input-sm"}),
    )


def _note_field(paper: PaperRequirement) -> forms.CharField:
    return forms.CharField(
        label=f"Cần sửa gì: {paper.name}",
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"class": "input input-sm"}),
    )
