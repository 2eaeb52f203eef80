"""A legal key of docs/legal-sources.md in Vietnamese words: "ND61-2018-D19" → "Nghị định 61/2018/NĐ-CP, điều 19"."""

from __future__ import annotations

import re

_KEY = re.compile(
    r"^(?P<kind>[A-Z]+?)(?:(?P<number>\d{1,3})-)?(?P<year>\d{4})(?:-(?P<issuer>[A-Z][A-Za-z]+))?(?:-D(?P<article>\d+))?$"
)
_FULL = {
    "ND": "Nghị định {number}/{year}/NĐ-CP",
    "TT": "Thông tư {number}/{year}/TT-{issuer}",
    "TTLT": "Thông tư liên tịch {number}/{year}",
    "QD": "Quyết định {number}/{year}/QĐ-{issuer}",
    "NQ": "Nghị quyết {number}/{year}",
    "LHT": "Luật Hộ tịch {number}/{year}/QH13",
    "BLDS": "Bộ luật Dân sự {year}",
}
_SINGLE = "Quyết định {number}/QĐ-TTg"
"""A decision that sets no law carries no year."""
_PLAIN = {
    "DESIGN": "lựa chọn của phần mềm, không văn bản nào quy định",
    "PRACTICE": "thực tiễn, chưa tìm thấy văn bản",
    "SECTOR-LAW": "pháp luật chuyên ngành",
}


def legal_text(key: str) -> str:
    """The words; a key of another shape is given back as it is."""
    if key in _PLAIN:
        return _PLAIN[key]
    found = _KEY.match(key)
    if found is None or found["kind"] not in _FULL:
        return key
    pattern = _SINGLE if found["kind"] == "QD" and not found["issuer"] else _FULL[found["kind"]]
    text = pattern.format(number=found["number"], year=found["year"], issuer=found["issuer"] or "VPCP")
    return f"{text}, điều {found['article']}" if found["article"] else text
