"""What the importer makes of one record: plain values that the services write as rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from haddong_portal.common.limits import TimeLimit

# Channels as the national portal numbers them (procedures.constants.Channel); None means every channel.
DIRECT, ONLINE, POSTAL = 1, 2, 3


class RecordRefused(Exception):
    """The record cannot be taken in at all: `reason_code` is stable, `reason` is Vietnamese."""

    def __init__(self, reason_code: str, reason: str) -> None:
        super().__init__(reason)
        self.reason_code = reason_code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ReviewNote:
    """Something an editor should look at ("cần rà soát"): a stable code, the part, the words."""

    code: str
    part: str
    text: str

    def as_json(self) -> dict[str, str]:
        return {"code": self.code, "part": self.part, "text": self.text}


@dataclass(frozen=True, slots=True)
class ParsedRequirement:
    """One line of what to bring; `kind` is submit or present."""

    name: str
    kind: str = "submit"
    originals: int = 0
    copies: int = 0
    required: bool = True
    is_note: bool = False
    forms: tuple[str, ...] = ()
    paper_type: str = ""
    electronic_note: str = ""
    digitise: str = "optional"


@dataclass(frozen=True, slots=True)
class ParsedLimit:
    """How long, for one channel or for all; `limit` None means the text must be read by a person."""

    channel: int | None
    limit: TimeLimit | None
    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ParsedFee:
    """How much, for one channel or for all; `amount_vnd` None means unknown, 0 means free by law."""

    channel: int | None
    kind: str
    amount_vnd: int | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ParsedCase:
    """A case (trường hợp) with its papers."""

    name: str
    requirements: tuple[ParsedRequirement, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class ParsedRecord:
    """One procedure version. Limits and fees hold for every case: the source does not tie them to cases."""

    national_code: str
    local_code: str
    source: str
    as_of_on: date | None
    name: str
    audience_line: str
    sector: str
    sector_code: str
    levels: tuple[str, ...]
    service_level: str
    decision_no: str
    promulgator: str
    subjects: tuple[str, ...]
    agencies: dict[str, str]
    steps: tuple[dict[str, str], ...]
    methods: tuple[dict[str, object], ...]
    results: tuple[dict[str, str], ...]
    conditions: str
    legal_basis: tuple[dict[str, str], ...]
    forms: tuple[str, ...]
    keywords: tuple[str, ...]
    limit_text: str
    fee_text: str
    cases: tuple[ParsedCase, ...]
    limits: tuple[ParsedLimit, ...]
    fees: tuple[ParsedFee, ...]
    limits_structured: int
    limits_to_review: int
    missing_parts: tuple[str, ...]
    blockers: tuple[str, ...]
    review_notes: tuple[ReviewNote, ...]
    part_hashes: dict[str, str] = field(default_factory=dict)
    content_hash: str = ""
