"""The line that a procedure shows in any list: shared by browsing and by the search index."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ProcedureRow:
    """One line of a list: what it is for, how long, how much, where. `performed` None = no unit was chosen."""

    code: str
    name: str
    audience_line: str
    sector: str
    limit_text: str
    limit_needs_review: bool
    fee_text: str
    fee_is_free: bool
    fee_is_certain: bool
    where_text: str
    performed: bool | None = None
    reason: str = ""
