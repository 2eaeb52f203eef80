"""Deleting by named columns: only those rows, and never a row that others refer to."""

from __future__ import annotations

import uuid

import pytest

from dossiers.models import Dossier, IntakeDraft
from haddong_portal.common import clock
from haddong_portal.common.delete import delete_rows
from tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_only_the_rows_with_these_values_go() -> None:
    clerk, unit = UserFactory(), UnitFactory()
    drafts = [
        IntakeDraft.objects.create(clerk=clerk, unit=unit, key=uuid.uuid4(), content="", updated_at=clock.now())
        for _ in range(2)
    ]
    assert delete_rows(IntakeDraft, key=drafts[0].key, clerk=UserFactory().pk) == 0
    assert delete_rows(IntakeDraft, key=drafts[0].key, clerk=clerk.pk) == 1
    assert list(IntakeDraft.objects.all()) == [drafts[1]]


def test_a_model_that_others_refer_to_is_refused() -> None:
    with pytest.raises(AssertionError, match="other rows refer to it"):
        delete_rows(Dossier, code="x")
