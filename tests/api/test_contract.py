"""Whatever the published contract allows to be sent, no answer is a server error; bounded examples, made from it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error

from haddong_portal.wsgi import application
from tests.api.conftest import ConnectedSystem
from tests.factories import PublishedProcedure
from tests.scale import scaled

pytestmark = pytest.mark.django_db
CONTRACT = "/api/v1/openapi.json"


@schemathesis.serializer("application/jose")
def as_text(context: schemathesis.SerializationContext, value: object) -> object:
    """A signed message is text; what is none goes out as its words."""
    return value if isinstance(value, bytes) else str(value).encode()


@contextlib.contextmanager
def connection_stays() -> Iterator[None]:
    """The end of a request closes the connection, and with it the test's transaction; Django's client does the same."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    try:
        yield
    finally:
        request_started.connect(close_old_connections)
        request_finished.connect(close_old_connections)


@pytest.fixture
def contract(db: None) -> schemathesis.BaseSchema:
    with connection_stays():
        return schemathesis.openapi.from_wsgi(CONTRACT, application)


def send_examples(contract: schemathesis.BaseSchema, headers: dict[str, str]) -> int:
    """Call every operation with what the contract allows and with what it does not; the number of calls."""
    calls = 0
    for found in contract.get_all_operations():
        operation = found.ok()
        for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE):

            @settings(max_examples=scaled(4), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
            @given(case=operation.as_strategy(generation_mode=mode))
            def send(case: schemathesis.Case) -> None:
                nonlocal calls
                calls += 1
                case.call_and_validate(headers=headers, checks=(not_a_server_error,))

            # What has no parameter cannot be sent wrongly.
            with contextlib.suppress(Unsatisfiable), connection_stays():
                send()
    return calls


def test_nobody_brings_the_api_down(contract: schemathesis.BaseSchema) -> None:
    assert send_examples(contract, {}) > 20


def test_a_connected_system_does_not_bring_the_api_down(
    contract: schemathesis.BaseSchema, connected_system: ConnectedSystem, procedure: PublishedProcedure
) -> None:
    assert send_examples(contract, connected_system.headers(Client())) > 20


def test_the_contract_names_every_public_operation(client: Client) -> None:
    paths = set(client.get(CONTRACT, headers={"Accept": "application/json"}).json()["paths"])
    wanted = {"/api/v1/procedures/", "/api/v1/dossiers/", "/api/v1/dossiers/{code}/", "/api/v1/dossiers/{code}/events/"}
    wanted |= {f"/api/v1/filings/{rest}" for rest in ("", "{code}/", "{code}/supplement/", "{code}/withdrawal/")}
    assert wanted <= paths
