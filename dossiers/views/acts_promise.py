"""The promise and withdrawals on the dossier's page."""

from __future__ import annotations

from typing import Any

from dossiers.permissions import RIGHT_OF
from dossiers.rules.lifecycle import Command
from dossiers.services.confirm_on_time import confirm_on_time
from dossiers.services.decline_withdrawal import decline_withdrawal
from dossiers.services.extend_once import extend_once
from dossiers.services.record_overdue import record_overdue
from dossiers.services.request_withdrawal import request_withdrawal
from dossiers.views.acts import ActView


class ConfirmOnTimeView(ActView):
    permission, command = RIGHT_OF[Command.CONFIRM_ON_TIME], Command.CONFIRM_ON_TIME
    done = "Đã cam kết trả đúng hẹn."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        confirm_on_time(actor=self.actor, dossier_id=dossier_id, **data)


class RecordOverdueView(ActView):
    permission, command = RIGHT_OF[Command.RECORD_OVERDUE], Command.RECORD_OVERDUE
    done = "Đã ghi nhận quá hạn và lý do."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        record_overdue(actor=self.actor, dossier_id=dossier_id, **data)


class ExtendView(ActView):
    permission, command = RIGHT_OF[Command.EXTEND], Command.EXTEND
    done = "Đã ban hành phiếu xin lỗi, hẹn lại và báo cho người nộp."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        extend_once(actor=self.actor, dossier_id=dossier_id, **data)


class RequestWithdrawalView(ActView):
    permission, command = RIGHT_OF[Command.REQUEST_WITHDRAWAL], Command.REQUEST_WITHDRAWAL
    done = "Đã ghi nhận đề nghị rút hồ sơ. Đồng hồ tạm dừng."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        request_withdrawal(actor=self.actor, dossier_id=dossier_id, **data)


class DeclineWithdrawalView(ActView):
    permission, command = RIGHT_OF[Command.DECLINE_WITHDRAWAL], Command.DECLINE_WITHDRAWAL
    done = "Đã trả lời không chấp nhận rút hồ sơ; việc giải quyết tiếp tục."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        decline_withdrawal(actor=self.actor, dossier_id=dossier_id, **data)
