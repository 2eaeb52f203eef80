"""Verification on the dossier's page."""

from __future__ import annotations

from typing import Any

from dossiers.permissions import RIGHT_OF
from dossiers.rules.lifecycle import Command
from dossiers.services.finish_verification import finish_verification
from dossiers.services.verify_on_site import verify_on_site
from dossiers.views.acts import ActView


class VerifyView(ActView):
    permission, command = RIGHT_OF[Command.VERIFY], Command.VERIFY
    done = "Đã ghi nhận bắt đầu xác minh."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        verify_on_site(actor=self.actor, dossier_id=dossier_id, **data)


class FinishVerificationView(ActView):
    permission, command = RIGHT_OF[Command.FINISH_VERIFICATION], Command.FINISH_VERIFICATION
    done = "Đã lưu biên bản xác minh vào hồ sơ."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        finish_verification(actor=self.actor, dossier_id=dossier_id, **data)
