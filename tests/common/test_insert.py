"""Rows by a prepared INSERT: the same as Django would write, with their keys, one statement."""

from __future__ import annotations

import pytest
from django.forms.models import model_to_dict
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.insert import insert_or_nothing, insert_row, insert_rows
from haddong_portal.plumbing.models import NumberSequence

pytestmark = pytest.mark.django_db


def entry(action: str) -> AuditEntry:
    return AuditEntry(at=timezone.now(), action=action, object_type="dossier", object_id="1", data={"số": [1, "hai"]})


def test_rows_are_written_as_django_writes_them(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    insert_row(entry("a.first"))  # works the statement out
    rows = [entry("a.one"), entry("a.two"), entry("a.three")]
    with django_assert_num_queries(1):
        insert_rows(rows)
    usual = entry("a.usual")
    usual.save(force_insert=True)
    stored = {row.pk: row for row in AuditEntry.objects.filter(action__startswith="a.")}
    assert [stored[row.pk].action for row in rows] == ["a.one", "a.two", "a.three"]
    ours = model_to_dict(stored[rows[0].pk], exclude=["id", "at", "action"])
    assert ours == model_to_dict(stored[usual.pk], exclude=["id", "at", "action"])
    assert not rows[0]._state.adding


def test_no_rows_are_no_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        insert_rows([])


def test_a_row_that_is_there_already_is_left_alone() -> None:
    first = NumberSequence(kind="x", holder="1", period="2024", last=1)
    assert insert_or_nothing(first) and first.pk
    again = NumberSequence(kind="x", holder="1", period="2024", last=9)
    assert not insert_or_nothing(again) and again.pk is None
    assert NumberSequence.objects.get(kind="x").last == 1
