"""Parts of a dossier's page that are kept show what is true now: each act brings its line at once."""

from __future__ import annotations

import pytest
from django.urls import reverse

from dossiers.models import ChecklistLine
from dossiers.services.take_dossier import take_dossier
from haddong_portal.common.templatetags import drawn
from tests.dossiers.conftest import Story
from tests.dossiers.screens.conftest import OpenSession

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a running portal; elsewhere tests draw everything anew."""
    monkeypatch.setattr(drawn, "_always_anew", lambda: False)


def test_what_an_act_or_a_colleague_changed_shows_at_once(story: Story, open_session: OpenSession) -> None:
    dossier = story.received()
    address, clerk = reverse("dossiers:dossier", args=[dossier.code]), open_session(story.clerk)
    before = [clerk.get(address).content.decode() for _ in range(2)][1]
    take_dossier(actor=story.officer, dossier_id=dossier.pk)
    ChecklistLine.objects.filter(dossier=dossier).update(note="bổ sung trang 2")
    after = clerk.get(address).content.decode()
    assert before.count("timeline-title") + 1 == after.count("timeline-title")
    assert "bổ sung trang 2" not in before and "bổ sung trang 2" in after


def test_another_dossier_shows_its_own(story: Story, open_session: OpenSession) -> None:
    clerk = open_session(story.clerk)
    first, second = story.received(), story.received(confirmed_duplicate=True)
    pages = [clerk.get(reverse("dossiers:dossier", args=[one.code])).content.decode() for one in (first, second)]
    assert first.code in pages[0] and second.code not in pages[0]
    assert second.code in pages[1] and first.code not in pages[1]
