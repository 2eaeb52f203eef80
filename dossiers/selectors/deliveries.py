"""Delivery lists of a unit: what waits to go along, lists sent and received, one list with its lines, its paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from dossiers.constants import StepState
from dossiers.documents.delivery_list import DeliveryLine as PrintedLine
from dossiers.documents.delivery_list import DeliveryListData, render_delivery_list
from dossiers.documents.parts import FormHead, FormSigner
from dossiers.models import DeliveryLine, DeliveryList, Dossier, StepRun
from dossiers.rules.delivering import LINES_MAX, papers_text
from dossiers.rules.lifecycle import AT_WORK
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.text import plain_number

PAGE_ROWS = 50


@dataclass(frozen=True)
class NewDelivery:
    """The form of a list: units with dossiers that wait to go along, and the dossiers for one of them."""

    waiting: list[tuple[int, str, int]]
    units: list[tuple[int, str]]
    rows: list[Dossier]
    to_unit_id: int | None


@dataclass(frozen=True)
class DeliveryPage:
    """A keyset page of lists, newest first."""

    rows: Sequence[DeliveryList]
    next_cursor: str | None


def new_delivery(*, actor: Actor, to_unit_id: int | None, dossier_ids: Sequence[int], now: datetime) -> NewDelivery:
    """Chosen dossiers stand as they were chosen; else what the actor's unit has passed on to that unit."""
    waiting = list(
        _waiting(actor)
        .values_list("owner_unit_id", "owner_unit__short_name")
        .annotate(count=Count("id"))
        .order_by("-count")
    )
    units = Unit.objects.valid_on(now.date()).exclude(pk=actor.unit_id or 0).order_by("sort_order", "id")
    rows: QuerySet[Dossier]
    if dossier_ids:
        rows = Dossier.objects.visible_to(actor).filter(pk__in=list(dossier_ids))
    else:
        rows = _waiting(actor).filter(owner_unit_id=to_unit_id or 0)
    found = list(rows.select_related("owner_unit").order_by("accepted_at", "id")[:LINES_MAX])
    wanted = to_unit_id or (waiting[0][0] if waiting and not dossier_ids else None)
    if wanted and not found and not dossier_ids:
        found = list(_waiting(actor).filter(owner_unit_id=wanted).select_related("owner_unit")[:LINES_MAX])
    return NewDelivery(waiting, list(units.values_list("pk", "short_name")), found, wanted)


def _waiting(actor: Actor) -> QuerySet[Dossier]:
    """Passed on by the actor's unit to another, not taken there, on no list since."""
    mine = actor.unit_id or 0
    lead = StepRun.objects.filter(dossier=OuterRef("pk"), branch=0)
    here = lead.filter(run_no=OuterRef("current_run_no"))
    before = lead.filter(run_no__lt=OuterRef("current_run_no")).order_by("-run_no")
    listed = DeliveryLine.objects.filter(dossier=OuterRef("pk"), delivery_list__handed_at__gte=OuterRef("passed_at"))
    rows = Dossier.objects.visible_to(actor).filter(status__in=AT_WORK).exclude(owner_unit_id=mine)
    return rows.annotate(
        passed_at=Subquery(here.filter(state=StepState.WAITING).values("handed_at")[:1]),
        passed_by=Subquery(before.values("unit_id")[:1]),
    ).filter(~Exists(listed), passed_by=mine, passed_at__isnull=False)


def delivery_page(*, actor: Actor, received: bool, cursor: str | None) -> DeliveryPage:
    """Lists that the actor's unit sent or received. Raises list.bad_cursor."""
    side = Q(to_unit_id__in=actor.unit_ids) if received else Q(from_unit_id__in=actor.unit_ids)
    rows = DeliveryList.objects.filter(side)
    if cursor:
        last_id = plain_number(cursor)
        if last_id is None:
            raise DomainError("list.bad_cursor", "Trang này không còn, xin mở lại danh sách từ đầu.")
        rows = rows.filter(id__lt=last_id)
    joined = rows.select_related("from_unit", "to_unit", "handed_by", "received_by").order_by("-id")
    counted = joined.annotate(line_count=Count("lines"), missing_count=Count("lines", filter=Q(lines__missing=True)))
    found = list(counted[: PAGE_ROWS + 1])
    more = len(found) > PAGE_ROWS
    return DeliveryPage(found[:PAGE_ROWS], str(found[PAGE_ROWS - 1].pk) if more else None)


def delivery_of(*, actor: Actor, delivery_id: int) -> DeliveryList:
    """One list of the actor's units, either side; NotFound delivery.not_found. Its lines are loaded with it."""
    rows = DeliveryList.objects.select_related("from_unit__parent", "to_unit", "handed_by", "received_by")
    if not actor.sees_all_units:
        rows = rows.filter(Q(from_unit_id__in=actor.unit_ids) | Q(to_unit_id__in=actor.unit_ids))
    found = rows.prefetch_related("lines__dossier").filter(pk=delivery_id).first()
    if found is None:
        raise NotFound("Không tìm thấy danh sách bàn giao này.", code="delivery.not_found")
    return found


def delivery_pdf(*, actor: Actor, delivery_id: int, now: datetime) -> bytes:
    """The list as paper; it names people, so the read is audited."""
    delivery = delivery_of(actor=actor, delivery_id=delivery_id)
    lines = list(delivery.lines.select_related("dossier").prefetch_related("dossier__checklist"))
    record_access(
        actor=actor,
        action="delivery.print",
        object_type="delivery_list",
        object_id=delivery.pk,
        person_id=None,
        purpose=str(delivery),
        now=now,
    )
    return render_delivery_list(
        DeliveryListData(
            head=_head(delivery),
            from_unit=delivery.from_unit.name,
            to_unit=delivery.to_unit.name,
            handed_at=delivery.handed_at,
            lines=tuple(_printed(line) for line in lines),
            giver=FormSigner("Bên giao", str(delivery.handed_by)),
            receiver=FormSigner("Bên nhận", str(delivery.received_by or "")),
            reason=delivery.note,
        )
    )


def _head(delivery: DeliveryList) -> FormHead:
    unit = delivery.from_unit
    return FormHead(
        superior_name=unit.parent.name if unit.parent else settings.PORTAL_SUPERIOR_NAME,
        body_name=unit.name,
        form_name="Danh sách bàn giao hồ sơ",
        number=f"{delivery.number:02d}",
        number_suffix="DSBG",
        place=settings.PORTAL_PLACE,
        issued_at=delivery.handed_at,
    )


def _printed(line: DeliveryLine) -> PrintedLine:
    papers = list(line.dossier.checklist.all())
    return PrintedLine(
        dossier_code=line.dossier.code,
        procedure_name=line.dossier.procedure_name,
        applicant_name=line.dossier.applicant_name,
        due_at=line.dossier.due_at,
        papers=papers_text(sum(one.originals for one in papers), sum(one.copies for one in papers)),
        note="bên nhận không thấy" if line.missing else "",
    )
