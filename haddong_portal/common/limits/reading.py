"""Read a time limit out of an official text, or say why a person has to.

The reader knows a small grammar: words that may stand before a limit, the limit, words that may
follow it. Anything else is left for review: a wrong promise costs more than an unread line.
"Ngày" alone is calendar days; upper bounds ("không quá") are the limit; limits for verifying,
prolonging or sending back are never the base limit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from haddong_portal.common.errors import DomainError
from haddong_portal.common.limits import phrases
from haddong_portal.common.limits.model import LimitUnit, TimeLimit
from haddong_portal.common.limits.parsed import LimitCase, ParsedLimit, ReviewReason

_ONE_DAY = (TimeLimit(1, LimitUnit.WORKING_DAY), TimeLimit(1, LimitUnit.CALENDAR_DAY), TimeLimit.same_day())
_MAX_LENGTH = 4_000
"""A longer text is a narrative, not a limit; reading only its start could miss a case."""
_CONDITION = re.compile(r"[,.\s(]*(?:(?:trong|đối với|riêng)\s+)?(?:trường hợp|nếu|khi cần|có thể)\b")


@dataclass(slots=True)
class _Notes:
    """What the reader has written down so far."""

    cases: list[LimitCase] = field(default_factory=list)
    extensions: list[LimitCase] = field(default_factory=list)
    reasons: list[ReviewReason] = field(default_factory=list)
    has_cutoff: bool = False


def parse_limit_text(text: str) -> ParsedLimit:
    """The limit a text states, or a reason for review; never raises for any string."""
    if len(text) > _MAX_LENGTH:
        return ParsedLimit(text, None, ReviewReason.NOT_UNDERSTOOD)
    cleaned = phrases.clean(text)
    if phrases.NOTHING.fullmatch(cleaned):
        return ParsedLimit(text, None, ReviewReason.NOTHING_STATED)
    if phrases.RANGE.search(cleaned):
        return ParsedLimit(text, None, ReviewReason.RANGE, tuple(_limits_in(cleaned, "")))
    total = _read_total(cleaned)
    notes = total if total is not None else _read_clauses(cleaned)
    return _conclude(text, cleaned, notes)


def _read_total(cleaned: str) -> _Notes | None:
    """ "14 ngày làm việc, trong đó: …": the total counts when the parts name no cases; None if there is no total."""
    found = phrases.BREAKDOWN.search(cleaned)
    if found is None:
        return None
    notes = _read_clauses(cleaned[: found.start()])
    if len(notes.cases) != 1 or notes.cases[0].text or notes.reasons:
        return None
    rest = [part for part in phrases.clauses(cleaned[found.end() :]) if not phrases.SIDE_MATTER.search(part)]
    if any(re.search(r"trường hợp|đối với|cấp mới|cấp lại|gia hạn", part) and _limits_in(part, "") for part in rest):
        return None
    return notes


def _read_clauses(cleaned: str) -> _Notes:
    notes = _Notes()
    for clause in phrases.clauses(cleaned):
        _read_clause(clause, notes)
    return notes


def _read_clause(clause: str, notes: _Notes) -> None:
    if phrases.CUTOFF in clause:
        clause = _take_cutoff(clause, notes)
    if phrases.EXTENSION.search(clause):
        clause = _take_extension(clause, notes)
    if not clause or (phrases.SIDE_MATTER.search(clause) and not _opens_with_limit(clause)):
        return
    _read_base(clause, notes)


def _take_cutoff(clause: str, notes: _Notes) -> str:
    """Note the 15:00 rule and hand back what stands before it."""
    notes.has_cutoff = True
    if phrases.LIMIT.search(clause.split(phrases.CUTOFF, 1)[1]):
        notes.reasons.append(ReviewReason.CUTOFF_WITH_DAYS)
    if "kể cả" in clause.split(phrases.CUTOFF)[0]:
        notes.has_cutoff = False
        if found := phrases.SAME_DAY.match(clause):
            notes.cases.append(LimitCase("", TimeLimit.same_day(rolls_after_15=False)))
            return clause[found.end() : found.end()]
    return phrases.without_roll(clause)


def _take_extension(clause: str, notes: _Notes) -> str:
    """Note a limit that holds only when something is verified or prolonged; hand back what stands before it."""
    for found in _CONDITION.finditer(clause):
        rest = clause[found.start() :]
        if phrases.EXTENSION.search(rest):
            notes.extensions.extend(_limits_in(rest, rest.strip(" ,.(")))
            return clause[: found.start()]
    notes.extensions.extend(_limits_in(clause, clause))
    return ""


def _opens_with_limit(clause: str) -> bool:
    found = phrases.LIMIT.search(clause)
    return found is not None and phrases.LEAD.fullmatch(clause[: found.start()]) is not None


def _read_base(clause: str, notes: _Notes) -> None:
    """A clause of the base limit: lead, limit, tail, or the reason it is not."""
    found = phrases.LIMIT.search(clause) or phrases.SAME_DAY.search(clause)
    if found is None:
        if phrases.REFERS.search(clause):
            notes.reasons.append(ReviewReason.REFERS_ELSEWHERE)
        return
    lead, tail = clause[: found.start()], clause[found.end() :]
    limit = _limit_from(found, notes)
    if limit is None:
        return
    reason, label = _judge(lead, tail)
    if reason is not None:
        notes.reasons.append(reason)
    notes.cases.append(LimitCase(label, limit))
    notes.cases.extend(_limits_in(tail, clause))


def _limit_from(found: re.Match[str], notes: _Notes) -> TimeLimit | None:
    if "amount" not in found.re.groupindex:
        return TimeLimit.same_day()
    try:
        limit = phrases.limit_of(found)
    except DomainError:
        notes.reasons.append(ReviewReason.AMOUNT_REFUSED)
        return None
    if phrases.is_clock_hours(found):
        notes.reasons.append(ReviewReason.CLOCK_HOURS)
    return limit


def _judge(lead: str, tail: str) -> tuple[ReviewReason | None, str]:
    """Whether the words around a limit leave it alone; otherwise why not, or the case they name."""
    channel = phrases.CHANNEL.match(lead)
    bare_lead = lead[channel.end() :] if channel else lead
    lead_ok = phrases.LEAD.fullmatch(bare_lead) is not None or (channel is not None and not bare_lead.strip())
    if phrases.LIMIT.search(tail) or phrases.SAME_DAY.search(tail):
        return ReviewReason.SEVERAL_STAGES, ""
    if phrases.BEFORE_EVENT.search(tail) or phrases.BEFORE_EVENT.search(lead):
        return ReviewReason.BEFORE_EVENT, ""
    if lead_ok and phrases.tail_is_harmless(tail):
        return None, (channel.group().strip(" :-") if channel else "")
    if phrases.CASE_WORD.search(lead) or phrases.CASE_WORD.search(tail):
        return ReviewReason.SEVERAL_CASES, (lead if phrases.CASE_WORD.search(lead) else tail).strip(" ,.:")
    if phrases.tail_names_start(tail):
        return ReviewReason.OTHER_START, ""
    return ReviewReason.NOT_UNDERSTOOD, ""


def _limits_in(part: str, label: str) -> list[LimitCase]:
    """Every limit a piece of text names, under one label; unusable amounts are left out."""
    cases = []
    for found in phrases.LIMIT.finditer(part):
        try:
            cases.append(LimitCase(label, phrases.limit_of(found)))
        except DomainError:
            continue
    return cases


def _conclude(text: str, cleaned: str, notes: _Notes) -> ParsedLimit:
    extensions = tuple(notes.extensions)
    limits = list(dict.fromkeys(case.limit for case in notes.cases))
    if limits[:1] and limits[0].unit == LimitUnit.CALENDAR_DAY and phrases.DAYS_OFF_LEFT_OUT.search(cleaned):
        notes.reasons.insert(0, ReviewReason.CONTRADICTION)
    if not notes.reasons and len(limits) == 1:
        limit, reason = _with_cutoff(limits[0], has_cutoff=notes.has_cutoff)
        if limit is not None:
            return ParsedLimit(text, limit, extensions=extensions)
    else:
        reason = _first_reason(cleaned, notes)
    return ParsedLimit(text, None, reason, _alternatives(notes, limits), extensions)


def _with_cutoff(limit: TimeLimit, *, has_cutoff: bool) -> tuple[TimeLimit | None, ReviewReason]:
    """ "01 ngày làm việc; sau 15 giờ thì ngày làm việc tiếp theo" is the same-day rule; longer limits are unclear."""
    if not has_cutoff:
        return limit, ReviewReason.NOT_UNDERSTOOD
    return (TimeLimit.same_day() if limit in _ONE_DAY else None), ReviewReason.CUTOFF_WITH_DAYS


def _first_reason(cleaned: str, notes: _Notes) -> ReviewReason:
    if notes.reasons:
        return notes.reasons[0]
    if notes.cases:
        labelled = any(case.text for case in notes.cases)
        return ReviewReason.SEVERAL_CASES if labelled else ReviewReason.SEVERAL_STAGES
    if phrases.REFERS.search(cleaned):
        return ReviewReason.REFERS_ELSEWHERE
    if re.fullmatch(r"[\d\s.,;/-]+", cleaned):
        return ReviewReason.UNIT_MISSING
    return ReviewReason.NOT_UNDERSTOOD


def _alternatives(notes: _Notes, limits: list[TimeLimit]) -> tuple[LimitCase, ...]:
    labels = {case.limit: case.text for case in reversed(notes.cases)}
    return tuple(LimitCase(labels[limit], limit) for limit in limits)
