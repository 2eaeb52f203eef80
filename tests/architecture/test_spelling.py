"""One way to write a tone mark: on the first letter of an open oa, oe, uy (hóa, khỏe, hủy), as laws and decrees do."""

from __future__ import annotations

import re
import subprocess

from tests.architecture.sources import REPO

KINDS = ("*.py", "*.html", "*.js", "*.typ", "*.json", "*.md")
BOTH_WAYS = {"tests/common/test_text.py", "tests/architecture/test_spelling.py"}  # they are about the difference
SECOND_LETTER = re.compile(r"(?<![qQ])(?:[oO][àáảãạÀÁẢÃẠèéẻẽẹÈÉẺẼẸ]|[uU][ỳýỷỹỵỲÝỶỸỴ])(?!\w)")


def test_the_search_sees_the_other_way() -> None:
    assert SECOND_LETTER.findall("số hoá, uỷ quyền, HUỶ") == ["oá", "uỷ", "UỶ"]
    assert not SECOND_LETTER.search("số hóa, ủy quyền, hoàn, quý, toán, thuyết")


def test_tone_marks_stand_on_the_first_letter() -> None:
    names = subprocess.run(["git", "ls-files", "--", *KINDS], cwd=REPO, capture_output=True, text=True, check=True)
    found = [
        f"{name}:{number}"
        for name in names.stdout.split("\n")
        if name and name not in BOTH_WAYS and (REPO / name).is_file()
        for number, line in enumerate((REPO / name).read_text(encoding="utf-8").split("\n"), 1)
        if SECOND_LETTER.search(line)
    ]
    assert found == []
