"""One small form per act that carries a dossier on; shape only. Other areas of acts have modules of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from dossiers.constants import CollectMethod, Delivery, LateReason, Proposal
from dossiers.rules.lifecycle import Command
from dossiers.selectors.dossier_page import DossierPage
from dossiers.services.lateness import Lateness
from procedures.constants import StepAction


def choose(form: forms.Form, name: str, choices: Iterable[tuple[object, str]]) -> None:
    """Offer these choices in the choice field `name`."""
    form.fields[name].choices = [(str(key), label) for key, label in choices]  # type: ignore[attr-defined]  # a choice field


class ActForm(forms.Form):
    """Every act knows which version of the row the person saw."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    # A partial that draws the fields; empty = one below the other.
    template_path = ""

    @classmethod
    def initial_for(cls, page: DossierPage) -> dict[str, object]:
        """What the fields start with for this dossier."""
        return {}

    def offer(self, page: DossierPage) -> None:
        """Fill choices that the page knows."""


class LateForm(ActForm):
    """Acts that end a step: one that ends late says why. In time the two fields are not there."""

    late_reason = forms.ChoiceField(
        label="Lý do chậm bước", choices=[("", "Chọn lý do"), *LateReason.choices], required=False
    )
    late_note = forms.CharField(label="Diễn giải chậm", max_length=300, required=False)

    def offer(self, page: DossierPage) -> None:
        super().offer(page)
        self.ask_why_late(late=page.step_is_late)

    def ask_why_late(self, *, late: bool) -> None:
        """Keep the two fields only for a step that ends late."""
        if not late:
            del self.fields["late_reason"], self.fields["late_note"]


def lateness_of(data: Mapping[str, Any]) -> Lateness:
    """What the form says about a late step, taken out of nothing when it was not asked."""
    return Lateness(data.get("late_reason", ""), data.get("late_note", ""))


class NoteForm(LateForm):
    note = forms.CharField(
        label="Ý kiến, ghi chú", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class FinishForm(NoteForm):
    """An examination ends with a proposal to whoever signs."""

    proposal = forms.ChoiceField(
        label="Đề xuất với người ký",
        choices=[(key, label.capitalize()) for key, label in Proposal.choices],
        initial=Proposal.APPROVE,
        required=False,
        widget=forms.RadioSelect,
    )
    field_order = ("row_version", "proposal", "note")

    def offer(self, page: DossierPage) -> None:
        super().offer(page)
        if page.dossier.current_action != StepAction.EXAMINE:
            del self.fields["proposal"]


class ForwardForm(ActForm):
    officer_id = forms.TypedChoiceField(label="Chuyển cho", coerce=int)
    note = forms.CharField(label="Ghi chú", max_length=1000, required=False)

    def offer(self, page: DossierPage) -> None:
        choose(self, "officer_id", page.colleagues)


class ReturnForm(LateForm):
    step_run_id = forms.TypedChoiceField(label="Trả về bước", coerce=int)
    reason = forms.CharField(
        label="Lý do",
        max_length=1000,
        error_messages={"required": "Phải ghi lý do trả lại."},
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def offer(self, page: DossierPage) -> None:
        super().offer(page)
        choose(self, "step_run_id", page.earlier_steps)


class ResultForm(LateForm):
    name = forms.CharField(label="Tên kết quả", max_length=300, error_messages={"required": "Chưa ghi tên kết quả."})
    number = forms.CharField(label="Số, ký hiệu", max_length=60, required=False)
    issued_on = forms.DateField(
        label="Ngày ký",
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    signer_name = forms.CharField(label="Người ký", max_length=120, required=False)
    file = forms.FileField(label="Tệp kết quả (PDF, JPEG, PNG)", required=False)

    @classmethod
    def initial_for(cls, page: DossierPage) -> dict[str, object]:
        return {"name": f"Kết quả: {page.dossier.procedure_name}"[:300]}


class HandOverForm(ActForm):
    collector_name = forms.CharField(
        label="Người nhận", max_length=120, error_messages={"required": "Chưa ghi người nhận."}
    )
    collector_id = forms.CharField(label="Số định danh người nhận", max_length=20, required=False)
    relation = forms.CharField(label="Quan hệ, giấy ủy quyền (nếu nhận thay)", max_length=120, required=False)
    method = forms.ChoiceField(
        label="Cách ký nhận", choices=CollectMethod.choices, initial=CollectMethod.SIGNATURE, widget=forms.RadioSelect
    )
    signature_svg = forms.CharField(required=False, widget=forms.HiddenInput, max_length=60_000)
    proof_note = forms.CharField(label="Số chứng từ (bưu chính)", max_length=200, required=False)

    @classmethod
    def initial_for(cls, page: DossierPage) -> dict[str, object]:
        by_post = page.dossier.delivery == Delivery.POSTAL
        method = CollectMethod.POSTAL_PROOF if by_post else CollectMethod.SIGNATURE
        return {"collector_name": page.dossier.applicant_name, "method": method}


FORMS: dict[str, type[ActForm]] = {
    Command.TAKE: ActForm,
    Command.FINISH_STEP: FinishForm,
    Command.FORWARD: ForwardForm,
    Command.RETURN_TO_STEP: ReturnForm,
    Command.SIGN: NoteForm,
    Command.RECORD_RESULT: ResultForm,
    Command.HAND_OVER: HandOverForm,
}
