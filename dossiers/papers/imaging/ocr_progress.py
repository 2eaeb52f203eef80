"""A plug-in of OCRmyPDF, loaded in its process: says "PROGRESS done/total" for each page that was read."""

from __future__ import annotations

import sys
from typing import Any

from ocrmypdf import hookimpl


class LineProgress:
    """Stands where OCRmyPDF draws its bar; only the bar that counts read pages is told of."""

    def __init__(self, *, total: float | None = None, desc: str | None = None, unit: str | None = None, **more: Any):
        self.total, self.done = int(total or 0), 0.0
        self.counts_pages = bool(desc and "OCR" in desc.upper() and unit == "page")

    def __enter__(self) -> LineProgress:
        return self

    def __exit__(self, *error: object) -> None:
        return None

    def update(self, n: float = 1, *, completed: float | None = None) -> None:
        self.done = completed if completed is not None else self.done + n
        if self.counts_pages:
            sys.stderr.write(f"PROGRESS {int(self.done)}/{self.total}\n")
            sys.stderr.flush()


@hookimpl
def get_progressbar_class() -> type[LineProgress]:
    return LineProgress
