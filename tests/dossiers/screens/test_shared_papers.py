"""A citizen hands a paper over at the desk by its share code: it lies with the dossier and opens from there."""

from __future__ import annotations

from typing import Any

import pytest

from dossiers.models import Dossier
from dossiers.papers.constants import OwnerRef, UsePurpose
from dossiers.papers.models import Paper, PaperUse, ShareCode
from dossiers.papers.services.make_share_code import make_share_code
from dossiers.services.attach_shared_paper import attach_shared_paper
from haddong_portal.audit.models import AuditEntry
from haddong_portal.citizens.services.sign_in_citizen import citizen_actor
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import MORNING, PublishedProcedure, receive
from tests.papers.conftest import Store, paper_types, papers_root, person, stored, tu  # noqa: F401 - fixtures


@pytest.fixture
def dossier(desk_clerk_lan: Actor, procedure: PublishedProcedure) -> Dossier:
    """Of Tú, whose mother's paper it needs."""
    return Dossier.objects.get(pk=receive(desk_clerk_lan, procedure).dossier_id)


@pytest.fixture
def mothers(stored: Store) -> Paper:  # noqa: F811 - the fixture
    return stored(owner=OwnerRef(person_id=person("Lê Thị Mẹ", 2).pk))


def code_for(paper: Paper, **wishes: Any) -> str:
    owner = citizen_actor(paper.owner_person_id or 0)
    data = {"minutes": 30, "uses_max": 1, "now": MORNING, **wishes}
    return make_share_code(actor=owner, public_id=paper.public_id, **data).code


def test_from_the_code_to_the_open_paper(
    dossier: Dossier, mothers: Paper, desk_clerk_lan: Actor, officer_minh: Actor, open_session: OpenSession
) -> None:
    path, client = f"/ho-so/{dossier.code}/chia-se/", open_session(desk_clerk_lan)
    assert path in client.get(f"/ho-so/{dossier.code}/").content.decode()
    wrong = client.post(path, {"code": "0000000000"})
    assert wrong.status_code == 404 and "share.no_match" in wrong.content.decode()
    assert client.post(path, {"code": ""}).status_code == 422
    name = dossier.checklist.earliest("position").name
    page = client.post(path, {"code": code_for(mothers), "requirement_name": name}, follow=True).content.decode()
    use = PaperUse.objects.get()
    assert (use.purpose, use.reference) == (UsePurpose.CITIZEN_SHARE, f"dossier:{dossier.code}")
    assert (use.requirement_name, use.unit_id) == (name, desk_clerk_lan.unit_id)
    assert mothers.type.name in page
    opened = open_session(officer_minh).get(f"{path}{use.pk}/tep/")
    assert opened.status_code == 200 and opened["Content-Type"] == "application/pdf"
    row = AuditEntry.objects.get(action="paper.open")
    assert (row.person_id, row.data["reference"]) == (mothers.owner_person_id, use.reference)
    assert client.get(f"{path}999/tep/").status_code == 404


def test_another_wards_clerk_attaches_nothing(
    dossier: Dossier, mothers: Paper, stranger_nga: Actor, open_session: OpenSession
) -> None:
    path, code = f"/ho-so/{dossier.code}/chia-se/", code_for(mothers)
    assert open_session(stranger_nga).post(path, {"code": code}).status_code == 404
    assert (ShareCode.objects.get().used_count, PaperUse.objects.count()) == (0, 0)


def test_an_ended_dossier_takes_nothing_more(story: Any, mothers: Paper) -> None:
    ended = story.returned()
    with pytest.raises(Conflict, match=r"dossier\.closed"):
        attach_shared_paper(actor=story.clerk, code=ended.code, share_code=code_for(mothers), now=MORNING)
    assert ShareCode.objects.get().used_count == 0
