"""A connected system reuses stored papers and records look-ups with the same refusals as the counter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from dossiers.models import Dossier
from dossiers.papers.models import PaperUse, TakenAnyway
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Post
from haddong_portal.citizens.models import ResidenceLookUp
from tests.dossiers.api.test_dossier_api import post, token_of
from tests.dossiers.reuse.conftest import BIRTH, BOOK, FORM, IDENTITY, MARITAL, MARRIAGE, RESIDENCE, Counter
from tests.factories import MORNING, PostFactory, UserFactory
from tests.papers.conftest import Store

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def client(ward: Any) -> Client:
    user = UserFactory(username="ket-noi", full_name="Cổng Dịch vụ công")
    connected: Post = PostFactory(user=user, unit=ward, role=Role.CLERK)
    return Client(headers={"authorization": f"Bearer {token_of(connected.user)}"})


def body(counter: Counter, **changes: Any) -> dict[str, Any]:
    papers = counter.procedure.papers
    brought = [
        {"requirement_id": papers[at].pk, "state": "paper", "originals": 1} for at in (FORM, BIRTH, MARRIAGE, IDENTITY)
    ]
    return {
        "procedure_code": counter.procedure.procedure.national_code,
        "person": {"full_name": "Trần Văn Tú", "personal_id": "001090000001"},
        "phone": "0912345678",
        "checklist": brought,
        **changes,
    }


def test_papers_and_look_ups_come_with_the_dossier(client: Client, counter: Counter, stored: Store) -> None:
    paper, lines = stored(), counter.procedure.papers
    data = body(
        counter,
        papers=[{"requirement_id": lines[MARITAL].pk, "paper_id": str(paper.public_id)}],
        look_ups=[{"requirement_id": lines[BOOK].pk, "method": "vneid_shown", "shown": {"Nơi ở": "Phố Lụa"}}],
    )
    first, again = post(client, data), post(client, data)
    assert (first.status_code, again.status_code) == (201, 200), first.content
    code = Dossier.objects.get().code
    assert PaperUse.objects.get().reference == ResidenceLookUp.objects.get().reference == f"dossier:{code}"


def test_the_refusals_are_the_counters(client: Client, counter: Counter, stored: Store) -> None:
    paper, lines = stored(), counter.procedure.papers
    marital = {"requirement_id": lines[MARITAL].pk, "state": "paper", "originals": 1}
    held = body(counter, checklist=[*body(counter)["checklist"], marital])
    answer = post(client, held, "k1")
    assert (answer.status_code, answer.json()["code"]) == (409, "dossier.paper_held")
    wrong = body(counter, papers=[{"requirement_id": lines[BIRTH].pk, "paper_id": str(paper.public_id)}])
    assert post(client, wrong, "k2").json()["code"] == "dossier.paper_not_electronic"
    residence = [{"requirement_id": lines[RESIDENCE].pk, "state": "copy"}]
    asked = body(counter, checklist=[*body(counter)["checklist"], *residence], **_marital(paper, lines))
    assert post(client, asked, "k3").json()["code"] == "dossier.residence_reason_missing"
    no_reason = body(
        counter, look_ups=[{"requirement_id": lines[BOOK].pk, "method": "fallback"}], **_marital(paper, lines)
    )
    assert post(client, no_reason, "k4").json()["code"] == "look_up.reason_missing"
    assert not Dossier.objects.exists()
    reason = marital | {"taken_reason": "người dân nộp bản mới"}
    assert post(client, body(counter, checklist=[*body(counter)["checklist"], reason]), "k5").status_code == 201
    assert TakenAnyway.objects.get().reason == "người dân nộp bản mới"


def _marital(paper: Any, lines: Any) -> dict[str, Any]:
    return {"papers": [{"requirement_id": lines[MARITAL].pk, "paper_id": str(paper.public_id)}]}
