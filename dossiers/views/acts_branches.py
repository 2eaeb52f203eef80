"""Steps beside the lead line on the dossier's page."""

from __future__ import annotations

from typing import Any

from dossiers.forms.acts import lateness_of
from dossiers.permissions import RIGHT_OF
from dossiers.rules.lifecycle import Command
from dossiers.selectors.act_rules_branches import TAKE_BRANCH_STEP
from dossiers.services.finish_branch_step import finish_branch_step, take_branch_step
from dossiers.views.acts import ActView


class TakeBranchView(ActView):
    permission, command = RIGHT_OF[Command.FINISH_BRANCH_STEP], TAKE_BRANCH_STEP
    done = "Ông/bà đã nhận bước song song này."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        take_branch_step(actor=self.actor, dossier_id=dossier_id, step_run_id=data["step_run_id"])


class FinishBranchView(ActView):
    permission, command = RIGHT_OF[Command.FINISH_BRANCH_STEP], Command.FINISH_BRANCH_STEP
    done = "Đã xong bước song song."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        finish_branch_step(
            actor=self.actor,
            dossier_id=dossier_id,
            step_run_id=data["step_run_id"],
            note=data["note"],
            late=lateness_of(data),
        )
