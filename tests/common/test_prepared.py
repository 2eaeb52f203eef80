"""A prepared query answers what the plain queryset answers, again and again."""

from __future__ import annotations

import pytest
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from haddong_portal.accounts.models import Post, Unit
from haddong_portal.common.prepared import PreparedRows
from tests.factories import PostFactory, UnitFactory

pytestmark = pytest.mark.django_db


def with_posts(unit_id: int, title: str) -> object:
    posts = Post.objects.filter(unit=OuterRef("pk"), title=title).order_by("pk")
    rows = Unit.objects.filter(pk=unit_id).annotate(lines=ArraySubquery(posts.values(row=JSONObject(role="role"))))
    return rows.values_list("name", "lines", "valid_from")


prepared = PreparedRows(with_posts, unit_id=-7_000_001, title="\x01 a title nobody has")


def test_a_prepared_query_answers_as_the_queryset_does() -> None:
    first, second = UnitFactory(), UnitFactory()
    PostFactory.create_batch(2, unit=first, title="Công chức")
    PostFactory(unit=second, title="Trưởng phòng")
    for unit, title in ((first, "Công chức"), (second, "Trưởng phòng"), (second, "Công chức"), (first, "Công chức")):
        assert prepared(unit_id=unit.pk, title=title) == list(with_posts(unit.pk, title))


def test_a_prepared_query_without_rows_answers_nothing() -> None:
    assert prepared(unit_id=0, title="") == []


def test_a_value_that_the_statement_does_not_use_is_found_out() -> None:
    careless = PreparedRows(lambda unit_id, on: Unit.objects.filter(pk=unit_id).values_list("name"), unit_id=-1, on="x")
    with pytest.raises(AssertionError, match="does not use on"):
        careless(unit_id=1, on="y")
