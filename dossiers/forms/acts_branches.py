"""Forms of the steps beside the lead line; shape only."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms

from dossiers.forms.acts import ActForm, NoteForm, choose
from dossiers.rules.lifecycle import Command
from dossiers.selectors.act_rules_branches import TAKE_BRANCH_STEP
from dossiers.selectors.dossier_page import DossierPage
from dossiers.selectors.story_lines import StepLine


class BranchField(forms.TypedChoiceField):
    """Which of the steps; the only one is chosen already."""

    def __init__(self) -> None:
        super().__init__(label="Bước song song", coerce=int)


def _offer_steps(form: forms.Form, steps: Sequence[StepLine]) -> None:
    choose(form, "step_run_id", [(step.id, f"{step.name} ({step.unit_name})") for step in steps])
    if len(steps) == 1:
        form.fields["step_run_id"].initial = str(steps[0].id)


class TakeBranchForm(ActForm):
    step_run_id = BranchField()

    def offer(self, page: DossierPage) -> None:
        _offer_steps(self, page.free_branches)


class FinishBranchForm(NoteForm):
    step_run_id = BranchField()
    field_order = ("row_version", "step_run_id", "note")

    def offer(self, page: DossierPage) -> None:
        _offer_steps(self, page.held_branches)
        self.ask_why_late(late=page.branch_is_late)


FORMS: dict[str, type[ActForm]] = {
    TAKE_BRANCH_STEP: TakeBranchForm,
    Command.FINISH_BRANCH_STEP: FinishBranchForm,
}
