"""Looking residence up instead of asking for a paper: a matter, a way, a reason when no way worked, on record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from dossiers.models import Dossier
from haddong_portal.accounts.constants import Role
from haddong_portal.audit.models import AuditEntry
from haddong_portal.citizens import ports
from haddong_portal.citizens.constants import FallbackReason, LookUpData, LookUpMethod
from haddong_portal.citizens.models import ResidenceLookUp
from haddong_portal.citizens.rules.look_ups import checked_look_up
from haddong_portal.citizens.selectors.look_ups import fallback_counts, look_ups_of, shown_of
from haddong_portal.citizens.services.look_up_residence import WantedLookUp, look_up_residence, record_look_ups
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError, NotAllowed
from tests.factories import MORNING, PublishedProcedure, UnitFactory, make_actor, receive

VNEID = LookUpData("vneid_shown", shown={"Nơi thường trú": "Số 5 phố Quang Trung"})
NO_LINE = LookUpData("fallback", "network")


@pytest.fixture
def dossier(db: None, desk_clerk_lan: Actor, procedure: PublishedProcedure) -> Dossier:
    return Dossier.objects.get(pk=receive(desk_clerk_lan, procedure).dossier_id)


def look_up(actor: Actor, dossier: Dossier, data: LookUpData = VNEID, **more: Any) -> ResidenceLookUp:
    person_id = dossier.person_id
    assert person_id is not None
    call = {"purpose": "tiếp nhận hồ sơ", "reference": f"dossier:{dossier.code}", "now": MORNING, **more}
    return look_up_residence(actor=actor, person_id=person_id, data=data, **call)


def refused(code: str, actor: Actor, dossier: Dossier, data: LookUpData = VNEID, **more: Any) -> None:
    with pytest.raises(DomainError) as raised:
        look_up(actor, dossier, data, **more)
    assert raised.value.code == code
    assert not ResidenceLookUp.objects.exists()


def test_a_look_up_is_kept_as_it_stood_and_stands_in_the_audit(desk_clerk_lan: Actor, dossier: Dossier) -> None:
    made = look_up(desk_clerk_lan, dossier, requirement_name="Giấy tờ chứng minh nơi cư trú")
    (kept,) = look_ups_of(f"dossier:{dossier.code}")
    assert kept == made
    assert (kept.method, kept.clerk_id, kept.unit_id) == ("vneid_shown", desk_clerk_lan.user_id, desk_clerk_lan.unit_id)
    assert shown_of(kept) == {"Nơi thường trú": "Số 5 phố Quang Trung"}
    entry = AuditEntry.objects.get(action="residence.look_up")
    assert (entry.actor_user_id, entry.person_id, entry.purpose) == (
        desk_clerk_lan.user_id,
        dossier.person_id,
        "tiếp nhận hồ sơ",
    )
    assert entry.data["method"] == "vneid_shown" and entry.data["reference"] == f"dossier:{dossier.code}"


def test_what_was_shown_is_not_readable_in_the_table(desk_clerk_lan: Actor, dossier: Dossier) -> None:
    made = look_up(desk_clerk_lan, dossier)
    with connection.cursor() as cursor:
        cursor.execute("SELECT shown FROM citizens_residencelookup WHERE id = %s", [made.pk])
        stored = bytes(cursor.fetchone()[0])
    assert stored and b"Quang Trung" not in stored


@pytest.mark.parametrize("reference", ["", "dossier:", "dossier:000.00.00.H26-240305-9999", "giấc mơ", "intake:7"])
def test_no_matter_no_look_up(desk_clerk_lan: Actor, dossier: Dossier, reference: str) -> None:
    refused("look_up.no_matter", desk_clerk_lan, dossier, reference=reference)
    with pytest.raises(DomainError, match=r"look_up\.no_matter"):
        record_look_ups(
            actor=desk_clerk_lan,
            person_id=dossier.person_id or 0,
            wanted=[WantedLookUp(VNEID)],
            purpose="",
            reference="x",
        )


def test_a_dossier_that_is_over_is_no_matter_any_more(desk_clerk_lan: Actor, dossier: Dossier) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(status="STOPPED", closed_at=MORNING, stop_reason="withdrawn")
    refused("look_up.no_matter", desk_clerk_lan, dossier)


def test_another_units_dossier_is_no_matter_of_mine(dossier: Dossier) -> None:
    stranger = make_actor(UnitFactory(ward=True, desk=True), Role.CLERK, "Đỗ Thị Xa")
    refused("look_up.no_matter", stranger, dossier)


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.DISTRICT_MANAGER, Role.ADMINISTRATOR, Role.CATALOGUE_EDITOR])
def test_who_does_not_work_on_dossiers_looks_nobody_up(dossier: Dossier, role: Role) -> None:
    with pytest.raises(NotAllowed):
        look_up(make_actor(dossier.receiving_unit, role, "Người Ngoài"), dossier)
    with pytest.raises(NotAllowed):
        record_look_ups(
            actor=make_actor(dossier.receiving_unit, role, "Người Ngoài"),
            person_id=dossier.person_id or 0,
            wanted=[WantedLookUp(VNEID)],
            purpose="x",
            reference="y",
        )
    assert not ResidenceLookUp.objects.exists()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (LookUpData("thầy bói"), "look_up.method"),
        (LookUpData("fallback"), "look_up.reason_missing"),
        (LookUpData("fallback", "hôm nay lười"), "look_up.reason_missing"),
        (LookUpData("fallback", "other", "   "), "look_up.note_missing"),
        (LookUpData("vneid_shown", shown={str(n): "x" for n in range(31)}), "look_up.shown"),
        (LookUpData("connected"), "look_up.not_connected"),
    ],
)
def test_a_look_up_that_explains_nothing_is_refused(
    desk_clerk_lan: Actor, dossier: Dossier, data: LookUpData, code: str
) -> None:
    refused(code, desk_clerk_lan, dossier, data)


def test_falling_back_is_counted_for_the_month_by_unit_and_reason(desk_clerk_lan: Actor, dossier: Dossier) -> None:
    look_up(desk_clerk_lan, dossier)
    look_up(desk_clerk_lan, dossier, NO_LINE)
    look_up(desk_clerk_lan, dossier, NO_LINE, now=MORNING + timedelta(days=2))
    look_up(desk_clerk_lan, dossier, LookUpData("fallback", "other", "Máy đọc thẻ hỏng"))
    look_up(desk_clerk_lan, dossier, NO_LINE, now=MORNING + timedelta(days=31))
    counts = fallback_counts(month=date(2024, 3, 31))
    assert [(one.unit_id, one.reason, one.count) for one in counts] == [
        (desk_clerk_lan.unit_id, "network", 2),
        (desk_clerk_lan.unit_id, "other", 1),
    ]
    assert counts[0].label == FallbackReason.NETWORK.label
    assert sum(one.count for one in fallback_counts(month=date(2024, 4, 1))) == 1
    assert fallback_counts(month=date(2024, 2, 29)) == []


class Register:
    """A register that answers, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, *, person_id: int, purpose: str, reference: str, clerk: str, now: datetime) -> Mapping[str, str]:
        self.asked += 1
        return {"Nơi thường trú": f"lần {self.asked}"}


