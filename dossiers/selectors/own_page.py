"""A citizen's own dossier, once they have proven its phone: slips, papers asked for, what they may do."""

from __future__ import annotations

from dataclasses import dataclass

from dossiers.constants import Status
from dossiers.models import Dossier, Slip
from dossiers.rules.lifecycle import MOVES, Command
from dossiers.rules.withdrawing import may_withdraw
from dossiers.selectors.asked_papers import AskedPapers, asked_papers
from dossiers.selectors.rulesets import policy_of
from dossiers.selectors.slip_pdf import FOR_APPLICANTS
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common.actors import Actor


@dataclass(frozen=True)
class OwnPage:
    """Everything the page shows. No officer's note, no other unit's paper."""

    dossier: Dossier
    state_label: str
    slips: list[Slip]
    asked: AskedPapers

    @property
    def waits_for_papers(self) -> bool:
        return self.dossier.status == Status.WAIT_SUPPLEMENT

    @property
    def was_sent(self) -> bool:
        """A supplement is at the desk, which has not looked yet."""
        return self.waits_for_papers and self.dossier.check_due_at is not None

    @property
    def may_send(self) -> bool:
        return self.waits_for_papers and not self.was_sent and bool(self.asked.lines)

    @property
    def may_withdraw(self) -> bool:
        fits = self.dossier.status in MOVES[Command.REQUEST_WITHDRAWAL].from_states
        if not fits or self.dossier.accepted_at is None:
            return False
        policy = policy_of(self.dossier.ruleset).acts
        return may_withdraw(policy, status=self.dossier.status, action=self.dossier.current_action)

    @property
    def may_take_back(self) -> bool:
        """A filing that the desk has not accepted ends at once, without an answer."""
        fits = self.dossier.status in MOVES[Command.WITHDRAW_FILING].from_states
        return fits and self.dossier.accepted_at is None


def own_page(*, dossier: Dossier, client_ip: str, actor: Actor | None = None) -> OwnPage:
    """The page of a dossier whose owner `read_own` has recognised; the read leaves an audit row, of the
    citizen unless a connected system reads (`actor`)."""
    record_access(
        actor=actor or Actor(name="Người dân", channel="public", ip=client_ip or None),
        action="dossier.own",
        object_type="dossier",
        object_id=dossier.pk,
        person_id=dossier.person_id,
        purpose="hệ thống đã nộp thay" if actor else "mã gửi đến điện thoại đã đăng ký",
    )
    slips = Slip.objects.filter(dossier=dossier, form_kind__in=FOR_APPLICANTS).order_by("-id")
    return OwnPage(dossier, Status(dossier.status).label, list(slips), asked_papers(dossier))
