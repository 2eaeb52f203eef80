"""Who looks into the register leaves a trace, as who takes it away does."""

from __future__ import annotations

import pytest
from django.urls import reverse

from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.actors import Actor
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import citizen, publish_procedure, receive

pytestmark = pytest.mark.django_db


def test_each_page_that_is_read_is_on_record(ward: Unit, desk_clerk_lan: Actor, open_session: OpenSession) -> None:
    client, address = open_session(desk_clerk_lan), reverse("dossiers:register")
    rows = AuditEntry.objects.filter(object_type="register", purpose="xem sổ")
    client.get(address)
    assert not rows.exists(), "an empty page tells nobody anything"
    receive(desk_clerk_lan, publish_procedure(at=ward), person=citizen("Trần Văn Tú", 1))
    assert "Trần Văn Tú" in client.get(address).content.decode()
    assert [row.data["lines"] for row in rows] == [1]
