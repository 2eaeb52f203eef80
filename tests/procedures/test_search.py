"""Search as the screens use it: the chosen unit first, filters, pages, and edits seen at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from time import sleep
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import system_actor
from haddong_portal.common.errors import DomainError
from procedures.models import Procedure
from procedures.rules.search import QUERY_MAX, build_index
from procedures.selectors import browsing
from procedures.selectors import catalogue_index as indexing
from procedures.selectors.intake import intake_search
from procedures.selectors.search import search_procedures
from procedures.services.import_catalogue import import_catalogue
from procedures.services.save_synonym import save_synonym
from procedures.services.set_performed import set_performed
from tests.factories import UnitFactory
from tests.procedures.records import record
from tests.procedures.services.test_import_catalogue import write

pytestmark = pytest.mark.django_db
Load = Callable[..., None]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def into_catalogue(*records: object) -> None:
        import_catalogue(actor=system_actor(), path=write(tmp_path, *records), publish=True)

    return into_catalogue


@pytest.fixture
def ward() -> Unit:
    return UnitFactory(ward=True, desk=True)


@pytest.fixture
def births(load: Load) -> None:
    load(
        record("1.000001", name="Đăng ký khai sinh"),
        record("1.000002", name="Đăng ký khai sinh lưu động"),
        record("1.000003", name="Đăng ký khai tử", levels=["huyen"]),
        record("1.000004", name="Cấp phép hoạt động", field="Đất đai", subjects=[]),
    )


def codes(q: str, **options: object) -> list[str]:
    return [row.code for row in search_procedures(q=q, **options).rows]  # type: ignore[arg-type] # filters by name


def perform(unit: Unit, code: str, performed: bool = True) -> None:
    procedure = Procedure.objects.get(national_code=code)
    reason = "" if performed else "không có biển"
    set_performed(actor=system_actor(), unit_id=unit.pk, procedure_id=procedure.pk, performed=performed, reason=reason)


def test_names_without_accents_and_only_published(births: None) -> None:
    assert codes("dang ky khai sinh")[:2] == ["1.000001", "1.000002"]
    assert codes("cap phep") == []


def test_what_the_chosen_unit_performs_comes_first(births: None, ward: Unit) -> None:
    perform(ward, "1.000002")
    perform(ward, "1.000003", performed=False)
    rows = search_procedures(q="khai sinh", unit_id=ward.pk).rows
    assert [(row.code, row.performed) for row in rows] == [("1.000002", True), ("1.000001", None)]
    refused = search_procedures(q="khai tu", unit_id=ward.pk).rows[0]
    assert (refused.performed, refused.reason) == (False, "không có biển")
    assert [row.code for row in intake_search("khai", ward.pk)] == ["1.000002"]


def test_filters(births: None) -> None:
    assert codes("", level="huyen") == ["1.000003"]
    sector = Procedure.objects.get(national_code="1.000001").versions.get().sector_id
    assert sorted(codes("khai", sector_id=sector)) == ["1.000001", "1.000002", "1.000003"]
    assert codes("khai", sector_id=10**8) == []


def test_pages_follow_one_another(births: None) -> None:
    first = search_procedures(q="", limit=2)
    second = search_procedures(q="", limit=2, cursor=first.next_cursor)
    assert (first.total, first.next_cursor, second.next_cursor) == (3, "2", "")
    assert len({row.code for row in [*first.rows, *second.rows]}) == 3


def test_an_editors_word_is_understood_at_once(births: None) -> None:
    assert codes("em bé chào đời") == []
    save_synonym(actor=system_actor(), term="em bé chào đời", codes=["1.000001"])
    assert codes("em be chao doi") == ["1.000001"]


def test_a_new_version_is_found_at_once(births: None, load: Load) -> None:
    load(record("1.000001", name="Ghi nhận trẻ mới"))
    assert codes("khai sinh") == ["1.000002"]
    assert codes("ghi nhan tre") == ["1.000001"]


def test_a_page_costs_one_statement_at_most(
    births: None, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    codes("khai sinh")
    with django_assert_max_num_queries(1):
        codes("khai tu")


def test_between_checks_no_statement_is_needed(
    births: None, settings: Any, django_assert_num_queries: Callable[[int], object]
) -> None:
    codes("khai sinh")
    settings.PORTAL_MODE = "demo"
    with django_assert_num_queries(0):
        codes("khai tu")


def test_outside_tests_a_stale_index_serves_while_its_successor_is_built(
    births: None, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    codes("khai sinh")
    save_synonym(actor=system_actor(), term="em bé", codes=["1.000001"])
    started: list[str] = []
    settings.PORTAL_MODE = "demo"
    monkeypatch.setattr(indexing._held, "checked_at", 0.0)
    monkeypatch.setattr(indexing, "CHECK_SECONDS", 0.001)
    monkeypatch.setattr(indexing, "_rebuild_beside", started.append)
    assert codes("em bé") == []
    assert started == [indexing.current_revision()]


def test_a_cold_worker_builds_its_index_once_for_all_who_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[str] = []
    together = Barrier(8)

    def slow(revision: str) -> indexing.CatalogueIndex:
        built.append(revision)
        sleep(0.05)
        return indexing.CatalogueIndex(revision, build_index([], []), [])

    def ask(_: int) -> int:
        together.wait()
        return id(indexing._build_once("r1"))

    monkeypatch.setattr(indexing, "_held", indexing._Holder())
    monkeypatch.setattr(indexing, "read_index", slow)
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(ask, range(8)))
    assert built == ["r1"]
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"q": "a" * (QUERY_MAX + 1)}, "search.too_long"),
        ({"q": "", "level": "thon"}, "search.level"),
        ({"q": "", "limit": 0}, "search.limit"),
        ({"q": "", "limit": 51}, "search.limit"),
        ({"q": "", "cursor": "-1"}, "search.cursor"),
        ({"q": "", "cursor": "٣"}, "search.cursor"),
    ],
)
def test_odd_requests_are_refused_with_a_code(options: dict[str, object], code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        search_procedures(**options)  # type: ignore[arg-type] # what a caller might send
    assert refusal.value.code == code


@hypothesis_settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=QUERY_MAX))
def test_any_text_can_be_searched(births: None, q: str) -> None:
    search_procedures(q=q)


def test_facets_count_what_a_list_would_show(
    births: None, ward: Unit, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    perform(ward, "1.000003")
    codes("khai")
    with django_assert_max_num_queries(2):
        levels = {facet.key: facet.count for facet in browsing.level_facets()}
        sectors = [(facet.label, facet.count) for facet in browsing.sector_facets()]
    assert levels == {browsing.NEAR: 1, "xa": 2, "huyen": 1}
    assert sectors == [("Hộ tịch", 3)]
    assert {facet.key: facet.count for facet in browsing.level_facets(ward.pk)} == {browsing.NEAR: 1, "huyen": 1}
    for level in (browsing.NEAR, "xa", "huyen"):
        listed = browsing.browse_procedures(level=level).total
        assert levels[level] == listed == sum(facet.count for facet in browsing.sector_facets(level))
