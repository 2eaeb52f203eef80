"""The forms of acts that are made without reading what lies around the dossier: they must not miss anything."""

from __future__ import annotations

import pytest

from dossiers.forms.act_forms import FROM_THE_DOSSIER_ALONE, form_for
from dossiers.models import Dossier
from dossiers.rules.lifecycle import Command
from dossiers.selectors.dossier_page import act_page
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from tests.dossiers.conftest import Story
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


def shape(story: Story, actor: Actor, dossier: Dossier, command: Command, *, with_story: bool) -> dict[str, object]:
    """What the form asks, and what it offers to choose."""
    page = act_page(actor=actor, code=dossier.code, command=command, with_story=with_story, now=story.now())
    fields = form_for(command, page).fields
    return {name: list(getattr(field, "choices", [])) for name, field in fields.items()}


@pytest.mark.parametrize("command", sorted(FROM_THE_DOSSIER_ALONE))
def test_a_form_made_from_the_dossier_alone_is_the_same_form(story: Story, ward: Unit, command: Command) -> None:
    make_actor(ward, Role.OFFICER, "Đặng Văn Nam")
    make_actor(ward, Role.LEADER, "Vũ Thị Mai")
    for dossier, actor in ((story.taken(), story.officer), (story.at_signing(), story.leader)):
        alone = shape(story, actor, dossier, command, with_story=False)
        assert alone == shape(story, actor, dossier, command, with_story=True)
