"""Why a charge may be exempted: the list that ships with the portal, as data."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import dossiers
from haddong_portal.common.errors import DomainError

PATH = Path(dossiers.__file__).parent / "data" / "exemptions.json"
OTHER = "khac"


@lru_cache(maxsize=1)
def exemptions() -> tuple[tuple[str, str], ...]:
    """(code, label) in the order of the list."""
    rows = json.loads(PATH.read_text(encoding="utf-8"))["reasons"]
    return tuple((row["code"], row["label"]) for row in rows)


def exemption_label(code: str) -> str:
    """The label of a reason; DomainError charge.reason_unknown."""
    label = dict(exemptions()).get(code)
    if label is None:
        raise DomainError("charge.reason_unknown", "Xin chọn lý do miễn, giảm trong danh sách.", "reason")
    return label
