"""The shipped groups start on the shipped catalogue: real components, a real ward, its own desk."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Post
from haddong_portal.accounts.selectors.actors import actor_in_post
from haddong_portal.home.demo.catalogue import load_shipped_catalogue
from interlink.constants import GroupState
from interlink.models import GroupVersion, Leg
from interlink.services.load_linked_groups import load_linked_groups
from interlink.services.open_case import DeclarationData, open_case
from tests.interlink.scene import BIRTH, BIRTH_PAPERS, DEATH, MORNING


@pytest.mark.django_db
def test_both_groups_start_at_a_ward_of_the_demo() -> None:
    call_command("load_foundation", staff=True, verbosity=0)
    assert not GroupVersion.objects.filter(state=GroupState.PUBLISHED).exists()  # the catalogue is not there yet
    load_shipped_catalogue(lambda done, total: None)
    loaded = load_linked_groups()
    assert (loaded.created, loaded.drafts) == (10, {})
    post = Post.objects.filter(role=Role.CLERK, unit__kind="ward").select_related("unit", "user").first()
    assert post is not None
    clerk = actor_in_post(post, post.user)
    for group, fields, papers in (("birth", BIRTH, BIRTH_PAPERS), ("death", DEATH, {})):
        data = DeclarationData(group_code=group, fields=fields, papers=papers)
        opened = open_case(actor=clerk, data=data, idempotency_key=group, now=MORNING)
        leg = Leg.objects.get(case_id=opened.case_id, key="civil_status")
        assert leg.state == "working" and leg.dossier is not None
        assert leg.due_at is not None and leg.dossier.due_at is not None
