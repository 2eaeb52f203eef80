"""The control sheet (Mẫu 05, under TT 03/2025 06): a pure report over the step log. The read is audited."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from dossiers.constants import FormKind, StepState
from dossiers.documents.control_sheet import ControlSheetData, HandOverRow, render_control_sheet
from dossiers.documents.parts import FormHead
from dossiers.models import Dossier, StepRun
from dossiers.permissions import READ
from dossiers.rules.control_rows import ControlRow, LoggedStep, control_rows
from dossiers.rules.forms import form_of
from dossiers.rules.lifecycle import DESK
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import local
from haddong_portal.common.errors import DomainError, NotFound


def control_sheet_pdf(*, actor: Actor, code: str, now: datetime) -> bytes:
    """The PDF for whoever may see the dossier; NotFound dossier.not_found, DomainError receipt.not_accepted."""
    actor.require(READ)
    joined = ("receiving_unit__parent", "handling_unit", "ruleset")
    dossier = Dossier.objects.visible_to(actor).select_related(*joined).filter(code=code).first()
    if dossier is None:
        raise NotFound("Không tìm thấy hồ sơ này.", code="dossier.not_found")
    if dossier.accepted_at is None:
        raise DomainError("receipt.not_accepted", "Hồ sơ chưa được tiếp nhận nên chưa có phiếu.", status=409)
    record_access(
        actor=actor,
        action="dossier.slip",
        object_type="dossier",
        object_id=dossier.pk,
        person_id=dossier.person_id,
        purpose="in phiếu kiểm soát",
        now=now,
    )
    return render_control_sheet(control_sheet_data(dossier, accepted_at=dossier.accepted_at, now=now))


def control_sheet_data(dossier: Dossier, *, accepted_at: datetime, now: datetime) -> ControlSheetData:
    """What the sheet prints of the dossier as it stands."""
    runs = list(StepRun.objects.filter(dossier=dossier).select_related("unit", "officer").order_by("run_no"))
    partners = dict.fromkeys(run.unit.name for run in runs if run.branch)
    desk = dossier.receiving_unit
    desk_name = desk.desk_name or f"Bộ phận Một cửa {desk.name}"
    lead = [_logged(run, desk.pk, desk_name) for run in runs if run.branch == 0]
    rows = control_rows(lead, desk_name=desk_name, returned_at=_local(dossier.returned_at))
    form = form_of(dossier.ruleset.forms, FormKind.CONTROL_SHEET)
    return ControlSheetData(
        head=FormHead(
            superior_name=desk.parent.name if desk.parent else settings.PORTAL_SUPERIOR_NAME,
            body_name=desk_name,
            form_name=form.name,
            form_no=form.number,
            number=f"{dossier.line_no or 0:02d}",
            number_suffix=form.suffix,
            place=settings.PORTAL_PLACE,
            issued_at=local(now),
        ),
        dossier_code=dossier.code,
        settling_unit=dossier.handling_unit.name,
        partner_units=", ".join(partners),
        accepted_at=accepted_at,
        due_at=dossier.due_at,
        rows=tuple(_printed(row) for row in rows),
    )


def _logged(run: StepRun, desk_id: int, desk_name: str) -> LoggedStep:
    is_desk = run.unit_id == desk_id and run.role in DESK
    return LoggedStep(
        unit_name=desk_name if is_desk else run.unit.name,
        officer_name=run.officer.full_name if run.officer else "",
        step_name=run.name,
        handed_at=local(run.handed_at),
        taken_at=_local(run.taken_at),
        finished_at=_local(run.finished_at),
        due_at=local(run.step_due_at),
        note=run.note,
        is_sent_back=run.state == StepState.SENT_BACK,
        is_desk=is_desk,
    )


def _local(moment: datetime | None) -> datetime | None:
    return local(moment) if moment else None


def _printed(row: ControlRow) -> HandOverRow:
    return HandOverRow(
        from_unit=row.from_unit,
        to_unit=row.to_unit,
        handed_at=row.handed_at,
        giver_name=row.giver_name,
        received_at=row.received_at,
        receiver_name=row.receiver_name,
        result=row.result,
        note=row.note,
    )