@pytest.fixture
def register() -> Iterator[Register]:
    answering, before = Register(), ports.residence_register()
    ports.register_residence_register(answering)
    yield answering
    ports._registers[:] = [before] if before else []


def test_a_result_of_the_register_is_used_again_no_longer_than_the_setting(
    desk_clerk_lan: Actor, dossier: Dossier, register: Register, settings: Any
) -> None:
    settings.RESIDENCE_LOOK_UP_FRESH_MINUTES = 30
    connected = LookUpData("connected", shown={"Nơi thường trú": "do công chức tự ghi"})
    first = look_up(desk_clerk_lan, dossier, connected)
    again = look_up(desk_clerk_lan, dossier, connected, now=MORNING + timedelta(minutes=30))
    later = look_up(desk_clerk_lan, dossier, connected, now=MORNING + timedelta(minutes=31))
    assert [shown_of(one)["Nơi thường trú"] for one in (first, again, later)] == ["lần 1", "lần 1", "lần 2"]
    assert (first.read_at, again.read_at, again.at) == (MORNING, MORNING, MORNING + timedelta(minutes=30))
    assert register.asked == 2
    assert AuditEntry.objects.filter(action="residence.look_up").count() == 3


def test_several_look_ups_cost_two_statements(desk_clerk_lan: Actor, dossier: Dossier) -> None:
    wanted = [WantedLookUp(VNEID, "Giấy tờ nơi cư trú"), WantedLookUp(NO_LINE), WantedLookUp(LookUpData("card_reader"))]
    with CaptureQueriesContext(connection) as queries:
        rows = record_look_ups(
            actor=desk_clerk_lan,
            person_id=dossier.person_id or 0,
            wanted=wanted,
            purpose="tiếp nhận hồ sơ",
            reference=f"dossier:{dossier.code}",
            now=MORNING,
        )
    assert len(queries) == 2
    assert [row.method for row in look_ups_of(f"dossier:{dossier.code}")] == ["vneid_shown", "fallback", "card_reader"]
    assert all(row.pk for row in rows)
    assert record_look_ups(actor=desk_clerk_lan, person_id=1, wanted=[], purpose="", reference="") == []


@given(
    method=st.sampled_from([*LookUpMethod.values, "", "khác"]),
    reason=st.sampled_from([*FallbackReason.values, "", "khác"]),
    note=st.text(max_size=400),
)
def test_a_checked_look_up_fits_its_constraints(method: str, reason: str, note: str) -> None:
    try:
        data = checked_look_up(LookUpData(method, reason, note))
    except DomainError as refusal:
        assert refusal.message and refusal.field
        return
    is_fallback = data.method == LookUpMethod.FALLBACK
    assert is_fallback == bool(data.reason)
    assert is_fallback or not data.note
    assert data.reason != FallbackReason.OTHER or data.note
    assert len(data.note) <= 300
