"""When a look-up may stand for a paper (ND104-2022-D14): a known way, and a reason where no way worked (pure)."""

from __future__ import annotations

from collections.abc import Mapping

from haddong_portal.citizens.constants import LOOK_UP_NOTE_MAX, FallbackReason, LookUpData, LookUpMethod
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import clean_text

SHOWN_FIELDS_MAX = 30
SHOWN_VALUE_MAX = 500


def checked_look_up(data: LookUpData, *, field_name: str = "look_up") -> LookUpData:
    """The same data cleaned.

    Raises DomainError look_up.method, look_up.reason_missing, look_up.note_missing and look_up.shown.
    """
    if data.method not in LookUpMethod.values:
        raise DomainError("look_up.method", "Chưa chọn cách tra cứu.", field_name)
    note = clean_text(data.note)[:LOOK_UP_NOTE_MAX]
    if data.method == LookUpMethod.FALLBACK:
        _check_reason(data.reason, note, field_name)
    is_fallback = data.method == LookUpMethod.FALLBACK
    return LookUpData(
        data.method, data.reason if is_fallback else "", note if is_fallback else "", _checked_shown(data, field_name)
    )


def _check_reason(reason: str, note: str, field_name: str) -> None:
    if reason not in FallbackReason.values:
        raise DomainError("look_up.reason_missing", "Không tra cứu được thì phải ghi lý do.", field_name)
    if reason == FallbackReason.OTHER and not note:
        raise DomainError("look_up.note_missing", "Lý do khác thì phải ghi rõ.", field_name)


def _checked_shown(data: LookUpData, field_name: str) -> Mapping[str, str]:
    if len(data.shown) > SHOWN_FIELDS_MAX:
        raise DomainError("look_up.shown", f"Kết quả tra cứu có nhiều nhất {SHOWN_FIELDS_MAX} mục.", field_name)
    return {
        clean_text(str(label))[:80]: clean_text(str(value))[:SHOWN_VALUE_MAX] for label, value in data.shown.items()
    }
