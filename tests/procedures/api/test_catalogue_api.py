"""The public catalogue API: open to all, cacheable, and never broken by what it is asked."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client

from haddong_portal.common.actors import system_actor
from procedures.models import Procedure
from procedures.services.import_catalogue import import_catalogue
from procedures.services.set_performed import set_performed
from tests.factories import UnitFactory
from tests.procedures.records import method, record
from tests.procedures.services.test_import_catalogue import write

pytestmark = pytest.mark.django_db
LIST = "/api/v1/procedures"


@pytest.fixture(autouse=True)
def catalogue(tmp_path: Path) -> None:
    placeholder = method("direct", fees=[{"type": "lệ phí", "amount_vnd": 0, "text": "HĐND tỉnh quy định"}])
    records = [
        record("1.001193", name="Đăng ký khai sinh"),
        record("1.000894", name="Đăng ký kết hôn", methods=[placeholder]),
        record("1.000656", name="Đăng ký khai tử", subjects=[]),
    ]
    import_catalogue(actor=system_actor(), path=write(tmp_path, *records), publish=True)


def test_search_with_and_without_the_slash(client: Client) -> None:
    for address in (f"{LIST}?q=khai+sinh", f"{LIST}/?q=khai+sinh"):
        answer = client.get(address)
        assert answer.status_code == 200
        body = answer.json()
        assert (body["count"], body["next"]) == (1, None)
        assert body["results"][0]["code"] == "1.001193"
        assert body["results"][0]["name"] == "Đăng ký khai sinh"
        assert body["results"][0]["fee_is_free"] is True


def test_a_placeholder_fee_is_not_free(client: Client) -> None:
    hit = client.get(f"{LIST}?q=ket hon").json()["results"][0]
    assert hit["fee_is_free"] is False
    assert hit["fee"] == "HĐND tỉnh quy định"
    assert client.get(f"{LIST}/1.000894/").json()["fees"][0]["amount_vnd"] is None


def test_the_unit_says_whether_it_performs(client: Client) -> None:
    ward = UnitFactory(ward=True, desk=True)
    procedure = Procedure.objects.get(national_code="1.000894")
    set_performed(actor=system_actor(), unit_id=ward.pk, procedure_id=procedure.pk, performed=True)
    for unit in (ward.key, str(ward.pk)):
        results = client.get(f"{LIST}?q=dang ky&unit={unit}").json()["results"]
        assert [(one["code"], one["performed"]) for one in results] == [("1.000894", True), ("1.001193", None)]
    assert client.get(f"{LIST}/1.000894/?unit={ward.key}").json()["unit"]["performed"] is True


def test_next_leads_through_all_results(client: Client) -> None:
    seen, address = [], f"{LIST}?limit=1"
    while address:
        body = client.get(address).json()
        seen += [one["code"] for one in body["results"]]
        address = body["next"]
    assert sorted(seen) == ["1.000894", "1.001193"]


def test_detail_has_everything_a_person_needs(client: Client) -> None:
    body = client.get(f"{LIST}/1.001193.000.00.00.H26").json()
    assert body["code"] == "1.001193"
    assert body["cases"][0]["papers"][0]["name"] == "Tờ khai theo mẫu"
    assert body["time_limit"] == {"text": "03 ngày làm việc", "needs_review": False}
    assert body["legal_basis"] == [{"code": "60/2014/QH13", "name": "Luật Hộ tịch"}]
    assert body["published_at"].endswith("+07:00")


@pytest.mark.parametrize("code", ["1.000656", "9.999999", "khong-co", "1.00119", "%00", "a" * 300])
def test_drafts_and_strangers_look_the_same(client: Client, code: str) -> None:
    answer = client.get(f"{LIST}/{code}/")
    assert answer.status_code == 404
    assert answer.json()["code"] == "procedure.not_found"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("level=thon", "search.level"),
        ("sector=abc", "search.sector"),
        ("sector=" + "9" * 30, "search.sector"),
        ("unit=khong-co", "search.unit"),
        ("unit=999999999", "search.unit"),
        ("limit=0", "search.limit"),
        ("limit=1000", "search.limit"),
        ("cursor=abc", "search.cursor"),
        ("cursor=-1", "search.cursor"),
        ("q=" + "a" * 201, "search.too_long"),
    ],
)
def test_odd_parameters_get_a_problem_with_a_code(client: Client, query: str, code: str) -> None:
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 400
    assert answer.json()["code"] == code
    assert answer.json()["message"]


@pytest.mark.parametrize(
    "q", ["\x00", "'; DROP TABLE x; --", "<script>", "%", "\\", "🙂", "a" * 200, "ệ" * 100, "(" * 50]
)
def test_hostile_queries_are_only_words(client: Client, q: str) -> None:
    assert client.get(f"{LIST}?q={quote(q)}").status_code == 200


def test_answers_are_cached_until_the_catalogue_changes(client: Client, tmp_path: Path) -> None:
    for address in (f"{LIST}?q=khai+sinh", f"{LIST}/1.001193/"):
        first = client.get(address)
        assert first["Cache-Control"] == "public, max-age=60"
        again = client.get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    import_catalogue(actor=system_actor(), path=write(tmp_path, record("1.001193", name="Tên mới")), publish=True)
    assert client.get(address, headers={"if-none-match": first["ETag"]}).json()["name"] == "Tên mới"


def test_only_reading(client: Client) -> None:
    for call in (client.post, client.put, client.delete, client.patch):
        assert call(f"{LIST}/", data={}).status_code == 405
