"""An owner says that a paper is wrong; a clerk of the unit that stored it answers; the answer stands beside it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from dossiers.papers.constants import OwnerRef, PaperEventKind
from dossiers.papers.models import PaperCorrection, PaperEvent
from dossiers.papers.services.answer_correction import answer_correction
from dossiers.papers.services.ask_correction import ask_correction
from haddong_portal.accounts.constants import Role
from haddong_portal.audit.models import AuditEntry
from haddong_portal.citizens.services.sign_in_citizen import citizen_actor
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, NotAllowed, NotFound
from tests.citizens.own import person_with_phone, signed_in_citizen
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import MORNING, UnitFactory, make_actor
from tests.papers.conftest import Store, person

pytestmark = pytest.mark.django_db
WORDS = "Tên đệm là Văn, không phải Vân"


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def me(desk_clerk_lan: Actor, tu: OwnerRef) -> Client:
    return signed_in_citizen(person_with_phone(desk_clerk_lan))


def test_from_the_owners_words_to_the_answer(
    stored: Store, me: Client, desk_clerk_lan: Actor, open_session: OpenSession
) -> None:
    paper = stored()
    page = f"/giay-to-cua-toi/giay/{paper.public_id}/"
    assert me.post(f"{page}de-nghi-sua/", {"words": " "}).status_code == 422
    assert "Đã gửi đề nghị" in me.post(f"{page}de-nghi-sua/", {"words": WORDS}, follow=True).content.decode()
    assert me.post(f"{page}de-nghi-sua/", {"words": WORDS}).status_code == 409
    shown = me.get(page).content.decode()
    assert WORDS in shown and "chờ trả lời" in shown and "Gửi đề nghị" not in shown

    clerk, row = open_session(desk_clerk_lan), PaperCorrection.objects.get()
    listed = clerk.get(reverse("papers:corrections")).content.decode()
    one = reverse("papers:correction", args=[row.pk])
    assert one in listed and WORDS not in listed and "Trần Văn Tú" not in listed
    assert WORDS in clerk.get(one).content.decode()
    assert AuditEntry.objects.get(action="paper.correction_read").person_id == paper.owner_person_id
    assert clerk.post(one, {"outcome": "KEPT", "answer": ""}).status_code == 422
    assert clerk.post(one, {"outcome": "KEPT", "answer": "Sổ gốc ghi Vân."}).status_code == 302
    assert clerk.post(one, {"outcome": "KEPT", "answer": "Lại"}).status_code == 409
    after = me.get(page).content.decode()
    assert "Sổ gốc ghi Vân." in after and "Giữ nguyên" in after and "Gửi đề nghị" in after
    kinds = PaperEvent.objects.filter(paper=paper).order_by("id").values_list("kind", flat=True)
    assert list(kinds)[-2:] == [PaperEventKind.CORRECTION_ASKED, PaperEventKind.CORRECTION_ANSWERED]


def test_only_the_owner_asks_and_only_the_unit_that_stored_it_answers(stored: Store, tu: OwnerRef) -> None:
    paper = stored()
    stranger = citizen_actor(person("Lê Thị Khác", 2).pk)
    with pytest.raises(NotFound):
        ask_correction(actor=stranger, public_id=paper.public_id, words=WORDS, now=MORNING)
    owner = citizen_actor(tu.person_id or 0)
    row = ask_correction(actor=owner, public_id=paper.public_id, words=WORDS, now=MORNING)
    with pytest.raises(Conflict):
        ask_correction(actor=owner, public_id=paper.public_id, words=WORDS, now=MORNING)
    answer = {"correction_id": row.pk, "outcome": "CORRECTED", "answer": "Đã thay"}
    elsewhere = UnitFactory(ward=True, desk=True)
    with pytest.raises(NotFound):
        answer_correction(actor=make_actor(elsewhere, Role.CLERK, "Nơi Khác"), **answer)
    with pytest.raises(NotAllowed):
        answer_correction(actor=make_actor(elsewhere, Role.INSPECTOR, "Thanh Tra"), **answer)
    assert PaperCorrection.objects.get().answered_at is None
