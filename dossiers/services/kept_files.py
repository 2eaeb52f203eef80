"""Keep a checked file on the private storage: what people see, and beside it the original where that differs."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from dossiers.services.result_content import ResultContent

ORIGINALS = "originals"


def keep_file(content: ResultContent, name: str) -> tuple[str, str]:
    """The names under which the shown file and the original were kept; the second is "" where they are the same.

    A file that is held back is kept as it came.
    """
    shown = content.original if content.shown is None else content.shown
    stored = default_storage.save(name, ContentFile(shown))
    original = content.kept_original
    if original is None:
        return stored, ""
    try:
        return stored, default_storage.save(_original_name(stored), ContentFile(original))
    except BaseException:
        default_storage.delete(stored)
        raise


def drop_file(name: str) -> None:
    """Both files that `keep_file` kept under `name`, where they are there."""
    for one in (name, _original_name(name)):
        default_storage.delete(one)


def _original_name(name: str) -> str:
    """`results/2026/11/x.pdf` → `originals/2026/11/x.pdf`; the random part keeps it unique."""
    return f"{ORIGINALS}/{name.split('/', 1)[-1]}"
