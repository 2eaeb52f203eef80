"""Which constraint each case breaks; the meta-test compares the names with what the models declare."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

OUR_PACKAGES = ("haddong_portal", "procedures", "dossiers", "interlink", "feedback")
# Triggers have no place in Meta; their names stand here and in the migrations that make them.
TRIGGERS = frozenset(
    {
        "dossier_event_append_only",
        "audit_entry_append_only",
        "audit_seal_append_only",
        "day_end_append_only",
        "payment_of_closed_day",
        "register_book_append_only",
        "paper_version_append_only",
        "paper_use_append_only",
        "paper_event_append_only",
        "case_event_append_only",
        "group_version_published_frozen",
    }
)

Test = TypeVar("Test", bound=Callable[..., None])
_tested: dict[str, str] = {}


def breaks(*names: str) -> Callable[[Test], Test]:
    """Marks a test that makes the database refuse by each of these names."""

    def note(test: Test) -> Test:
        _tested.update(dict.fromkeys(names, test.__name__))
        return test

    return note


def names_with_a_test() -> frozenset[str]:
    return frozenset(_tested)


def declared_names() -> frozenset[str]:
    """Every named constraint of our models, and the triggers."""
    named = {
        constraint.name
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.split(".")[0] in OUR_PACKAGES
        for constraint in model._meta.constraints
    }
    return frozenset(named) | TRIGGERS


@contextmanager
def refused_by(name: str) -> Iterator[None]:
    """The block must be refused by this constraint and no other."""
    with pytest.raises(IntegrityError, match=rf"\b{name}\b"), transaction.atomic():
        yield
