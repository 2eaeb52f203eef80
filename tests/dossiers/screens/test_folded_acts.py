"""Rarer acts are drawn when their fold opens: for whoever may do them, as a recorded read, and without scripts too."""

from __future__ import annotations

import pytest
from django.urls import reverse

from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.actors import Actor
from tests.dossiers.conftest import Story
from tests.dossiers.screens.conftest import OpenSession, unfold

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true"}


def test_the_page_carries_the_address_and_not_the_form(story: Story, open_session: OpenSession) -> None:
    dossier = story.taken()
    page = open_session(story.officer).get(reverse("dossiers:dossier", args=[dossier.code])).content.decode()
    at = reverse("dossiers:act-form", args=[dossier.code, "request_opinion"])
    assert f'hx-get="{at}"' in page and f'<a href="{at}">' in page
    assert "request_opinion-question" not in page


def test_opening_a_fold_is_a_recorded_read(story: Story, open_session: OpenSession) -> None:
    dossier = story.taken()
    form = unfold(open_session(story.clerk), dossier.code, "correct_mistake")
    assert f'action="{reverse("dossiers:correct", args=[dossier.code])}"' in form
    assert f'value="{dossier.row_version}"' in form
    entry = AuditEntry.objects.filter(object_id=str(dossier.pk), actor_user_id=story.clerk.user_id).latest("pk")
    assert (entry.action, entry.purpose, entry.person_id) == ("dossier.read", "Đính chính", dossier.person_id)


@pytest.mark.parametrize("command", ["sign_result", "request_opinion", "no_such_act"])
def test_an_act_of_others_is_not_drawn(story: Story, open_session: OpenSession, command: str) -> None:
    dossier = story.taken()
    at = reverse("dossiers:act-form", args=[dossier.code, command])
    answer = open_session(story.clerk).get(at, headers=PART)
    assert answer.status_code == 404
    assert command not in answer.content.decode()


def test_a_strangers_unit_learns_nothing(story: Story, stranger_nga: Actor, open_session: OpenSession) -> None:
    at = reverse("dossiers:act-form", args=[story.taken().code, "request_opinion"])
    assert open_session(stranger_nga).get(at, headers=PART).status_code == 404
    assert open_session(stranger_nga).get(at).status_code == 404


def test_without_scripts_the_page_comes_with_that_fold_open(story: Story, open_session: OpenSession) -> None:
    dossier = story.taken()
    officer = open_session(story.officer)
    answer = officer.get(reverse("dossiers:act-form", args=[dossier.code, "decide_refusal"]))
    assert answer.status_code == 200 and "decide_refusal" not in answer.content.decode()  # a leader's act
    opened = officer.get(reverse("dossiers:act-form", args=[dossier.code, "correct_mistake"]))
    assert opened.context["rare_open"] and 'name="correct_mistake-target"' in opened.content.decode()
