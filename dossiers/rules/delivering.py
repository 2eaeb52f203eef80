"""What goes onto a delivery list and what its lines say."""

from __future__ import annotations

# A list is carried and checked by hand, line by line.
LINES_MAX = 100


def papers_text(originals: int, copies: int) -> str:
    """ "03 bản chính, 01 bản sao": what goes along on paper; empty when nothing does."""
    parts = [(originals, "bản chính"), (copies, "bản sao")]
    return ", ".join(f"{count:02d} {kind}" for count, kind in parts if count)
