"""The apology for a mistake or lost papers (NĐ 61/2018 art. 21): a letter in the name of the head whom the
rule-set says.

A helper of the acts, called inside their transaction with the dossier locked, after everything but the event.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from dossiers.constants import FormKind
from dossiers.documents.apology import ApologyKind
from dossiers.models import Dossier, Slip
from dossiers.rules.apologies import signing_heads, signing_unit_id
from dossiers.selectors.rulesets import policy_by_id
from dossiers.services.issue_slip import SlipData, issue_slip
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Post
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError

AT_OUR_COST = "Cơ quan chịu toàn bộ chi phí."


def apologise(
    dossier: Dossier,
    *,
    kind: ApologyKind,
    reason: str,
    remedy: str = "",
    cost: str = AT_OUR_COST,
    actor: Actor,
    now: datetime,
) -> Slip:
    """The numbered letter of the unit at fault, the actor's, or of the desk. Raises DomainError apology.no_head when
    nobody leads it."""
    policy = policy_by_id(dossier.ruleset_id).acts
    unit_id = signing_unit_id(policy, unit_at_fault_id=actor.unit_id or 0, receiving_unit_id=dossier.receiving_unit_id)
    name, title = _head_of(unit_id, signing_heads(policy), actor, now)
    contents: Mapping[str, object] = {"kind": kind, "remedy": remedy, "cost": cost}
    if dossier.printed_due_at:
        contents = {**contents, "old_due_at": dossier.printed_due_at.isoformat()}
    return issue_slip(
        kind=FormKind.APOLOGY_LETTER,
        unit_id=unit_id,
        ruleset_id=dossier.ruleset_id,
        actor=actor,
        now=now,
        dossier=dossier,
        data=SlipData(reason=reason, contents=contents, signer_name=name, signer_title=title),
    )


def _head_of(unit_id: int, heads: Sequence[Role], actor: Actor, now: datetime) -> tuple[str, str]:
    """Who signs: the actor when they lead the unit, else the first of `heads` that somebody holds there."""
    if actor.role in heads and unit_id in actor.unit_ids:
        return actor.name, actor.post_title or actor.role_label
    posts = Post.objects.held_on(now.date()).filter(unit_id=unit_id, role__in=heads)
    found = sorted(posts.select_related("user"), key=lambda post: (heads.index(Role(post.role)), post.pk))
    if not found:
        raise DomainError(
            "apology.no_head", "Đơn vị chưa có thủ trưởng trên hệ thống để ký thư xin lỗi; báo quản trị.", status=409
        )
    return found[0].user.full_name, found[0].title
