"""The code printed on an issued paper: sixteen letters and digits that nobody confuses, in groups of four.

80 random bits; it opens what a stranger may know of one paper, so it need not be signed as well.
"""

from __future__ import annotations

import secrets

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH, GROUP = 16, 4


def new_code() -> str:
    """A code that nobody has."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def shown_code(code: str) -> str:
    """ "ABCD-EFGH-JKLM-NPQR"."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read_code(text: str) -> str:
    """The code in what was typed, pasted or scanned (a whole address, too); "" when there is none."""
    last = text.strip().rstrip("/").rsplit("/", 1)[-1]
    code = "".join(letter for letter in last.upper() if letter.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else ""
