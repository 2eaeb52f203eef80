"""Go back to the words the project ships. Right notice.edit_template; takes the NoticeTemplate away, with history."""

from __future__ import annotations

from django.core.cache import caches
from django.db import transaction

from haddong_portal.common.actors import Actor
from haddong_portal.notices.constants import NoticeChannel, NoticeEvent
from haddong_portal.notices.models import NoticeTemplate
from haddong_portal.notices.selectors.templates import cache_key


@transaction.atomic
def reset_template(*, actor: Actor, event: NoticeEvent, channel: NoticeChannel) -> None:
    """Nothing happens when the shipped words are in use."""
    actor.require("notice.edit_template")
    template = NoticeTemplate.objects.select_for_update(no_key=True).filter(event=event, channel=channel).first()
    if template is not None:
        template.delete()
    transaction.on_commit(lambda: caches["process"].delete(cache_key(event, channel)), robust=True)
