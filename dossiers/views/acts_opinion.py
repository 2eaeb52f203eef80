"""Asking other units, answering them and waiting no longer, on the dossier's page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from dossiers.forms.acts import ActForm
from dossiers.forms.acts_opinion import OpinionForm
from dossiers.permissions import RIGHT_OF
from dossiers.rules.lifecycle import Command
from dossiers.services.answer_opinion import answer_opinion
from dossiers.services.close_consultation import close_consultation
from dossiers.services.request_opinion import request_opinion
from dossiers.views.acts import ActView


class RequestOpinionView(ActView):
    permission, command = RIGHT_OF[Command.CONSULT], Command.CONSULT
    done = "Đã gửi phiếu lấy ý kiến."

    def data_of(self, form: ActForm) -> dict[str, Any]:
        assert isinstance(form, OpinionForm)
        return {"asks": form.asks(), "row_version": form.cleaned_data["row_version"]}

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        request_opinion(actor=self.actor, dossier_id=dossier_id, **data)


class AnswerOpinionView(ActView):
    """Back to the list: with a refusal to give an opinion the right to read the dossier ends."""

    permission, command = RIGHT_OF[Command.ANSWER_OPINION], Command.ANSWER_OPINION
    done = "Đã gửi trả lời cho đơn vị giải quyết."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        answer_opinion(actor=self.actor, dossier_id=dossier_id, stance=data["stance"], answer=data["answer"])

    def after(self, code: str) -> str:
        return reverse("dossiers:opinion-list")


class CloseConsultationView(ActView):
    permission, command = RIGHT_OF[Command.CLOSE_CONSULTATION], Command.CLOSE_CONSULTATION
    done = "Đã thôi chờ ý kiến; hồ sơ giải quyết tiếp."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        close_consultation(actor=self.actor, dossier_id=dossier_id, **data)
