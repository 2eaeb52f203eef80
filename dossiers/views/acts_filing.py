"""The desk's check of what was filed from home, on the dossier's page."""

from __future__ import annotations

from typing import Any

from dossiers.permissions import RIGHT_OF
from dossiers.rules.lifecycle import Command
from dossiers.services.accept_submission import accept_submission
from dossiers.services.refuse_submission import refuse_submission
from dossiers.services.return_submission import return_submission
from dossiers.views.acts import ActView
from dossiers.views.acts_supplement import RequestSupplementView


class AcceptSubmissionView(ActView):
    permission, command = RIGHT_OF[Command.ACCEPT_SUBMISSION], Command.ACCEPT_SUBMISSION
    done = "Đã tiếp nhận hồ sơ trực tuyến và báo ngày hẹn cho người nộp."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        accept_submission(actor=self.actor, dossier_id=dossier_id, **data)


class ReturnSubmissionView(RequestSupplementView):
    permission, command = RIGHT_OF[Command.RETURN_SUBMISSION], Command.RETURN_SUBMISSION
    done = "Đã gửi phiếu yêu cầu bổ sung cho người nộp."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        return_submission(actor=self.actor, dossier_id=dossier_id, **data)


class RefuseSubmissionView(ActView):
    permission, command = RIGHT_OF[Command.REFUSE_SUBMISSION], Command.REFUSE_SUBMISSION
    done = "Đã từ chối tiếp nhận và báo cho người nộp."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        refuse_submission(actor=self.actor, dossier_id=dossier_id, **data)
