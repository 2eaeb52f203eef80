"""The panels that most people start with: what waits for their unit today, what came from home, how the district is."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from dossiers.selectors.filed_list import filed_counts
from dossiers.selectors.work_list import work_list
from haddong_portal.accounts.constants import Role
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.home.panels import Panel, register
from haddong_portal.reports.selectors.overview import overview

TOP_ROWS = 5
TOP_UNITS = 5
WORKING_ROLES = frozenset({Role.CLERK, Role.OFFICER, Role.LEADER, Role.ONE_STOP_HEAD})
DESK_ROLES = frozenset({Role.CLERK, Role.ONE_STOP_HEAD})
OVERSEERS = frozenset({Role.DISTRICT_MANAGER, Role.INSPECTOR, Role.ONE_STOP_HEAD})
FLAGS = (
    ("overdue", "qua-han", "Quá hạn", "late"),
    ("due_soon", "sap-den-han", "Sắp đến hạn", "warn"),
    ("waiting", "cho-nhan", "Chờ nhận việc", "info"),
)
FILED = (
    ("waiting", "", "Chờ kiểm tra", "warn"),
    ("sent", "?loc=bo-sung", "Bổ sung mới gửi", "warn"),
    ("returned", "?loc=cho-dan", "Chờ người nộp", "info"),
)


def register_panels() -> None:
    """Called once, when the app is ready."""
    register(Panel("work", "home/panels/work.html", "dossier.read", work_today, 10, WORKING_ROLES))
    register(Panel("filed", "home/panels/filed.html", "dossier.filed_online", filed_today, 15, DESK_ROLES))
    register(Panel("district", "home/panels/district.html", "report.overview", district_now, 20, OVERSEERS))


def work_today(actor: Actor) -> Mapping[str, object]:
    """The unit's counts and its most urgent dossiers."""
    page = work_list(actor=actor, scope="unit", limit=TOP_ROWS, now=clock.now())
    address = reverse("dossiers:work-list")
    figures = [
        {"label": label, "value": page.counts.get(key, 0), "tone": tone, "url": f"{address}?loc={word}"}
        for key, word, label, tone in FLAGS
    ]
    return {"figures": figures, "rows": page.rows, "more": page.next_cursor is not None, "url": address}


def filed_today(actor: Actor) -> Mapping[str, object]:
    """What was filed from home and waits for the desk."""
    counts, address = filed_counts(actor), reverse("dossiers:filed-list")
    figures = [
        {"label": label, "value": counts[kind], "tone": tone, "url": f"{address}{query}"}
        for kind, query, label, tone in FILED
    ]
    return {"figures": figures, "url": address}


def district_now(actor: Actor) -> Mapping[str, object]:
    """The sum of what the actor may see, and the units in most trouble."""
    found = overview(actor=actor, now=clock.now())
    late = [unit for unit in found.units if unit.overdue][:TOP_UNITS]
    return {"total": found.total, "at": found.at, "late": late, "url": reverse("reports:overview")}
