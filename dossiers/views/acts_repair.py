"""Mistakes put right, lost papers and new receipts on the dossier's page."""

from __future__ import annotations

from typing import Any

from dossiers.forms.acts import ActForm
from dossiers.forms.acts_repair import CorrectForm
from dossiers.permissions import RIGHT_OF
from dossiers.rules.lifecycle import Command
from dossiers.services.correct_mistake import correct_mistake
from dossiers.services.reissue_receipt import reissue_receipt
from dossiers.services.report_loss import report_loss
from dossiers.views.acts import ActView


class CorrectView(ActView):
    permission, command = RIGHT_OF[Command.CORRECT], Command.CORRECT
    done = "Đã đính chính; nội dung cũ được lưu lại."

    def data_of(self, form: ActForm) -> dict[str, Any]:
        assert isinstance(form, CorrectForm)
        kept = {name: form.cleaned_data[name] for name in ("mistake_by", "reason", "row_version")}
        return {"change": form.change(), **kept}

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        correct_mistake(actor=self.actor, dossier_id=dossier_id, **data)


class ReportLossView(ActView):
    permission, command = RIGHT_OF[Command.REPORT_LOSS], Command.REPORT_LOSS
    done = "Đã ghi nhận việc mất giấy tờ, lập thư xin lỗi và báo cho người nộp."

    def data_of(self, form: ActForm) -> dict[str, Any]:
        return {**form.cleaned_data, "cost_vnd": form.cleaned_data["cost_vnd"] or 0}

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        report_loss(actor=self.actor, dossier_id=dossier_id, **data)


class ReissueReceiptView(ActView):
    permission, command = RIGHT_OF[Command.REISSUE_RECEIPT], Command.REISSUE_RECEIPT
    done = "Đã cấp giấy hẹn mới và báo cho người nộp."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        reissue_receipt(actor=self.actor, dossier_id=dossier_id, **data)
