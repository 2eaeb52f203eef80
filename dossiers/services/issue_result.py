"""Issue a recorded result: signed, with a code that proves it, into its owner's store (ND45-2020-D16, domain.md §7.4).

System, once per result however often it is called; the file that was uploaded stays as it came. A corrected result
replaces the paper it corrects. Writes the paper with its events and the result's link to it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind
from dossiers.models import Correction, Dossier, DossierEvent, ResultFile, Slip
from dossiers.papers.constants import OwnerRef, PaperSource
from dossiers.papers.models import PaperType, PaperVersion
from dossiers.papers.selectors.result_types import OTHER_RESULT, result_type
from dossiers.papers.services.issue_paper import issue_paper
from dossiers.papers.services.paper_data import PaperData
from dossiers.selectors.matters import reference_of
from dossiers.selectors.slip_pdf import drawn_refusal
from dossiers.services.signed_result import PDF, SignedResult, sign_result_file
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor, system_actor

ISSUING = (EventKind.RESULT_RECORDED, EventKind.REFUSED, EventKind.CORRECTED)
JOINED = ("signing_unit", "procedure", "person", "organisation")


def issue_for_event(event_id: int, *, now: datetime | None = None) -> PaperVersion | None:
    """The version in the store; None for an event that brought no file. Raises DomainError signing.*, paper.*."""
    event = DossierEvent.objects.filter(pk=event_id, kind__in=ISSUING).first()
    correction = _correction(event) if event else None
    result_id = correction.new_result_id if correction else event.data.get("result_id") if event else None
    if event is None or result_id is None:
        return None
    return issue_result(
        result_id=result_id,
        actor=_who(event),
        slip_id=event.data.get("slip_id") if event.kind == EventKind.REFUSED else None,
        corrects=correction.old_result if correction else None,
        reason=correction.reason if correction else "",
        now=now,
    )


def issue_after(event_id: int) -> None:
    """Hears of the events that issue something, after the act: signing takes longer than a lock should be held."""
    issue_for_event(event_id)


def issue_result(
    *,
    result_id: int,
    actor: Actor,
    slip_id: int | None = None,
    corrects: ResultFile | None = None,
    reason: str = "",
    now: datetime | None = None,
) -> PaperVersion | None:
    """As above, for one result; `slip_id` is the form that a written refusal is."""
    moment = clock.local(now or clock.now())
    result = ResultFile.objects.select_related("paper_version").get(pk=result_id)
    if result.paper_version is not None:
        return result.paper_version
    dossier = Dossier.objects.select_related(*JOINED).get(pk=result.dossier_id)
    content, content_type = _file_of(result, dossier, slip_id)
    if not content:
        return None
    signed = sign_result_file(dossier=dossier, result=result, content=content, content_type=content_type, now=moment)
    return _keep(result, dossier, signed, actor, corrects, reason, moment)


@transaction.atomic
def _keep(
    result: ResultFile,
    dossier: Dossier,
    signed: SignedResult,
    actor: Actor,
    corrects: ResultFile | None,
    reason: str,
    now: datetime,
) -> PaperVersion:
    """Into the store, unless somebody else was first."""
    row = (
        ResultFile.objects.select_for_update(no_key=True, of=("self",))
        .select_related("paper_version")
        .get(pk=result.pk)
    )
    if row.paper_version is not None:
        return row.paper_version
    version = issue_paper(
        actor=actor,
        data=_data(result, dossier, signed),
        content=signed.content,
        code=signed.code,
        reference=reference_of(dossier.code),
        replaces_id=corrects.paper_version.paper_id if corrects and corrects.paper_version else None,
        reason=reason,
        now=now,
    )
    row.paper_version = version
    row.save(update_fields=["paper_version"])
    return version


def _data(result: ResultFile, dossier: Dossier, signed: SignedResult) -> PaperData:
    issued_on = result.issued_on or clock.local(result.recorded_at).date()
    code = OTHER_RESULT
    if not result.is_refusal:
        code = result_type(procedure_code=dossier.procedure.national_code, result_name=result.name, on=issued_on)
    return PaperData(
        owner=OwnerRef(person_id=dossier.person_id, organisation_id=dossier.organisation_id),
        type_code=code,
        source=PaperSource.ISSUED,
        trust=signed.trust,
        number=result.number,
        issuer_name=dossier.signing_unit.name,
        issuer_unit_id=dossier.signing_unit_id,
        issued_on=issued_on,
        fields=_fields(code, result, dossier),
    )


def _fields(type_code: str, result: ResultFile, dossier: Dossier) -> dict[str, str]:
    known = PaperType.objects.filter(code=type_code).values_list("fields", flat=True).first() or []
    values = {"name": result.name, "holder": dossier.applicant_name}
    return {field["key"]: values[field["key"]] for field in known if field["key"] in values}


def _file_of(result: ResultFile, dossier: Dossier, slip_id: int | None) -> tuple[bytes, str]:
    """The uploaded file, or the form of a written refusal; nothing for a result on paper only."""
    if result.file:
        with result.file.open("rb") as file:
            return file.read(), result.content_type
    slip = Slip.objects.filter(pk=slip_id).first() if slip_id else None
    return (drawn_refusal(slip_id=slip.pk, dossier_id=dossier.pk), PDF) if slip else (b"", "")


def _correction(event: DossierEvent) -> Correction | None:
    joined = ("old_result__paper_version",)
    return Correction.objects.select_related(*joined).filter(pk=event.data.get("correction_id")).first()


def _who(event: DossierEvent) -> Actor:
    """Who did the act, for the paper's own story; the rights are the portal's."""
    return replace(
        system_actor(event.actor_name),
        user_id=event.actor_user_id,
        unit_id=event.unit_id,
        unit_name=event.unit_name,
        post_title=event.actor_title,
    )
