"""Printed codes: counted, stable, forgiving; posters at once and in the background."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit, User
from haddong_portal.common import clock
from haddong_portal.common.actors import system_actor
from haddong_portal.common.errors import DomainError
from procedures.constants import BatchState, LinkKind
from procedures.models import PosterBatch, Procedure, ScanCount
from procedures.services import render_poster_batch as printing
from procedures.services.order_posters import order_posters
from procedures.services.short_links import ensure_link
from procedures.tasks import render_posters
from tests.procedures.screens.conftest import BIRTH

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=str(tmp_path / "files")):
        yield


def test_a_scan_is_counted_and_opens_the_procedure(client: Client, catalogue: None) -> None:
    link = ensure_link(LinkKind.PROCEDURE, procedure=Procedure.objects.get(national_code=BIRTH))
    for token in (link.token, link.token.lower()):
        response = client.get(reverse("links:open", args=[token]))
        assert response.status_code == 302
        assert response["Location"] == reverse("procedures:detail", args=[BIRTH])
    row = ScanCount.objects.get(link=link)
    assert (row.on, row.count) == (clock.today(), 2)


def test_a_counters_code_opens_the_units_list(client: Client, performed: Unit) -> None:
    link = ensure_link(LinkKind.COUNTER, unit=performed, label="Quầy số 1")
    response = client.get(reverse("links:open", args=[link.token]))
    assert response["Location"] == reverse("procedures:unit", args=[performed.key])


def test_an_unknown_code_offers_the_search(client: Client, catalogue: None) -> None:
    response = client.get(reverse("links:open", args=["ZZZZ"]))
    assert response.status_code == 404
    assert 'type="search"' in response.content.decode()


def test_the_qr_page_the_drawing_and_the_poster(client: Client, catalogue: None) -> None:
    page = client.get(reverse("procedures:qr", args=[BIRTH])).content.decode()
    assert "<svg" in page and "/q/" in page
    assert client.get(reverse("procedures:qr-svg", args=[BIRTH]))["Content-Type"] == "image/svg+xml"
    assert client.get(reverse("procedures:poster", args=[BIRTH])).content.startswith(b"%PDF")


def test_posters_of_a_unit_are_for_staff(client: Client, performed: Unit, person_in: Callable[[Role], User]) -> None:
    address = reverse("procedures:unit-posters", args=[performed.key])
    assert client.get(address).status_code == 302
    client.force_login(person_in(Role.INSPECTOR))
    assert client.get(address).status_code == 403


def test_a_clerk_orders_a_batch_and_downloads_it(
    client: Client, performed: Unit, person_in: Callable[[Role], User]
) -> None:
    client.force_login(person_in(Role.CLERK))
    address = reverse("procedures:unit-posters", args=[performed.key])
    assert client.post(address, {"with_procedures": "on", "counters": "Quầy 1\nQuầy 2\nQuầy 1\n"}).status_code == 302
    batch = PosterBatch.objects.get()
    assert (batch.state, batch.total, batch.counters) == (BatchState.QUEUED, 4, ["Quầy 1", "Quầy 2"])
    waiting = client.get(reverse("procedures:poster-batch", args=[batch.pk])).content.decode()
    assert "every 1s" in waiting
    assert client.get(reverse("procedures:poster-file", args=[batch.pk])).status_code == 404
    assert render_posters(batch.pk) == BatchState.DONE
    done = client.get(reverse("procedures:poster-batch", args=[batch.pk])).content.decode()
    assert "every 1s" not in done
    sent = client.get(reverse("procedures:poster-file", args=[batch.pk]))
    assert b"".join(sent.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]  # a FileResponse streams


def test_printing_twice_prints_once(performed: Unit) -> None:
    batch = order_posters(actor=system_actor(), unit_key=performed.key, with_procedures=True)
    assert render_posters(batch.pk) == BatchState.DONE
    assert render_posters(batch.pk) == "taken"


def test_the_same_open_order_is_given_back(performed: Unit) -> None:
    orders = [order_posters(actor=system_actor(), unit_key=performed.key, with_procedures=True) for _ in range(2)]
    assert orders[0].pk == orders[1].pk


def test_too_many_counters_are_refused(performed: Unit) -> None:
    with pytest.raises(DomainError) as refused:
        names = [f"Quầy {number}" for number in range(41)]
        order_posters(actor=system_actor(), unit_key=performed.key, with_procedures=False, counters=names)
    assert refused.value.code == "posters.too_many_counters"


def test_many_sheets_come_as_numbered_parts(performed: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "SLICE_SHEETS", 1)
    batch = order_posters(actor=system_actor(), unit_key=performed.key, with_procedures=True)
    render_posters(batch.pk)
    batch.refresh_from_db()
    assert batch.done == batch.total == 2
    assert batch.file.read(2) == b"PK"


def test_a_failing_batch_is_tried_again_and_given_up_at_last(performed: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> bytes:
        raise RuntimeError("no font")

    monkeypatch.setattr(printing, "render_posters", broken)
    batch = order_posters(actor=system_actor(), unit_key=performed.key, with_procedures=False)
    states = [render_posters(batch.pk) for _ in range(printing.ATTEMPTS_MAX)]
    assert states == [BatchState.QUEUED, BatchState.QUEUED, BatchState.FAILED]
    batch.refresh_from_db()
    assert "lượt in" in batch.error


def test_the_sweeper_finds_what_nobody_prints(performed: Unit) -> None:
    batch = order_posters(actor=system_actor(), unit_key=performed.key, with_procedures=False)
    assert printing.sweep_poster_batches() == 0
    PosterBatch.objects.filter(pk=batch.pk).update(touched_at=clock.now() - timedelta(minutes=6), state="running")
    assert printing.sweep_poster_batches() == 1
    assert render_posters(batch.pk) == BatchState.DONE
