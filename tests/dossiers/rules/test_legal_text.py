"""Legal keys in words."""

from __future__ import annotations

import pytest

from dossiers.rules.legal_text import legal_text
from tests.data.shipped import legal_keys


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("ND61-2018-D19", "Nghị định 61/2018/NĐ-CP, điều 19"),
        ("TT01-2018-D9", "Thông tư 01/2018/TT-VPCP, điều 9"),
        ("TT66-2023-BCA", "Thông tư 66/2023/TT-BCA"),
        ("QD766-2022", "Quyết định 766/QĐ-TTg"),
        ("QD14-2010-TTg", "Quyết định 14/2010/QĐ-TTg"),
        ("LHT60-2014-D5", "Luật Hộ tịch 60/2014/QH13, điều 5"),
        ("BLDS2015-D147", "Bộ luật Dân sự 2015, điều 147"),
        ("DESIGN", "lựa chọn của phần mềm, không văn bản nào quy định"),
        ("LA-2024", "LA-2024"),
    ],
)
def test_a_key_is_told_in_words(key: str, text: str) -> None:
    assert legal_text(key) == text


def test_every_key_that_rule_sets_cite_is_told_in_words() -> None:
    untold = {key for key in legal_keys() if key.startswith(("ND", "TT", "BLDS", "LHT")) and legal_text(key) == key}
    assert untold == set()
