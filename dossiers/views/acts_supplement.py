"""Asking for papers, receiving them, refusing and stopping on the dossier's page."""

from __future__ import annotations

from typing import Any

from dossiers.forms.acts import ActForm
from dossiers.forms.acts_supplement import SupplementForm
from dossiers.permissions import RIGHT_OF
from dossiers.rules.lifecycle import Command
from dossiers.services.decide_refusal import decide_refusal
from dossiers.services.receive_supplement import receive_supplement
from dossiers.services.request_supplement import request_supplement
from dossiers.services.stop_dossier import stop_dossier
from dossiers.views.acts import ActView


class RequestSupplementView(ActView):
    permission = RIGHT_OF[Command.REQUEST_SUPPLEMENT]
    command, done = Command.REQUEST_SUPPLEMENT, "Đã lập phiếu yêu cầu bổ sung và báo cho người nộp. Đồng hồ tạm dừng."

    def data_of(self, form: ActForm) -> dict[str, Any]:
        assert isinstance(form, SupplementForm)
        return {
            "lines": form.lines(),
            "reason": form.cleaned_data["reason"],
            "row_version": form.cleaned_data["row_version"],
        }

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        request_supplement(actor=self.actor, dossier_id=dossier_id, **data)


class ReceiveSupplementView(ActView):
    permission = RIGHT_OF[Command.RECEIVE_SUPPLEMENT]
    command, done = Command.RECEIVE_SUPPLEMENT, "Đã ghi nhận giấy tờ bổ sung."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        receive_supplement(actor=self.actor, dossier_id=dossier_id, **data)


class DecideRefusalView(ActView):
    permission = RIGHT_OF[Command.DECIDE_REFUSAL]
    command, done = Command.DECIDE_REFUSAL, "Đã ban hành văn bản từ chối; bộ phận Một cửa trả cho người nộp."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        decide_refusal(actor=self.actor, dossier_id=dossier_id, **data)


class StopView(ActView):
    permission = RIGHT_OF[Command.STOP]
    command, done = Command.STOP, "Đã dừng giải quyết hồ sơ và báo cho người nộp."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        stop_dossier(actor=self.actor, dossier_id=dossier_id, **data)
