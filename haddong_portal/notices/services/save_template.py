"""Change the words of an event on a channel. Right notice.edit_template; writes NoticeTemplate with history."""

from __future__ import annotations

from django.core.cache import cache
from django.db import transaction

from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.notices.constants import NoticeChannel, NoticeEvent
from haddong_portal.notices.models import NoticeTemplate
from haddong_portal.notices.rules.words import placeholders
from haddong_portal.notices.selectors.templates import cache_key

KNOWN = frozenset({"code", "name", "procedure", "due", "unit", "link", "place"})
BODY_MAX = 600


@transaction.atomic
def save_template(*, actor: Actor, event: NoticeEvent, channel: NoticeChannel, subject: str, body: str) -> None:
    """Raises DomainError for empty or overlong words and for a placeholder that no event fills."""
    actor.require("notice.edit_template")
    if not body.strip() or len(body) > BODY_MAX:
        raise DomainError("notice.body_length", f"Nội dung phải có từ 1 đến {BODY_MAX} ký tự.", "body")
    unknown = sorted(placeholders(subject + body) - KNOWN)
    if unknown:
        words = ", ".join("{" + name + "}" for name in unknown)
        raise DomainError("notice.unknown_placeholder", f"Không có dữ liệu để điền vào chỗ: {words}.", "body")
    template, _ = NoticeTemplate.objects.select_for_update().get_or_create(event=event, channel=channel)
    template.subject, template.body = subject.strip(), body.strip()
    template.save()
    transaction.on_commit(lambda: cache.delete(cache_key(event, channel)), robust=True)
