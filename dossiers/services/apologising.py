"""The apology for a mistake or lost papers (NĐ 61/2018 art. 21): a letter of the unit at fault, in its head's name.

A helper of the acts, called inside their transaction with the dossier locked, after everything but the event.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dossiers.constants import FormKind
from dossiers.documents.apology import ApologyKind
from dossiers.models import Dossier, Slip
from dossiers.services.issue_slip import SlipData, issue_slip
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Post
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError

HEADS = (Role.LEADER, Role.ONE_STOP_HEAD)
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
    """The numbered letter of the actor's unit. Raises DomainError apology.no_head when nobody leads that unit."""
    name, title = _head_of(actor, now)
    contents: Mapping[str, object] = {"kind": kind, "remedy": remedy, "cost": cost}
    if dossier.printed_due_at:
        contents = {**contents, "old_due_at": dossier.printed_due_at.isoformat()}
    return issue_slip(
        kind=FormKind.APOLOGY_LETTER,
        unit_id=actor.unit_id or 0,
        ruleset_id=dossier.ruleset_id,
        actor=actor,
        now=now,
        dossier=dossier,
        data=SlipData(reason=reason, contents=contents, signer_name=name, signer_title=title),
    )


def _head_of(actor: Actor, now: datetime) -> tuple[str, str]:
    """Who signs: the actor when they lead the unit, else the unit's leader, else the head of its desk."""
    if actor.role in HEADS:
        return actor.name, actor.post_title or actor.role_label
    posts = Post.objects.held_on(now.date()).filter(unit_id=actor.unit_id or 0, role__in=HEADS)
    found = sorted(posts.select_related("user"), key=lambda post: (HEADS.index(Role(post.role)), post.pk))
    if not found:
        raise DomainError(
            "apology.no_head", "Đơn vị chưa có thủ trưởng trên hệ thống để ký thư xin lỗi; báo quản trị.", status=409
        )
    return found[0].user.full_name, found[0].title
