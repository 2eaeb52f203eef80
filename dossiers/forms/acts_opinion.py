"""Forms of asking other units for their opinion, answering and waiting no longer; shape only."""

from __future__ import annotations

from typing import Any

from django import forms

from dossiers.forms.acts import ActForm, choose
from dossiers.rules.asking import STANCE_LABELS, AskData
from dossiers.rules.lifecycle import Command
from dossiers.selectors.dossier_page import DossierPage

# As many lines as the form draws; more units than this are asked in a second letter.
LINES = 5
NOBODY = ("", "chọn đơn vị")


class OpinionForm(ActForm):
    """One question to all; each line is a unit with its own deadline, and a question of its own where it has one."""

    template_path = "dossiers/acts/request_opinion.html"
    question = forms.CharField(
        label="Nội dung lấy ý kiến",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Hỏi chung các đơn vị; đơn vị nào hỏi riêng thì ghi ở dòng của đơn vị đó.",
    )

    def offer(self, page: DossierPage) -> None:
        for line in range(1, LINES + 1):
            self._add_line(line)
            choose(self, f"unit_{line}", [NOBODY, *page.units_to_ask])

    def _add_line(self, line: int) -> None:
        small = {"class": "input input-sm"}
        self.fields[f"unit_{line}"] = forms.TypedChoiceField(
            label=f"Đơn vị {line}", coerce=int, empty_value=None, required=False, widget=forms.Select(attrs=small)
        )
        self.fields[f"answer_on_{line}"] = forms.DateField(
            label=f"Hạn trả lời của đơn vị {line}",
            required=False,
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            widget=forms.DateInput(attrs={"type": "date", **small}),
        )
        self.fields[f"question_{line}"] = forms.CharField(
            label=f"Hỏi riêng đơn vị {line}", max_length=2000, required=False, widget=forms.TextInput(attrs=small)
        )

    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Per line: unit, deadline, its own question."""
        return [
            (self[f"unit_{line}"], self[f"answer_on_{line}"], self[f"question_{line}"]) for line in range(1, LINES + 1)
        ]

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        for line in range(1, LINES + 1):
            if self.cleaned_data.get(f"unit_{line}") and not self.cleaned_data.get(f"answer_on_{line}"):
                self.add_error(f"answer_on_{line}", "Chưa ghi hạn trả lời.")
        return data

    def asks(self) -> list[AskData]:
        """Whom to ask what until when, in the order of the lines."""
        data = self.cleaned_data
        return [
            AskData(
                unit_id=data[f"unit_{line}"],
                question=data[f"question_{line}"] or data["question"],
                answer_on=data[f"answer_on_{line}"],
            )
            for line in range(1, LINES + 1)
            if data[f"unit_{line}"]
        ]


class AnswerForm(ActForm):
    template_path = "dossiers/acts/answer_opinion.html"
    stance = forms.ChoiceField(
        label="Ý kiến của đơn vị",
        choices=[(stance.value, label) for stance, label in STANCE_LABELS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Chưa chọn đồng ý, không đồng ý hay từ chối cho ý kiến."},
    )
    answer = forms.CharField(
        label="Nội dung ý kiến, hoặc lý do từ chối",
        max_length=8000,
        error_messages={"required": "Phải ghi nội dung ý kiến, hoặc lý do từ chối."},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CloseForm(ActForm):
    reason = forms.CharField(
        label="Lý do thôi chờ",
        max_length=1000,
        error_messages={"required": "Phải ghi lý do thôi chờ ý kiến."},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


FORMS: dict[str, type[ActForm]] = {
    Command.CONSULT: OpinionForm,
    Command.ANSWER_OPINION: AnswerForm,
    Command.CLOSE_CONSULTATION: CloseForm,
}
