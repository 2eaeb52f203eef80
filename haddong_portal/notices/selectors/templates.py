"""The words of an event on a channel: the editor's, else those the project ships."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache

from haddong_portal.notices.constants import NoticeChannel, NoticeEvent
from haddong_portal.notices.models import NoticeTemplate

CACHE_SECONDS = 60


@dataclass(frozen=True)
class Words:
    subject: str
    body: str


SHIPPED: dict[str, Words] = {
    NoticeEvent.DOSSIER_RECEIVED: Words(
        "Đã tiếp nhận hồ sơ {code}",
        "{unit} đã tiếp nhận hồ sơ {code} của Quý ông/bà. Hẹn trả: {due}. Theo dõi: {link}",
    ),
    NoticeEvent.RESULT_READY: Words(
        "Đã có kết quả hồ sơ {code}",
        "Hồ sơ {code} đã có kết quả. Mời Quý ông/bà đến {place} nhận, mang theo giấy hẹn và giấy tờ tuỳ thân. {link}",
    ),
    NoticeEvent.DOSSIER_RETURNED: Words(
        "Đã trả kết quả hồ sơ {code}",
        "Kết quả hồ sơ {code} đã được trả cho người nhận. Nếu không đúng, xin báo ngay cho {unit}. {link}",
    ),
}


def words_of(event: NoticeEvent, channel: NoticeChannel) -> Words:
    """The current words; edits are seen within a minute by every worker, at once by the one that saved."""
    key = cache_key(event, channel)
    try:
        known: Words | None = cache.get(key)
    except Exception:  # the cache is a convenience: Redis may be away and the notice is queued all the same
        known = None
    if known is None:
        known = _stored(event, channel) or SHIPPED[event]
        _remember(key, known)
    return known


def cache_key(event: str, channel: str) -> str:
    return f"notice-words:{event}:{channel}"


def _stored(event: NoticeEvent, channel: NoticeChannel) -> Words | None:
    row = NoticeTemplate.objects.filter(event=event, channel=channel).values_list("subject", "body").first()
    return Words(*row) if row else None


def _remember(key: str, words: Words) -> None:
    try:
        cache.set(key, words, CACHE_SECONDS)
    except Exception:  # as above
        return
