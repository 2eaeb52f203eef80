"""A dossier's lines (events, steps, papers, results, messages) as arrays of one statement: one round trip."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, OuterRef, Value
from django.db.models.functions import Cast, Concat, JSONObject

from dossiers.models import (
    Charge,
    ChecklistLine,
    Correction,
    Dossier,
    DossierEvent,
    FiledPaper,
    OpinionRequest,
    Pause,
    Payment,
    ResultFile,
    Slip,
    SlipLine,
    StepRun,
    Verification,
)
from dossiers.selectors.coordination import OPINION_FIELDS, VERIFICATION_FIELDS
from dossiers.selectors.corrections import FIELDS_READ as CORRECTED_FIELDS
from dossiers.selectors.filed import FILED_FIELDS
from haddong_portal.common.prepared import PreparedRows
from haddong_portal.notices.models import Notice
from procedures.models import UnitProcedure


@dataclass(frozen=True)
class Story:
    """Everything that lies around one dossier, as the database tells it; read it with `*_of`."""

    events: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    papers: list[dict[str, Any]]
    results: list[dict[str, Any]]
    notices: list[dict[str, Any]]
    slips: list[dict[str, Any]]
    asked: list[dict[str, Any]]
    pauses: list[dict[str, Any]]
    verifications: list[dict[str, Any]]
    opinions: list[dict[str, Any]]
    filed: list[dict[str, Any]]
    charges: list[dict[str, Any]]
    payments: list[dict[str, Any]]
    delegated: list[dict[str, Any]]
    corrections: list[dict[str, Any]]


NO_STORY = Story(*([] for _ in fields(Story)))


def story_of(dossier_id: int) -> Story:
    """In one statement."""
    return Story(*_stories(dossier_id=dossier_id)[0])


def _story_arrays() -> dict[str, ArraySubquery]:
    """Annotations for a Dossier queryset, in the order of Story."""
    mine = {"dossier": OuterRef("pk")}
    about = Concat(Value("dossier:"), Cast(OuterRef("pk"), CharField()))
    return {
        "story_events": _array(
            DossierEvent.objects.filter(**mine).order_by("id"),
            "id kind at actor_name unit_name from_status to_status note",
        ),
        "story_steps": _array(
            StepRun.objects.filter(**mine).order_by("run_no"),
            "id run_no action name state handed_at finished_at planned_minutes actual_minutes"
            " branch late_reason late_note proposal role unit_id officer_id step_due_at",
            unit_name="unit__short_name",
            officer_name="officer__full_name",
            sequence="step__sequence",
            returns_to="step__returns_to",
        ),
        "story_papers": _array(
            ChecklistLine.objects.filter(**mine).order_by("position"),
            "name state originals copies note requirement_id",
            paper="paper_use__version__paper__public_id",
            paper_name="paper_use__version__paper__type__name",
            paper_issuer="paper_use__version__paper__issuer_name",
            paper_issued_on="paper_use__version__paper__issued_on",
            paper_trust="paper_use__version__paper__trust",
            paper_state="paper_use__version__paper__state",
            paper_signature="paper_use__version__signature_state",
            paper_version="paper_use__version_id",
            paper_newest="paper_use__version__paper__current_version_id",
            look_up="look_up__method",
            look_up_reason="look_up__fallback_reason",
        ),
        "story_results": _array(
            ResultFile.objects.filter(**mine).order_by("id"),
            "id number name size_bytes issued_on signer_name superseded_at",
            signature_state="paper_version__signature_state",
            paper_state="paper_version__paper__state",
            verification_code="paper_version__verification_code__code",
        ),
        "story_notices": _array(Notice.objects.filter(reference=about).order_by("id"), "channel subject state sent_at"),
        "story_slips": _array(
            Slip.objects.filter(**mine).order_by("id"), "id form_kind number year issued_at due_at reason"
        ),
        "story_asked": _array(
            SlipLine.objects.filter(slip__dossier=OuterRef("pk"), dossier__isnull=False, received_at__isnull=True)
            .filter(slip__pauses__ended_at__isnull=True)
            .order_by("slip_id", "position"),
            "id name fault note",
        ),
        "story_pauses": _array(
            Pause.objects.filter(**mine).order_by("started_at", "id"), "kind started_at ended_at reason pauses_clock"
        ),
        "story_verifications": _array(
            Verification.objects.filter(**mine).order_by("id"),
            VERIFICATION_FIELDS,
            started_by_name="started_by__full_name",
        ),
        "story_opinions": _array(
            OpinionRequest.objects.filter(**mine).order_by("id"),
            OPINION_FIELDS,
            unit_name="unit__short_name",
            answered_by_name="answered_by__full_name",
        ),
        "story_filed": _array(FiledPaper.objects.filter(**mine).order_by("id"), FILED_FIELDS),
        "story_charges": _array(
            Charge.objects.filter(**mine).order_by("id"), "id kind label amount_vnd exempt_reason proof settled_at"
        ),
        "story_payments": _array(
            Payment.objects.filter(charge__dossier=OuterRef("pk")).order_by("id"),
            "id charge_id receipt_no year amount_vnd method reference paid_at voided_at void_reason",
            collected_by_name="collected_by__full_name",
        ),
        "story_delegated": _array(
            UnitProcedure.objects.filter(
                unit=OuterRef("receiving_unit"), procedure=OuterRef("procedure"), delegated_by__isnull=False
            ),
            "delegated_by_id",
        ),
        "story_corrections": _array(
            Correction.objects.filter(**mine).order_by("id"), CORRECTED_FIELDS, by="corrected_by__full_name"
        ),
    }


def _array(rows: Any, names: str, **renamed: str) -> ArraySubquery:
    fields = {name: F(name) for name in names.split()} | {name: F(path) for name, path in renamed.items()}
    return ArraySubquery(rows.values(line=JSONObject(**fields)))


_stories = PreparedRows(
    lambda dossier_id: Dossier.objects.filter(pk=dossier_id).annotate(**_story_arrays()).values_list(*_story_arrays()),
    dossier_id=-7_000_001,
)
