"""What was put right on a dossier, with what stood there before, for those who may read personal data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dossiers.constants import CorrectionKind, MistakeBy
from dossiers.models import Correction
from dossiers.rules.corrections import FIELDS
from haddong_portal.common.crypto.cipher import decrypt

FIELDS_READ = "kind field old_value new_value mistake_by reason corrected_at"


@dataclass(frozen=True)
class CorrectionLine:
    """One correction. Old and new values are empty for who may not see them, and for results."""

    label: str
    at: datetime
    by: str
    old_value: str
    new_value: str
    mistake_label: str
    reason: str


def corrections_of(lines: list[dict[str, Any]], *, personal: bool) -> list[CorrectionLine]:
    return [
        CorrectionLine(
            label=FIELDS[line["field"]].label if line["kind"] == CorrectionKind.FIELD else "kết quả",
            at=datetime.fromisoformat(line["corrected_at"]),
            by=line["by"],
            old_value=_plain(line["old_value"], "old_value") if personal else "",
            new_value=_plain(line["new_value"], "new_value") if personal else "",
            mistake_label=MistakeBy(line["mistake_by"]).label,
            reason=line["reason"],
        )
        for line in lines
    ]


def _plain(hexadecimal: str, column: str) -> str:
    """PostgreSQL writes encrypted bytes into JSON as "\\x…"."""
    stored = bytes.fromhex(hexadecimal.removeprefix("\\x"))
    return decrypt(stored, f"{Correction._meta.label_lower}.{column}") if stored else ""
