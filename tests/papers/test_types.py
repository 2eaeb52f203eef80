"""The shipped catalogue of paper types."""

from __future__ import annotations

import json
import re

import pytest

from dossiers.papers.constants import DigitisePolicy
from dossiers.papers.models import PaperType
from dossiers.papers.services.load_paper_types import SHIPPED, load_paper_types
from haddong_portal.common.text import fold
from procedures.constants import PaperType as KnownType
from tests.data.shipped import legal_keys

TYPES = json.loads(SHIPPED.read_text(encoding="utf-8"))["types"]
OUTSIDE = {"design", "national portal's model"}


def test_the_catalogue_is_whole_and_says_where_it_comes_from() -> None:
    codes = [one["code"] for one in TYPES]
    assert len(codes) == len(set(codes)) >= 30
    for one in TYPES:
        assert set(one["source"].split("; ")) <= legal_keys() | OUTSIDE, one["code"]
        assert one["digitise"] in DigitisePolicy.values
        assert all(re.fullmatch(r"KQ\.G\d{2}\.\d{6}", code) for code in one["national_codes"])
        assert all(re.fullmatch(r"\d\.\d{6}", code) for code in one["result_of"])
        assert {field["kind"] for field in one["fields"]} <= {"text", "date", "number"}
        keys = [field["key"] for field in one["fields"]]
        assert len(keys) == len(set(keys))


def test_what_may_never_be_demanded_names_its_ground() -> None:
    never = {one["code"]: one["never_demand_key"] for one in TYPES if one["never_demand"]}
    assert never == {"HOUSEHOLD_BOOK": "ND104-2022-D14", "TEMPORARY_RESIDENCE_BOOK": "ND104-2022-D14"}
    assert set(never.values()) <= legal_keys()


def test_kinds_that_the_catalogue_of_procedures_knows_have_the_same_code() -> None:
    assert {KnownType.HOUSEHOLD_BOOK, KnownType.TEMPORARY_RESIDENCE_BOOK, KnownType.IDENTITY} <= {
        one["code"] for one in TYPES
    }


def test_no_name_means_two_types() -> None:
    seen: dict[str, str] = {}
    for one in TYPES:
        for name in {fold(name) for name in (one["name"], *one["other_names"])}:
            assert seen.setdefault(name, one["code"]) == one["code"], name


@pytest.mark.django_db
def test_loading_twice_changes_nothing_and_keeps_what_people_edited() -> None:
    assert load_paper_types() == (len(TYPES), 0)
    marital = PaperType.objects.get(code="MARITAL_STATUS")
    assert (marital.valid_months, marital.national_codes) == (6, ["KQ.G15.000038"])
    marital.valid_months = 3
    marital.save()
    PaperType.objects.filter(code="IDENTITY").delete()
    assert load_paper_types() == (1, len(TYPES) - 1)
    assert PaperType.objects.get(code="MARITAL_STATUS").valid_months == 3
    assert PaperType.history.filter(code="MARITAL_STATUS").count() == 2
