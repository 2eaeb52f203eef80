"""The third step of an act: write the named columns of the dossier, with its version."""

from __future__ import annotations

from collections.abc import Iterable

from dossiers.models import Dossier


def save_columns(dossier: Dossier, columns: Iterable[str]) -> None:
    """Save `columns` and one more `row_version`: the ETag and the check against a stale form."""
    dossier.row_version += 1
    dossier.save(update_fields=[*columns, "row_version"])
