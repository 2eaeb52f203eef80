"""The papers card of a dossier: what was used from the store, seen by those who work on it and by nobody else."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from dossiers.constants import Status
from dossiers.models import Dossier
from dossiers.papers.models import Paper
from dossiers.papers.services.add_version import add_version
from dossiers.papers.services.open_paper import open_paper
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.citizens.constants import LookUpData
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotAllowed
from tests.budgets.conftest import at_most
from tests.dossiers.reuse.conftest import Counter
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import MORNING, make_actor, receive
from tests.papers.conftest import Store, content

pytestmark = pytest.mark.django_db
DOSSIER_MAX = 6
PDF = b"%PDF-1.7 trang cho xem %%EOF"


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def paper_id(stored: Store) -> uuid.UUID:
    return stored(file=content(b"%PDF-1.7 nguyen ban %%EOF", shown=PDF)).public_id


@pytest.fixture
def dossier(counter: Counter, desk_clerk_lan: Actor, paper_id: uuid.UUID) -> Dossier:
    answers = counter.answers(
        MARITAL={"state": "electronic", "paper": paper_id},
        IDENTITY={"state": "waived", "look_up": LookUpData("fallback", "network")},
    )
    return Dossier.objects.get(pk=receive(desk_clerk_lan, counter.procedure, checklist=answers).dossier_id)


def page(client: Client, dossier: Dossier) -> str:
    return client.get(reverse("dossiers:dossier", args=[dossier.code])).content.decode()


def address(dossier: Dossier, paper_id: uuid.UUID) -> str:
    return reverse("dossiers:stored-paper", args=[dossier.code, paper_id])


def test_the_card_says_what_was_used_how_sure_and_what_was_looked_up(
    dossier: Dossier, paper_id: uuid.UUID, officer_minh: Actor, open_session: OpenSession
) -> None:
    client = open_session(officer_minh)
    shown = page(client, dossier)
    assert address(dossier, paper_id) in shown
    assert "ký số của người số hóa" in shown and "chữ ký hợp lệ" in shown and "đã có bản điện tử" in shown
    assert "không tra cứu được, xem giấy tờ thay thế: mất kết nối với cơ sở dữ liệu" in shown
    with at_most(DOSSIER_MAX):
        page(client, dossier)


def test_the_version_that_was_used_is_opened_and_a_newer_one_is_named(
    dossier: Dossier, paper_id: uuid.UUID, desk_clerk_lan: Actor, officer_minh: Actor, open_session: OpenSession
) -> None:
    client, again = open_session(officer_minh), b"%PDF-1.7 ban quet lai %%EOF"
    assert "Kho đã có bản mới hơn" not in page(client, dossier)
    paper = Paper.objects.get(public_id=paper_id)
    add_version(actor=desk_clerk_lan, paper_id=paper.pk, content=content(b"%PDF-1.7 goc 2 %%EOF", shown=again))
    with at_most(DOSSIER_MAX):
        assert "Kho đã có bản mới hơn bản đã dùng" in page(client, dossier)
    assert client.get(address(dossier, paper_id)).content == PDF
    assert client.get(f"{address(dossier, paper_id)}?ban=moi").content == again
    read = AuditEntry.objects.filter(action="paper.open").order_by("pk").values_list("data__version", flat=True)
    assert list(read) == [1, 2]


def test_the_officer_reads_the_shown_copy_and_that_is_on_record(
    dossier: Dossier, paper_id: uuid.UUID, officer_minh: Actor, open_session: OpenSession
) -> None:
    answer = open_session(officer_minh).get(address(dossier, paper_id))
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, PDF, "application/pdf")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("inline; ")
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert (
        "script-src 'self'" in answer["Content-Security-Policy"]
        or "script-src 'none'" in answer["Content-Security-Policy"]
    )
    entry = AuditEntry.objects.get(action="paper.open")
    assert (entry.actor_user_id, entry.person_id) == (officer_minh.user_id, dossier.person_id)
    assert entry.data["reference"] == f"dossier:{dossier.code}"


def test_nobody_else_opens_it(
    dossier: Dossier, paper_id: uuid.UUID, stranger_nga: Actor, ward: Unit, open_session: OpenSession, stored: Store
) -> None:
    assert open_session(stranger_nga).get(address(dossier, paper_id)).status_code == 404
    inspector = make_actor(ward, Role.INSPECTOR, "Bùi Văn Soát")
    assert open_session(inspector).get(address(dossier, paper_id)).status_code == 403
    assert Client().get(address(dossier, paper_id)).status_code in (302, 403)
    assert not AuditEntry.objects.filter(action="paper.open").exists()


def test_a_paper_of_the_same_person_that_was_not_used_is_not_shown(
    dossier: Dossier, officer_minh: Actor, open_session: OpenSession, stored: Store
) -> None:
    other = stored(type_code="BIRTH_CERTIFICATE", fields={})
    client = open_session(officer_minh)
    assert client.get(address(dossier, other.public_id)).status_code == 404
    assert client.get(address(dossier, uuid.uuid4())).status_code == 404


def test_a_dossier_that_is_over_opens_what_was_used_in_it_and_nothing_else(
    dossier: Dossier, paper_id: uuid.UUID, officer_minh: Actor, stored: Store
) -> None:
    def open_(paper: Paper) -> object:
        reference = f"dossier:{dossier.code}"
        return open_paper(actor=officer_minh, paper_id=paper.pk, purpose="giải quyết hồ sơ", reference=reference)

    used, other = Paper.objects.get(public_id=paper_id), stored()
    assert open_(used) and open_(other)
    Dossier.objects.filter(pk=dossier.pk).update(status=Status.STOPPED, closed_at=MORNING, stop_reason="withdrawn")
    assert open_(used)
    with pytest.raises(NotAllowed, match=r"paper\.no_reference"):
        open_(other)
