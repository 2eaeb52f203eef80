"""What the one receipt of a linked case prints, from the case as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings

from dossiers.constants import ChecklistState, FormKind
from dossiers.documents.parts import FormApplicant, FormHead
from dossiers.rules.forms import form_of
from haddong_portal.common import clock
from haddong_portal.common.dates import short_date
from interlink.constants import ConfirmationState, LegState
from interlink.documents.linked_receipt import LinkedReceiptData, PromisedLeg, TakenPaper
from interlink.models import Leg, LinkedCase
from interlink.selectors.case_links import case_tracking_hint, case_tracking_url
from interlink.selectors.case_page import limit_text
from interlink.selectors.case_view import declared_in

NOT_PROMISED = (LegState.SKIPPED, LegState.CANCELLED)
MISSING = ChecklistState.MISSING


def linked_receipt_data(case: LinkedCase) -> LinkedReceiptData:
    """The receipt of a case from `visible_case`."""
    unit, clerk, person = case.receiving_unit, case.opened_by, case.requester
    form = form_of(case.ruleset.forms, FormKind.RECEIPT)
    facts = declared_in(case).fields
    return LinkedReceiptData(
        head=FormHead(
            superior_name=unit.parent.name if unit.parent else settings.PORTAL_SUPERIOR_NAME,
            body_name=unit.desk_name or f"Bộ phận Một cửa {unit.name}",
            form_name=form.name,
            form_no=form.number,
            number=case.code.rsplit("-", 1)[-1],
            number_suffix=form.suffix,
            place=settings.PORTAL_PLACE,
            issued_at=case.declared_at,
        ),
        case_code=case.code,
        applicant=FormApplicant(person.full_name, person.personal_id, person.address, person.phone, person.email),
        request=case.group.name,
        procedure_code=case.version.procedure_code,
        subject=subject_text(facts),
        papers=_papers(case),
        legs=tuple(_leg(leg, unit.name) for leg in case.legs.all() if leg.state not in NOT_PROMISED),
        confirmations=tuple(
            " ".join((one.role_name, one.person_name)).strip()
            for one in case.confirmations.all()
            if one.state == ConfirmationState.ASKED
        ),
        accepted_at=case.declared_at,
        group_due_at=case.group_due_at,
        explanation=tuple(case.due_explanation),
        delivery=_delivery(case),
        clerk_name=clerk.full_name if clerk else "",
        tracking_url=case_tracking_url(case),
        tracking_hint=case_tracking_hint(),
        hotline=unit.phone or settings.PORTAL_HOTLINE,
    )


def subject_text(facts: Mapping[str, str]) -> str:
    """Whom the case is about: the child, or the deceased."""
    for who in ("child", "deceased"):
        name = str(facts.get(f"{who}.full_name", ""))
        if name:
            day = _day(str(facts.get(f"{who}.birth_date", "")))
            return f"{name}, sinh ngày {day}" if day else name
    return ""


def _day(text: str) -> str:
    try:
        return short_date(datetime.fromisoformat(text).date())
    except ValueError:
        return ""


def _papers(case: LinkedCase) -> tuple[TakenPaper, ...]:
    names = {spec["key"]: spec["label"] for spec in case.version.definition.get("papers") or ()}
    taken = declared_in(case).papers.items()
    return tuple(TakenPaper(names.get(key, key), _how(given)) for key, given in taken if given.get("state") != MISSING)


def _how(given: Mapping[str, str]) -> str:
    if given.get("paper_id"):
        return "dùng lại từ kho"
    return "bản điện tử" if given.get("state") == ChecklistState.ELECTRONIC else "bản giấy đã xem"


def _leg(leg: Leg, unit_name: str) -> PromisedLeg:
    return PromisedLeg(
        name=leg.name,
        agency=unit_name if leg.kind == "dossier" else leg.agency.name,
        limit_text=limit_text(leg.limit),
        due_at=leg.due_at,
        waits_for="" if leg.due_at else f"{limit_text(leg.limit)} từ khi việc trước xong",
        code=leg.dossier.code if leg.dossier else "",
    )


def _delivery(case: LinkedCase) -> str:
    label = str(case.get_delivery_display())
    return f"{label}: {case.delivery_address}" if case.delivery_address else label


def receipt_name(case: LinkedCase) -> str:
    """The file's name: says what it is and nothing of whose it is."""
    return f"giay-tiep-nhan-{case.code}-{clock.local(case.declared_at):%Y%m%d}.pdf"
