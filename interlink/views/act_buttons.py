"""Which acts a case's page and the operations page offer to whom: buttons with their forms, nothing decided here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse

from haddong_portal.common.actors import Actor
from interlink import permissions
from interlink.constants import OPEN_CASES, ConfirmationState, LegKind, LegState
from interlink.forms.case_acts import ConfirmationForm, IdentityForm, OutcomeForm, ReasonForm, ReleaseForm
from interlink.models import Confirmation, Leg, LinkedCase
from interlink.rules.engine import RESUMABLE
from interlink.selectors.case_page import CasePage
from interlink.services.resume_leg import AT_AGENCY

NOT_BEGUN = (LegState.WAITING, LegState.HELD, LegState.SKIPPED)
ANSWERABLE = (ConfirmationState.ASKED, ConfirmationState.LAPSED)


@dataclass(frozen=True, slots=True)
class ActButton:
    """One act as its button and form, for interlink/act.html."""

    label: str
    icon: str
    url: str
    form: forms.Form
    question: str = ""
    tone: str = ""


def buttons_of(actor: Actor, page: CasePage) -> dict[str, Any]:
    """The page's context for acts: of the case, by leg, by confirmation, by message, about people."""
    case, is_open = page.case, page.case.state in OPEN_CASES
    asked = [line.confirmation for line in page.confirmations]
    return {
        "case_acts": case_buttons(actor, case) if is_open else [],
        "may_correct": is_open and actor.has_right(permissions.CORRECT),
        "leg_acts": {leg.line.key: leg_buttons(actor, case, leg.leg) if is_open else [] for leg in page.legs},
        "confirmation_acts": {one.pk: _confirmation(actor, case, one) if is_open else [] for one in asked},
        "message_acts": {
            line.message_id: release_button(line.message_id)
            for line in page.messages
            if line.given_up and actor.has_right(permissions.RELEASE_MESSAGE)
        },
        "identity_acts": _identity(actor, case),
    }


def case_buttons(actor: Actor, case: LinkedCase) -> list[ActButton]:
    """Stop, for whoever may."""
    if not actor.has_right(permissions.STOP):
        return []
    url = reverse("interlink:stop", args=[case.code])
    question = "Cơ quan đã nhận yêu cầu sẽ được báo hủy. Việc đã xong vẫn có giá trị."
    return [ActButton("Dừng hồ sơ liên thông", "circle-x", url, _reason(case, "stop"), question, "danger")]


def leg_buttons(actor: Actor, case: LinkedCase, leg: Leg) -> list[ActButton]:
    """Go on, start again, type the agency's paper in."""
    found: list[ActButton] = []
    args, exchange = [case.code, leg.key], leg.kind == LegKind.EXCHANGE
    if actor.has_right(permissions.RECORD_OUTCOME) and exchange and leg.state in AT_AGENCY:
        form = OutcomeForm(results_of(case, leg), prefix=f"outcome-{leg.key}", initial=_seen(case))
        url = reverse("interlink:record-outcome", args=args)
        found.append(ActButton("Nhập kết quả cơ quan trả", "file-import", url, form))
    resumable = leg.state == LegState.HELD and leg.hold_code in RESUMABLE
    put_right = leg.kind == LegKind.DOSSIER and leg.state == LegState.WORKING and leg.outcome_number
    if actor.has_right(permissions.RESUME) and (resumable or put_right):
        url = reverse("interlink:resume", args=args)
        found.append(ActButton("Cho đi tiếp", "player-play", url, _reason(case, f"resume-{leg.key}"), tone="primary"))
    if actor.has_right(permissions.RESTART) and exchange and leg.state not in NOT_BEGUN:
        url, question = reverse("interlink:restart", args=args), "Yêu cầu cũ được hủy, thời hạn tính lại từ đầu."
        found.append(ActButton("Làm lại việc này", "refresh", url, _reason(case, f"restart-{leg.key}"), question))
    return found


def release_button(message_id: str) -> ActButton:
    """Send a message again that gave up."""
    return ActButton("Gửi lại", "send", reverse("interlink:release", args=[message_id]), ReleaseForm())


def results_of(case: LinkedCase, leg: Leg) -> list[dict[str, Any]]:
    """What the template says comes back of a leg."""
    legs: list[Mapping[str, Any]] = case.version.definition.get("legs") or []
    return next((list(spec.get("results") or ()) for spec in legs if spec["key"] == leg.key), [])


def _confirmation(actor: Actor, case: LinkedCase, one: Confirmation) -> list[ActButton]:
    if one.state not in ANSWERABLE or not actor.has_right(permissions.CONFIRM):
        return []
    form = ConfirmationForm(prefix=f"confirm-{one.role}", initial=_seen(case))
    return [ActButton("Ghi ý kiến", "user-check", reverse("interlink:confirm", args=[case.code, one.role]), form)]


def _identity(actor: Actor, case: LinkedCase) -> list[ActButton]:
    if not actor.has_right(permissions.DECIDE_IDENTITY):
        return []
    url = reverse("interlink:identity", args=[case.code])
    return [ActButton("Kết luận về nhân thân", "users", url, IdentityForm(prefix="identity"))]


def _seen(case: LinkedCase) -> dict[str, int]:
    return {"row_version": case.row_version}


def _reason(case: LinkedCase, prefix: str) -> ReasonForm:
    return ReasonForm(prefix=prefix, initial=_seen(case))
