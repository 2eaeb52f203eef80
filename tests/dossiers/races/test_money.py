"""Two clerks at one charge, many at one receipt book: paid once, numbered without a gap."""

from __future__ import annotations

from functools import partial

import pytest

from dossiers.models import Charge, Payment
from dossiers.services.collect_fee import collect_fee
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from tests.dossiers.races.conftest import AtOnce
from tests.factories import MORNING, PublishedProcedure, citizen, make_actor, receive

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_one_charge_is_paid_once(
    at_once: AtOnce, ward: Unit, desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    rival = make_actor(ward, Role.CLERK, "Hoàng Thị Yến")
    pk = receive(desk_clerk_lan, procedure).dossier_id
    charge = Charge.objects.get(dossier_id=pk)
    pay = partial(collect_fee, dossier_id=pk, charge_ids=[charge.pk], now=MORNING)
    answers = at_once([partial(pay, actor=clerk) for clerk in (desk_clerk_lan, rival)])
    assert sorted(one.code if isinstance(one, DomainError) else "ok" for one in answers) == ["charge.settled", "ok"]
    assert list(Payment.objects.values_list("receipt_no", flat=True)) == [1]


def test_receipt_numbers_have_no_gap_over_many_connections(
    at_once: AtOnce, desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    calls = []
    for number in range(1, 13):
        pk = receive(desk_clerk_lan, procedure, person=citizen("Trần Văn Tú", number)).dossier_id
        ids = [Charge.objects.get(dossier_id=pk).pk]
        calls.append(partial(collect_fee, actor=desk_clerk_lan, dossier_id=pk, charge_ids=ids, now=MORNING))
        calls.append(partial(collect_fee, actor=desk_clerk_lan, dossier_id=pk, charge_ids=[-1], now=MORNING))
    at_once(calls, threads=4)
    assert sorted(Payment.objects.values_list("receipt_no", flat=True)) == list(range(1, 13))
