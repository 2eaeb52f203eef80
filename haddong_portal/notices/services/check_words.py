"""What words of an event must be like, asked by the editor's preview and again when they are saved. Reads nothing."""

from __future__ import annotations

from haddong_portal.common.errors import DomainError
from haddong_portal.notices.constants import NoticeChannel, NoticeEvent
from haddong_portal.notices.rules.facts import FACTS_OF
from haddong_portal.notices.rules.words import placeholders

SUBJECT_MAX = 200
BODY_MAX = {NoticeChannel.SMS: 600, NoticeChannel.EMAIL: 4000, NoticeChannel.PORTAL: 600, NoticeChannel.CALL: 1500}


def check_words(*, event: NoticeEvent, channel: NoticeChannel, subject: str, body: str) -> None:
    """Refusals: `notice.body_length`, `notice.subject_length`, `notice.unknown_placeholder`, `notice.code_missing`."""
    longest = BODY_MAX[channel]
    if not body.strip() or len(body) > longest:
        raise DomainError("notice.body_length", f"Nội dung phải có từ 1 đến {longest} ký tự.", "body")
    if len(subject) > SUBJECT_MAX:
        raise DomainError("notice.subject_length", f"Tiêu đề dài nhất {SUBJECT_MAX} ký tự.", "subject")
    for field, text in (("subject", subject), ("body", body)):
        unknown = sorted(placeholders(text) - FACTS_OF[event])
        if unknown:
            names = ", ".join("{" + name + "}" for name in unknown)
            message = f"Thông báo “{event.label}” không có dữ liệu cho chỗ điền: {names}."
            raise DomainError("notice.unknown_placeholder", message, field)
    if event == NoticeEvent.PHONE_CODE and "code_digits" not in placeholders(body):
        raise DomainError("notice.code_missing", "Nội dung phải có chỗ điền {code_digits}.", "body")
