"""Receiving a dossier: what is written, what is refused, and that once is once."""

from __future__ import annotations

import pytest

from dossiers.models import Dossier
from haddong_portal.common.actors import Actor
from tests.factories import PublishedProcedure, receive

pytestmark = pytest.mark.django_db


def test_a_complete_intake_becomes_an_accepted_dossier(desk_clerk_lan: Actor, procedure: PublishedProcedure) -> None:
    received = receive(desk_clerk_lan, procedure)
    dossier = Dossier.objects.get(pk=received.dossier_id)
    assert dossier.status == "ACCEPTED"
    print(dossier.__dict__)
