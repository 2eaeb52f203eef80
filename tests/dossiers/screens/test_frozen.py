"""The dossier's page says that its process stands still because the delegation has lapsed."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from haddong_portal.accounts.models import Unit
from procedures.models import Delegation
from tests.dossiers.conftest import Story
from tests.dossiers.screens.conftest import OpenSession
from tests.dossiers.services.test_delegated import delegate

pytestmark = pytest.mark.django_db
WORDS = "Quy trình đang tạm khóa"


def test_a_lapsed_delegation_is_said_and_a_valid_one_not(story: Story, ward: Unit, open_session: OpenSession) -> None:
    delegate(story, ward, acts=["decide", "sign"])
    at = reverse("dossiers:dossier", kwargs={"code": story.taken().code})
    officer = open_session(story.officer)
    assert WORDS not in officer.get(at).content.decode()
    Delegation.objects.update(valid_to=date(2024, 1, 1))
    page = officer.get(at).content.decode()
    assert WORDS in page
    assert "đã hết hiệu lực từ ngày 01/01/2024" in page


def test_a_dossier_that_has_ended_is_not_frozen(story: Story, ward: Unit, open_session: OpenSession) -> None:
    delegate(story, ward, acts=["decide", "sign"])
    dossier = story.returned()
    Delegation.objects.update(valid_to=date(2024, 1, 1))
    page = open_session(story.officer).get(reverse("dossiers:dossier", kwargs={"code": dossier.code}))
    assert WORDS not in page.content.decode()
