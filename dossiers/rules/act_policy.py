"""What a rule-set prescribes for the acts themselves: withdrawals, apologies, receipts, books, codes, look-up.

Each value is a word of the rule-set; one that it does not name keeps the default, ValueError for a word that is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

Values = Mapping[str, Mapping[str, object]]
Word = TypeVar("Word", bound=StrEnum)


class WithdrawalUntil(StrEnum):
    """Until when an applicant may ask for the dossier back (domain.md §1.4, T14)."""

    SENT_TO_SIGN = "sent_to_sign"
    SIGNED = "signed"
    RESULT_RECORDED = "result_recorded"


class WithdrawalPaper(StrEnum):
    """Which paper ends a withdrawn dossier: the applicant's own letter, or a notice of the office."""

    LETTER = "letter"
    STOP_NOTICE = "stop_notice"


class ApologySigner(StrEnum):
    """Whose name stands under an apology (NĐ 61/2018 art. 19.9)."""

    AGENCY_HEAD = "agency_head"
    DESK_HEAD = "desk_head"


class HandoverWithin(StrEnum):
    """When the agency has the papers that the desk received today (NĐ 61/2018 art. 18)."""

    SAME_DAY = "same_working_day"
    NEXT_DAY = "next_working_day"


class BookPeriod(StrEnum):
    """How long a register is written before a new one begins (TT 01/2018 art. 10)."""

    YEAR = "calendar_year"
    QUARTER = "calendar_quarter"


class SerialPeriod(StrEnum):
    """How long the serial in dossier codes is counted on (TT 01/2018 art. 19)."""

    DAY = "day"
    YEAR = "year"


class UnitOrder(StrEnum):
    """Which end of a unit's code names the province."""

    PROVINCE_LAST = "province_last"
    PROVINCE_FIRST = "province_first"


class ClockStart(StrEnum):
    """From when the limit of a filing from home is counted."""

    ACCEPTED = "accepted_as_complete"
    SUBMITTED = "submitted"


class HandOverUnpaid(StrEnum):
    """Whether a result is handed over while a charge is neither paid nor exempt."""

    REFUSE = "refuse"
    ALLOW = "allow"


class TrackingField(StrEnum):
    """What a public look-up by the code alone may show (TT 01/2018 art. 16)."""

    CODE = "code"
    STATE = "state"
    DEGREE = "degree"
    DUE = "due"
    COLLECT = "collect"


SHOWN_BY_CODE = frozenset({TrackingField.CODE, TrackingField.STATE, TrackingField.DEGREE})


@dataclass(frozen=True, slots=True)
class ActPolicy:
    """The acts' part of a rule-set; the defaults are those of R2."""

    withdrawal_until: WithdrawalUntil = WithdrawalUntil.RESULT_RECORDED
    withdrawal_paper: WithdrawalPaper = WithdrawalPaper.LETTER
    apology_signer: ApologySigner = ApologySigner.AGENCY_HEAD
    handover_within: HandoverWithin = HandoverWithin.SAME_DAY
    receipt_optional_if_instant: bool = True
    early_result_is_told: bool = True
    book_period: BookPeriod = BookPeriod.YEAR
    serial_period: SerialPeriod = SerialPeriod.DAY
    unit_order: UnitOrder = UnitOrder.PROVINCE_LAST
    shown_by_code: frozenset[str] = SHOWN_BY_CODE
    clock_start: ClockStart = ClockStart.ACCEPTED
    hands_over_unpaid: HandOverUnpaid = HandOverUnpaid.REFUSE
    scans_at_intake: bool = True
    store_before_scan: bool = True

    @classmethod
    def from_values(cls, values: Values) -> ActPolicy:
        """From a rule-set's values."""
        base = cls()
        return cls(
            withdrawal_until=_word(values, "withdrawal_allowed_until", base.withdrawal_until),
            withdrawal_paper=_word(values, "withdrawal_form_kind", base.withdrawal_paper),
            apology_signer=_word(values, "apology_signed_by", base.apology_signer),
            handover_within=_word(values, "handover_within", base.handover_within),
            receipt_optional_if_instant=_yes(
                values, "receipt_optional_for_instant_result", base.receipt_optional_if_instant
            ),
            early_result_is_told=_yes(values, "early_result_needs_notice", base.early_result_is_told),
            book_period=_word(values, "register_book_period", base.book_period),
            serial_period=_word(values, "dossier_code_serial_period", base.serial_period),
            unit_order=_word(values, "dossier_code_unit_order", base.unit_order),
            shown_by_code=_fields(values, "public_tracking_fields", base.shown_by_code),
            clock_start=_word(values, "clock_start", base.clock_start),
            hands_over_unpaid=_word(values, "hand_over_unpaid_policy", base.hands_over_unpaid),
            scans_at_intake=_yes(values, "digitise_at_intake", base.scans_at_intake),
            store_before_scan=_yes(values, "reuse_before_scan", base.store_before_scan),
        )


def _word(values: Values, key: str, default: Word) -> Word:
    value = values.get(key, {}).get("value")
    return default if value is None else type(default)(str(value))


def _yes(values: Values, key: str, default: bool) -> bool:
    value = values.get(key, {}).get("value")
    if value is not None and not isinstance(value, bool):
        raise ValueError(f"{key} is yes or no")
    return default if value is None else value


def _fields(values: Values, key: str, default: frozenset[str]) -> frozenset[str]:
    value = values.get(key, {}).get("value")
    return frozenset(TrackingField(str(word)) for word in value) if isinstance(value, list) else default
