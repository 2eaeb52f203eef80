"""What the desk has still to collect: open dossiers that owe, one statement a page; keyset pages in either order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum

from dossiers.constants import ChargeKind, Status
from dossiers.models import Charge, Dossier
from dossiers.permissions import UNPAID
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import fold

ROWS = 50
SORTS = ("cu-nhat", "nhieu-nhat")
FLAGS = ("", "cho-tra", "chua-ro", "nghia-vu")


@dataclass(frozen=True)
class UnpaidRow:
    """One dossier that owes; `amount_vnd` is what is known, `unknown` how many charges have no amount yet."""

    id: int
    code: str
    status_label: str
    procedure_name: str
    applicant_name: str
    accepted_at: datetime | None
    finished_at: datetime | None
    labels: list[str]
    amount_vnd: int
    unknown: int


@dataclass(frozen=True)
class UnpaidPage:
    """One page; `totals` of the whole list as it is narrowed: dossiers and đồng."""

    rows: list[UnpaidRow]
    next_cursor: str | None
    dossiers: int
    amount_vnd: int


def unpaid_list(
    *,
    actor: Actor,
    flag: str = "",
    q: str = "",
    sort: str = "cu-nhat",
    cursor: str | None = None,
    limit: int = ROWS,
) -> UnpaidPage:
    """`flag`: "cho-tra" the result waits, "chua-ro" an amount is unknown, "nghia-vu" a tax is waited for.

    Two statements. Raises NotAllowed, DomainError list.bad_cursor.
    """
    actor.require(UNPAID)
    everything = _narrowed(_owing(actor), flag, q)
    totals = everything.aggregate(dossiers=Count("pk"), amount=Sum("unpaid_vnd"))
    by_money = sort == "nhieu-nhat"
    order = ("-unpaid_vnd", "id") if by_money else ("id",)
    rows = list(_drawn(_after(everything, cursor, by_money).order_by(*order))[: limit + 1])
    more = len(rows) > limit
    return UnpaidPage(
        rows=[_row(row) for row in rows[:limit]],
        next_cursor=f"{rows[limit - 1]['unpaid_vnd']}_{rows[limit - 1]['id']}" if more else None,
        dossiers=totals["dossiers"],
        amount_vnd=totals["amount"] or 0,
    )


def _owing(actor: Actor) -> QuerySet[Dossier]:
    """Open dossiers of the actor's desk with a charge neither paid nor exempt."""
    owed = Charge.objects.filter(dossier=OuterRef("pk"), settled_at__isnull=True)
    mine = Dossier.objects.visible_to(actor).filter(receiving_unit__in=actor.unit_ids, closed_at__isnull=True)
    rows: QuerySet[Dossier] = mine.filter(Exists(owed))
    return rows


def _narrowed(rows: QuerySet[Dossier], flag: str, q: str) -> QuerySet[Dossier]:
    open_charges = Charge.objects.filter(dossier=OuterRef("pk"), settled_at__isnull=True)
    if flag == "cho-tra":
        rows = rows.filter(status=Status.DONE)
    elif flag == "chua-ro":
        rows = rows.filter(Exists(open_charges.filter(amount_vnd__isnull=True)))
    elif flag == "nghia-vu":
        rows = rows.filter(Exists(open_charges.filter(kind=ChargeKind.TAX)))
    words = fold(q).strip()
    if words:
        rows = rows.filter(Q(applicant_name_folded__contains=words) | Q(code__icontains=q.strip()))
    return rows


def _after(rows: QuerySet[Dossier], cursor: str | None, by_money: bool) -> QuerySet[Dossier]:
    if not cursor:
        return rows
    try:
        amount_vnd, last_id = map(int, cursor.split("_"))
    except ValueError:
        raise DomainError("list.bad_cursor", "Trang này không còn, xin mở lại danh sách từ đầu.") from None
    if by_money:
        return rows.filter(Q(unpaid_vnd__lt=amount_vnd) | Q(unpaid_vnd=amount_vnd, id__gt=last_id))
    return rows.filter(id__gt=last_id)


def _drawn(rows: QuerySet[Dossier]) -> QuerySet[Dossier, Any]:
    owed = Charge.objects.filter(dossier=OuterRef("pk"), settled_at__isnull=True)
    unknown = owed.filter(amount_vnd__isnull=True).order_by().values("dossier").annotate(count=Count("pk"))
    drawn: QuerySet[Dossier, Any] = rows.annotate(
        labels=ArraySubquery(owed.order_by("pk").values("label")), unknown=Subquery(unknown.values("count"))
    ).values(
        *("id", "code", "status", "procedure_name", "applicant_name", "accepted_at", "finished_at", "unpaid_vnd"),
        "labels",
        "unknown",
    )
    return drawn


def _row(row: Mapping[str, Any]) -> UnpaidRow:
    return UnpaidRow(
        id=row["id"],
        code=row["code"],
        status_label=str(Status(row["status"]).label),
        procedure_name=row["procedure_name"],
        applicant_name=row["applicant_name"],
        accepted_at=row["accepted_at"],
        finished_at=row["finished_at"],
        labels=row["labels"],
        amount_vnd=row["unpaid_vnd"],
        unknown=row["unknown"] or 0,
    )
