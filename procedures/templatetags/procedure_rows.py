"""Lines of the catalogue, each drawn once per process: a citizen's search shows twenty of the same few hundred."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from procedures.selectors.rows import ProcedureRow

register = template.Library()
LINES_KEPT = 4096


@register.simple_tag
def procedure_rows(rows: Iterable[ProcedureRow], unit_key: str = "") -> SafeString:
    """`{% procedure_rows found.rows unit.key %}`: procedures/_row.html for each; a changed row is another one."""
    return mark_safe("".join(_line(row, unit_key) for row in rows))  # noqa: S308 - rendered templates


@lru_cache(LINES_KEPT)
def _line(row: ProcedureRow, unit_key: str) -> SafeString:
    return render_to_string("procedures/_row.html", {"row": row, "unit_key": unit_key})
