"""Why something that came over the wire is not taken."""

from __future__ import annotations


class WireError(ValueError):
    """A refusal with a code that both sides know; `detail` is for the log and names no content."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code, self.detail = code, detail
