"""docs/agency-protocol.yaml says of a message what the parser says: taken by both, or refused by both."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

from interlink.sandbox.app import ROUTES
from interlink.wire import messages, people
from interlink.wire.errors import WireError
from interlink.wire.papers import CONTENT_TYPES, EXTRAS, KEYS
from tests.databases import REPOSITORY
from tests.interlink.wire.test_messages import AT, ID, PAPER, REPLY, REQUEST

EXAMPLES: dict[str, tuple[Any, Any]] = {
    "Request": (REQUEST, messages.read_request),
    "Reply": (REPLY, messages.read_reply),
    "Receipt": (messages.Receipt(ID, "0" * 64, AT), messages.read_receipt),
    "PersonQuery": (people.PersonQuery("q", "001090000001", "cư trú", "dossier:H1", "An", AT), people.read_query),
    "PersonAnswer": (people.PersonAnswer("q", True, AT, {"a": "b"}), people.read_answer),
}


@cache
def document() -> dict[str, Any]:
    return yaml.safe_load((REPOSITORY / "docs/agency-protocol.yaml").read_text(encoding="utf-8"))


def says_yes(name: str, found: Any) -> bool:
    schema = {"$ref": f"#/components/schemas/{name}", "components": document()["components"]}
    return Draft202012Validator(schema, format_checker=FormatChecker()).is_valid(found)


def reads(name: str, found: Any) -> bool:
    try:
        EXAMPLES[name][1](json.dumps(found).encode())
    except WireError:
        return False
    return True


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_real_message_is_a_message_of_the_document(name: str) -> None:
    found = json.loads(EXAMPLES[name][0].to_bytes())
    assert says_yes(name, found)
    assert reads(name, found)


@pytest.mark.parametrize("name", EXAMPLES)
def test_both_refuse_a_missing_an_unknown_and_a_wrong_value(name: str) -> None:
    found = json.loads(EXAMPLES[name][0].to_bytes())
    required = document()["components"]["schemas"][name]["required"]
    for key in required:
        without = {other: value for other, value in found.items() if other != key}
        assert not says_yes(name, without) and not reads(name, without), key
        wrong = found | {key: [1]}
        assert not says_yes(name, wrong) and not reads(name, wrong), key
    assert not says_yes(name, found | {"extra": 1}) and not reads(name, found | {"extra": 1})


def test_the_lists_of_the_document_are_those_of_the_parser() -> None:
    schemas = document()["components"]["schemas"]
    assert tuple(schemas["Request"]["properties"]["kind"]["enum"]) == messages.REQUEST_KINDS
    assert tuple(schemas["Reply"]["properties"]["kind"]["enum"]) == messages.REPLY_KINDS
    assert set(schemas["Paper"]["properties"]) == {*KEYS, *EXTRAS}
    assert set(schemas["Paper"]["properties"]["content_type"]["enum"]) == CONTENT_TYPES
    assert set(schemas["Request"]["properties"]) == {
        *messages.REQUEST_KEYS,
        *messages.REQUEST_EXTRAS,
        "fields",
        "papers",
    }
    assert set(schemas["Reply"]["properties"]) == {*messages.REPLY_KEYS, *messages.REPLY_EXTRAS}


def test_both_want_a_paper_whole() -> None:
    bare = {key: value for key, value in PAPER.as_json().items() if key != "sha256"}
    found = json.loads(REQUEST.to_bytes()) | {"papers": [bare]}
    assert not says_yes("Request", found) and not reads("Request", found)


def test_the_document_speaks_of_the_addresses_there_are() -> None:
    described = {(method.upper(), path) for path, verbs in document()["paths"].items() for method in verbs}
    offered = {route for route in ROUTES if route[1].startswith("/v1/") and route[1] != "/v1/health"}
    assert described == offered
