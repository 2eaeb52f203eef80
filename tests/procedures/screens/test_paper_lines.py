"""Editors say which paper a line asks for; residence books stay what they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from dossiers.papers.services.load_paper_types import load_paper_types
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit, User
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.actors import system_actor
from haddong_portal.common.errors import Conflict, DomainError, NotAllowed
from haddong_portal.common.text import fold
from procedures.constants import PaperType
from procedures.models import CatalogueState, PaperRequirement, ProcedureVersion
from procedures.services.set_paper_type import set_paper_type
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(performed: Unit) -> PaperRequirement:
    load_paper_types()
    rows = PaperRequirement.objects.filter(case__version__in=ProcedureVersion.objects.published(), is_note=False)
    found = rows.earliest("pk")
    rows.filter(name=found.name).update(paper_type="")
    return found


def test_every_line_worded_so_gets_the_type_and_the_desk_hears_of_it(
    client: Client, line: PaperRequirement, person_in: Callable[[Role], User]
) -> None:
    client.force_login(person_in(Role.CATALOGUE_EDITOR))
    address = reverse("procedures:paper-lines")
    words = line.name[:40]
    assert f'value="{line.pk}"' in client.get(address, {"q": words}).content.decode()
    before = CatalogueState.objects.get().revision
    data = {"line": line.pk, "code": "BIRTH_CERTIFICATE", "q": words}
    assert "Đã ghi loại" in client.post(address, data, follow=True).content.decode()
    assert set(PaperRequirement.objects.filter(name=line.name).values_list("paper_type", flat=True)) == {
        "BIRTH_CERTIFICATE"
    }
    assert CatalogueState.objects.get().revision != before
    kept = AuditEntry.objects.filter(action="procedure.paper_type_set").latest("at").data
    assert (kept["after"], kept["lines"] >= 1) == ("BIRTH_CERTIFICATE", True)
    shown = client.get(address, {"q": words, "loai": "roi"}).content.decode()
    assert fold("Giấy khai sinh") in fold(shown)


def test_a_book_stays_a_book_and_nothing_unknown_is_set(line: PaperRequirement, performed: Unit) -> None:
    actor = system_actor()
    with pytest.raises(DomainError, match="Không có loại"):
        set_paper_type(actor=actor, requirement_id=line.pk, code="NO_SUCH_PAPER")
    PaperRequirement.objects.filter(pk=line.pk).update(paper_type=PaperType.HOUSEHOLD_BOOK)
    with pytest.raises(Conflict):
        set_paper_type(actor=actor, requirement_id=line.pk, code="BIRTH_CERTIFICATE")
    with pytest.raises(NotAllowed):
        set_paper_type(actor=make_actor(performed, Role.CLERK, "Nguyễn Thị Lan"), requirement_id=line.pk, code="")
