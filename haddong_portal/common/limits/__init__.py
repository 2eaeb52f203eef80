"""Time limits: a structured amount of time, and the careful reading of the texts that state them (pure, no Django)."""

from haddong_portal.common.limits.catalogue import structured_from_method
from haddong_portal.common.limits.model import LimitUnit, TimeLimit
from haddong_portal.common.limits.parsed import LimitCase, ParsedLimit, ReviewReason
from haddong_portal.common.limits.reading import parse_limit_text

__all__ = [
    "LimitCase",
    "LimitUnit",
    "ParsedLimit",
    "ReviewReason",
    "TimeLimit",
    "parse_limit_text",
    "structured_from_method",
]
