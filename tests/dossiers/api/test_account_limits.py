"""How often one account may call: refused with code, sentence and Retry-After, others untouched, a lost counter too."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from dossiers.models import Dossier
from haddong_portal.accounts.models import Post, Unit
from tests.dossiers.api.test_dossier_api import body, client, connected_post, post, token_of
from tests.factories import PostFactory, PublishedProcedure, UserFactory

__all__ = ["client", "connected_post"]  # fixtures
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_writes(settings: Any) -> None:
    settings.API_WRITES_PER_MINUTE_MAX, settings.API_READS_PER_MINUTE_MAX = 2, 3


def other_account(ward: Unit, scope: str = "dossiers") -> Client:
    user = UserFactory(full_name="Phần mềm khác", is_service_account=True)
    PostFactory(user=user, unit=ward, role="clerk")
    return Client(headers={"authorization": f"Bearer {token_of(user, scope)}"})


def test_the_third_dossier_of_a_minute_is_refused(client: Client, ward: Unit, procedure: PublishedProcedure) -> None:
    filed = [post(client, body(procedure, confirmed_duplicate=True), key=f"khoa-{number}") for number in range(3)]
    assert [answer.status_code for answer in filed] == [201, 201, 429]
    refused = filed[-1].json()
    assert refused["code"] == "api.too_many" and "gọi quá nhiều lần" in refused["message"]
    assert 0 < int(filed[-1]["Retry-After"]) <= 60
    assert Dossier.objects.count() == 2
    assert post(other_account(ward), body(procedure, confirmed_duplicate=True)).status_code == 201
    assert client.get(f"/api/v1/dossiers/{filed[0].json()['code']}/").status_code == 200  # reads count by themselves


def test_reads_have_a_limit_of_their_own(client: Client, procedure: PublishedProcedure) -> None:
    code = post(client, body(procedure)).json()["code"]
    addresses = [f"/api/v1/dossiers/{code}/", f"/api/v1/dossiers/{code}/events/"] * 2
    assert [client.get(address).status_code for address in addresses] == [200, 200, 200, 429]


@pytest.mark.parametrize("rest", ["", "X/supplement/", "X/withdrawal/"])
def test_every_act_of_the_filing_api_counts(ward: Unit, rest: str) -> None:
    portal = other_account(ward, "filings")
    answers = [portal.post(f"/api/v1/filings/{rest}", {"reason": "thôi"}) for _ in range(3)]
    assert [answer.status_code == 429 for answer in answers] == [False, False, True]


def test_the_limit_counts_the_account_and_not_its_tokens(
    client: Client, connected_post: Post, procedure: PublishedProcedure
) -> None:
    filings = Client(headers={"authorization": f"Bearer {token_of(connected_post.user, 'filings')}"})
    assert post(client, body(procedure)).status_code == 201
    assert filings.post("/api/v1/filings/", {}).status_code == 400
    assert post(client, body(procedure), key="khoa-2").status_code == 429
    assert filings.post("/api/v1/filings/", {}).status_code == 429


def test_without_the_counters_server_nothing_is_limited(
    client: Client, procedure: PublishedProcedure, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: object, **options: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(cache, "incr", away)
    for number in range(4):
        answer = post(client, body(procedure, confirmed_duplicate=True), key=f"khoa-{number}")
        assert answer.status_code == 201
