"""CT04 and CT06 in residence matters, the common forms elsewhere; which sectors those are is the rule-set's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from dossiers.constants import FormKind
from dossiers.models import Dossier, ResultFile, RuleSet, Slip
from dossiers.rules.forms import FormSubject, form_of
from dossiers.selectors.slip_pdf import slip_pdf
from dossiers.services.decide_refusal import decide_refusal
from dossiers.services.load_rulesets import load_rulesets
from dossiers.services.take_dossier import take_dossier
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from procedures.models import ProcedureVersion, Sector
from tests.data.shipped import load
from tests.factories import MORNING, PublishedProcedure, publish_procedure, receive
from tests.flows.desk import text_of

pytestmark = pytest.mark.django_db
RESIDENCE = "G01-CA05"
R2 = load("dossiers/data/rulesets.json")["rulesets"][1]["forms"]


@pytest.fixture
def residence(ward: Unit) -> PublishedProcedure:
    """Registering residence, under the shipped R2."""
    RuleSet.objects.all().delete()
    load_rulesets()
    published = publish_procedure(at=ward, name="Đăng ký thường trú")
    sector = Sector.objects.create(code=RESIDENCE, name="Đăng ký, quản lý cư trú")
    ProcedureVersion.objects.filter(pk=published.version.pk).update(sector=sector)
    return published


def printed(actor: Actor, dossier: Dossier, kind: FormKind) -> str:
    slip = Slip.objects.filter(dossier=dossier, form_kind=kind).latest("pk")
    return text_of(slip_pdf(actor=actor, code=dossier.code, slip_id=slip.pk, now=MORNING))


def refuse(clerk: Actor, officer: Actor, leader: Actor, published: PublishedProcedure) -> Dossier:
    pk = receive(clerk, published).dossier_id
    take_dossier(actor=officer, dossier_id=pk, now=MORNING + timedelta(hours=1))
    decide_refusal(actor=leader, dossier_id=pk, reason="Không đủ điều kiện", now=MORNING + timedelta(hours=2))
    return Dossier.objects.get(pk=pk)


def test_a_residence_dossier_gets_ct04_and_ct06(
    desk_clerk_lan: Actor, officer_minh: Actor, leader_hoa: Actor, residence: PublishedProcedure
) -> None:
    dossier = refuse(desk_clerk_lan, officer_minh, leader_hoa, residence)
    receipt, refusal = (printed(desk_clerk_lan, dossier, kind) for kind in (FormKind.RECEIPT, FormKind.REFUSAL))
    assert "Mẫu số CT04" in receipt and "PHIẾU TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ" in receipt
    assert "Mẫu số CT06" in refusal and "PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ" in refusal
    assert "/BPTNTKQ" not in receipt and "/PTC" not in refusal
    assert ResultFile.objects.get(dossier=dossier).name == "Phiếu từ chối tiếp nhận, giải quyết hồ sơ"


def test_other_dossiers_keep_forms_01_and_03(
    desk_clerk_lan: Actor,
    officer_minh: Actor,
    leader_hoa: Actor,
    residence: PublishedProcedure,
    procedure: PublishedProcedure,
) -> None:
    dossier = refuse(desk_clerk_lan, officer_minh, leader_hoa, procedure)
    assert "Mẫu số 01" in printed(desk_clerk_lan, dossier, FormKind.RECEIPT)
    assert "Mẫu số 03" in printed(desk_clerk_lan, dossier, FormKind.REFUSAL)


def test_a_procedure_of_its_own_may_be_named_too() -> None:
    forms = [{**form, "sectors": [], "procedures": ["1.004222"]} if form.get("replaces") else form for form in R2]
    assert form_of(forms, FormKind.RECEIPT, FormSubject("1.004222", "")).number == "CT04"
    assert form_of(forms, FormKind.RECEIPT, FormSubject("1.004194", RESIDENCE)).number == "01"


@pytest.mark.parametrize("kind", FormKind)
def test_what_replaces_nothing_stays_as_it_is(kind: FormKind) -> None:
    replaced = kind in (FormKind.RECEIPT, FormKind.REFUSAL)
    assert (form_of(R2, kind, FormSubject("x", RESIDENCE)) != form_of(R2, kind)) == replaced
    assert form_of(R2, kind, FormSubject("x", "G15-TP07")) == form_of(R2, kind)
    assert form_of(R2, kind, FormSubject()) == form_of(R2, kind)


def test_stored_forms_learn_what_they_replace(ward: Unit, settings: Any) -> None:
    RuleSet.objects.all().delete()
    load_rulesets()
    row = RuleSet.objects.get(code="R2")
    row.forms = [
        {key: value for key, value in form.items() if key not in ("replaces", "sectors")} | {"form_no": "X1"}
        for form in row.forms
    ]
    row.save()
    load_rulesets()
    found = {form["form_kind"]: form for form in RuleSet.objects.get(code="R2").forms}["residence_receipt"]
    assert (found["replaces"], found["sectors"], found["form_no"]) == ("receipt", [RESIDENCE], "X1")


@pytest.mark.parametrize("prints", [False, True])
def test_a_receipt_prints_the_personal_number_where_its_form_has_the_line(
    desk_clerk_lan: Actor, residence: PublishedProcedure, procedure: PublishedProcedure, prints: bool
) -> None:
    row = RuleSet.objects.get(code="R2")
    row.forms = [{**form, "prints_id": prints} if form["form_kind"] == "receipt" else form for form in row.forms]
    row.save()
    dossier = Dossier.objects.get(pk=receive(desk_clerk_lan, procedure).dossier_id)
    assert ("001090000001" in printed(desk_clerk_lan, dossier, FormKind.RECEIPT)) == prints
