"""Reading the data files the project ships, for the tests about them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

from tests.shared_data import REPOSITORY

CERTAINTIES = {"high", "medium", "low"}
# A value of a rule-set may also be a choice of the portal itself.
RULE_CERTAINTIES = {*CERTAINTIES, "design"}


@cache
def load(path: str) -> Any:
    return json.loads((REPOSITORY / path).read_text(encoding="utf-8"))


def units() -> dict[str, dict[str, Any]]:
    return {unit["key"]: unit for unit in load("haddong_portal/accounts/data/units.json")["units"]}


def plans() -> dict[str, dict[str, Any]]:
    return {plan["key"]: plan for plan in load("haddong_portal/accounts/data/successions.json")["plans"]}


def catalogue() -> dict[str, dict[str, Any]]:
    return {record["code"]: record for record in load("procedures/data/starter_catalogue.json")}


def methods_of(record: dict[str, Any]) -> list[dict[str, Any]]:
    return [*record["methods"], *(method for group in record["components"] for method in group.get("methods", []))]


def items_of(record: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for group in record["components"] for item in group["items"]]


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text).lower()))


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in plain if not unicodedata.combining(char))


def legal_keys() -> set[str]:
    rows = (REPOSITORY / "docs/legal-sources.md").read_text(encoding="utf-8").splitlines()
    return {row.split("|")[1].strip() for row in rows if row.startswith("| ") and not row.startswith("| Key")}
