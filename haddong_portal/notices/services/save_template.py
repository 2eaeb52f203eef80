"""Change the words of an event on a channel. Right notice.edit_template; writes NoticeTemplate with history."""

from __future__ import annotations

from django.core.cache import caches
from django.db import transaction

from haddong_portal.common.actors import Actor
from haddong_portal.notices.constants import NoticeChannel, NoticeEvent
from haddong_portal.notices.models import NoticeTemplate
from haddong_portal.notices.selectors.templates import cache_key
from haddong_portal.notices.services.check_words import check_words


@transaction.atomic
def save_template(*, actor: Actor, event: NoticeEvent, channel: NoticeChannel, subject: str, body: str) -> None:
    """Refusals: those of check_words. Two who save at once: the later words stay, the earlier ones are history."""
    actor.require("notice.edit_template")
    check_words(event=event, channel=channel, subject=subject, body=body)
    template = NoticeTemplate.objects.select_for_update(no_key=True).filter(event=event, channel=channel).first()
    template = template or NoticeTemplate(event=event, channel=channel)
    template.subject, template.body = subject.strip(), body.strip()
    template.save()
    transaction.on_commit(lambda: caches["process"].delete(cache_key(event, channel)), robust=True)
