"""A prepared query answers what the plain queryset answers, again and again."""

from __future__ import annotations

import pytest
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from pytest_django import DjangoAssertNumQueries

from haddong_portal.accounts.models import Post, Unit
from haddong_portal.common.prepared import PreparedArray, PreparedModels, PreparedRows
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


posts_with_holders = PreparedModels(
    lambda unit_id: Post.objects.filter(unit=unit_id).select_related("unit", "user").order_by("-pk"), unit_id=-7_000_001
)


def test_prepared_models_come_in_order_and_whole(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first, second = UnitFactory(), UnitFactory()
    earlier, later, other = PostFactory(unit=first), PostFactory(unit=first), PostFactory(unit=second)
    with django_assert_num_queries(2):
        found = posts_with_holders(unit_id=first.pk)
        assert [(post, post.unit, post.user) for post in found] == [
            (later, first, later.user),
            (earlier, first, earlier.user),
        ]
        assert posts_with_holders(unit_id=second.pk) == [other]
    assert posts_with_holders(unit_id=0) == []


def test_a_prepared_model_can_be_changed_and_saved() -> None:
    post = PostFactory(title="Công chức")
    (found,) = posts_with_holders(unit_id=post.unit_id)
    found.title = "Trưởng phòng"
    found.save()
    post.refresh_from_db()
    assert post.title == "Trưởng phòng"


posts_of = PreparedArray(
    lambda title: Post.objects.filter(title=title).order_by("pk").values_list(JSONObject(role="role", title="title")),
    title="\x01 a title nobody has",
)


def test_a_prepared_array_is_one_column_more(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    unit = UnitFactory()
    PostFactory.create_batch(2, unit=unit, title="Công chức")
    for title, count in (("Công chức", 2), ("Trưởng phòng", 0), ("Công chức", 2)):
        with django_assert_num_queries(1):
            row = Unit.objects.filter(pk=unit.pk).annotate(lines=posts_of(title=title)).values("name", "lines").get()
        assert row == {"name": unit.name, "lines": [{"role": "officer", "title": title}] * count}
