"""The rows of a work list in one pass: a hundred rows through template nodes cost more than everything else.

The words around stay in the template; what is drawn here has the markup of components/table.html.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape  # the same as Django's, without its wrapper for lazy texts

from django import template
from django.utils.safestring import SafeString, mark_safe

from dossiers.selectors.work_list import WorkRow
from haddong_portal.common.dates import moment_text
from haddong_portal.common.templatetags.portal_ui import deadline_badge
from haddong_portal.common.web.formatting import NOTHING

register = template.Library()


@register.simple_tag
def work_rows(rows: Iterable[WorkRow], base: str, form: str = "") -> SafeString:
    """`{% work_rows page.rows base %}`: one <tr> a dossier; `base` is the address that a code is appended to.

    `form` is the id of the form that ticked rows belong to; without it rows have no box to tick.
    """
    return mark_safe("".join(_row(row, base, form) for row in rows))  # noqa: S308 - every text below is escaped


def _box(row: WorkRow, code: str, form: str) -> str:
    name = f"Chọn {code}, {escape(row.applicant_name)}"
    return f'<td><input type="checkbox" name="ho-so" value="{row.id}" form="{form}" aria-label="{name}"></td>'


def _row(row: WorkRow, base: str, form: str) -> str:
    code = escape(row.code)
    finished = row.finished_at is not None
    step = escape(row.status if finished else row.current_step_name)
    officer = escape(row.officer_name) or ("—" if finished else "chờ nhận")
    due = moment_text(row.due_at) if row.due_at else NOTHING
    box = _box(row, code, form) if form else ""
    return (
        f'<tr data-row data-href="{base}{code}/">{box}<td class="code"><a href="{base}{code}/">{code}</a></td>'
        f'<td>{escape(row.procedure_name)}<span class="sub">{escape(row.applicant_name)}</span></td>'
        f'<td>{step}<span class="sub">{escape(row.owner_unit_name)}</span></td><td>{officer}</td>'
        f'<td>{deadline_badge(row.deadline, "sm")}<span class="sub">{due}</span></td></tr>\n'
    )
