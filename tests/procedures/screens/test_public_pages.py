"""What a citizen reads without a login, and what it costs the database."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from haddong_portal.accounts.models import Unit
from procedures.models import IsoForm, IsoProcess, Procedure, ProcedureVersion
from procedures.selectors.catalogue_index import catalogue_index
from procedures.services.revision import bump_revision
from tests.factories import make_process
from tests.procedures.screens.conftest import BIRTH, LAND, UNCLEAR

pytestmark = pytest.mark.django_db
STATEMENTS_PROCEDURE_MAX = 2
STATEMENTS_LIST_MAX = 8


def text_of(client: Client, address: str, **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200, address
    return response.content.decode()


def test_home_shows_the_box_the_life_events_and_the_way_to_a_dossier(client: Client, catalogue: None) -> None:
    page = text_of(client, reverse("home:public"))
    assert "Ông/bà cần làm thủ tục gì?" in page
    assert reverse("procedures:life-event", args=["sinh-con-thu"]) in page
    assert reverse("tracking:look-up") in page


def test_suggestions_need_no_accents(client: Client, catalogue: None) -> None:
    page = text_of(client, reverse("procedures:suggest") + "?q=dang+ky+khai+sinh")
    assert reverse("procedures:detail", args=[BIRTH]) in page
    assert "<html" not in page


def test_suggestions_say_when_there_is_nothing(client: Client, catalogue: None) -> None:
    assert "Chưa thấy thủ tục nào" in text_of(client, reverse("procedures:suggest") + "?q=zzzzqqqq")


def test_one_letter_is_not_searched(client: Client, catalogue: None) -> None:
    assert "result-title" not in text_of(client, reverse("procedures:suggest") + "?q=k")


def test_procedure_page_tells_the_three_facts(client: Client, catalogue: None) -> None:
    page = text_of(client, reverse("procedures:detail", args=[LAND]))
    assert "10 ngày làm việc" in page
    assert "500.000 đồng" in page
    assert "UBND quận" in page


def test_without_a_choice_only_what_every_case_needs_is_listed(client: Client, catalogue: None) -> None:
    page = text_of(client, reverse("procedures:detail", args=[BIRTH]))
    assert "Trường hợp của ông/bà?" in page
    assert "Tờ khai đăng ký khai sinh" in page
    assert "Giấy chứng sinh" not in page


def test_a_case_has_its_own_checklist(client: Client, catalogue: None) -> None:
    page = text_of(client, reverse("procedures:detail", args=[BIRTH]) + "?truong-hop=2")
    assert "Văn bản nhận cha, mẹ, con" in page
    assert "2 bản sao" in page
    assert "Giấy chứng sinh" not in page


def test_a_paper_says_when_it_need_not_be_brought(client: Client, catalogue: None) -> None:
    page = text_of(client, reverse("procedures:detail", args=[BIRTH]) + "?truong-hop=1")
    assert "Không cần nếu đã có bản điện tử." in page


def test_htmx_gets_the_case_alone(client: Client, catalogue: None) -> None:
    address = reverse("procedures:detail", args=[BIRTH]) + "?truong-hop=1"
    page = text_of(client, address, **{"HX-Request": "true", "HX-Target": "truong-hop"})
    assert page.lstrip().startswith('<div id="truong-hop"')
    assert "<html" not in page


def test_what_nobody_has_read_is_said_to_be_in_review_and_never_free(client: Client, catalogue: None) -> None:
    page = text_of(client, reverse("procedures:detail", args=[UNCLEAR]))
    assert "Đang được rà soát" in page
    assert "Miễn phí" not in page
    assert "Theo quy định của HĐND thành phố" in page


def test_a_draft_and_an_unknown_code_are_not_found(client: Client, catalogue: None) -> None:
    for code in ("1.009999", "9.999999", "khong-co"):
        assert client.get(reverse("procedures:detail", args=[code])).status_code == 404


def test_a_unit_that_does_not_perform_it_says_why(client: Client, performed: Unit) -> None:
    page = text_of(client, reverse("procedures:detail", args=[LAND]) + f"?don-vi={performed.key}")
    assert "Nộp tại Chi nhánh đất đai quận." in page


@pytest.mark.parametrize("query", ["", "?truong-hop=1", "?don-vi=phuong-van-quan-thu", "?truong-hop=x&don-vi=khong"])
def test_a_procedure_page_costs_two_statements_at_most(
    client: Client, performed: Unit, query: str, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_max_num_queries(STATEMENTS_PROCEDURE_MAX):  # type: ignore[operator]  # pytest-django's context manager
        client.get(reverse("procedures:detail", args=[BIRTH]) + query)


def test_a_list_costs_a_fixed_number_of_statements(
    client: Client, performed: Unit, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    catalogue_index()  # built once per worker and change of the catalogue, not per request
    with django_assert_max_num_queries(STATEMENTS_LIST_MAX):  # type: ignore[operator]  # pytest-django's context manager
        client.get(reverse("procedures:list"))


def test_list_filters_by_level_sector_and_unit(client: Client, performed: Unit) -> None:
    address = reverse("procedures:list")
    birth, land = reverse("procedures:detail", args=[BIRTH]), reverse("procedures:detail", args=[LAND])
    by_level = text_of(client, f"{address}?cap=huyen")
    assert land in by_level and birth not in by_level
    by_unit = text_of(client, f"{address}?cap=moi&don-vi={performed.key}")
    assert f"{birth}?don-vi={performed.key}" in by_unit and land not in by_unit


def test_keyset_pages_meet_without_gap_or_overlap(
    client: Client, catalogue: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("procedures.selectors.browsing.PAGE_ROWS", 2)
    first = client.get(reverse("procedures:list") + "?cap=moi").context
    second = client.get(first["next_url"]).context
    codes = [row.code for row in [*first["found"].rows, *second["found"].rows]]
    assert sorted(codes) == sorted([BIRTH, LAND, UNCLEAR])
    assert second["next_url"] == ""


def test_odd_parameters_are_as_if_absent(client: Client, catalogue: None) -> None:
    for query in ("?cap=zzz&linh-vuc=1e9&don-vi=--&sau=%00x", "?q=khai&sau=-1", "?q=" + "x" * 900, "?linh-vuc=²"):
        assert client.get(reverse("procedures:list") + query).status_code == 200, query
    assert client.get(reverse("procedures:suggest") + "?q=khai%00sinh&don-vi=%00").status_code == 200
    assert client.get(reverse("procedures:detail", args=[BIRTH]) + "?don-vi=%00&truong-hop=²").status_code == 200
    for address in ("/thu-tuc/1.00%00/", "/q/%00abc/", "/thu-tuc/" + "1" * 300 + "/"):
        assert client.get(address).status_code == 404, address


def test_life_event_lists_only_what_is_published(client: Client, catalogue: None) -> None:
    page = text_of(client, reverse("procedures:life-event", args=["sinh-con-thu"]))
    assert "Đăng ký khai sinh" in page
    assert "9.999999" not in page


def test_unit_page_tells_what_is_done_and_what_not(client: Client, performed: Unit) -> None:
    page = text_of(client, reverse("procedures:unit", args=[performed.key]))
    assert "Đăng ký khai sinh" in page
    assert "Nộp tại Chi nhánh đất đai quận." in page


def test_pages_hold_no_inline_script_or_style(client: Client, performed: Unit) -> None:
    for address in ("/", reverse("procedures:list"), reverse("procedures:detail", args=[BIRTH])):
        page = text_of(client, address)
        assert "<style" not in page and " style=" not in page and " onclick" not in page
        assert all("src=" in tag for tag in page.split("<script")[1:]), address


def test_the_page_tells_how_the_office_works_on_it(performed: Unit, client: Client) -> None:
    procedure = Procedure.objects.get(national_code=BIRTH)
    assert "Cơ quan giải quyết thế nào" not in client.get(f"/thu-tuc/{BIRTH}/").content.decode()
    draft = make_process(procedure)
    IsoProcess.objects.filter(pk=draft.pk).update(state="draft", valid_from=None)
    assert "Cơ quan giải quyết thế nào" not in client.get(f"/thu-tuc/{BIRTH}/").content.decode()
    process = make_process(procedure)
    IsoForm.objects.create(process=process, position=1, code="BM-01", name="Phiếu thẩm tra")
    process.steps.filter(sequence=3).update(post_title="Công chức Tư pháp - Hộ tịch", branch=1)
    page = client.get(f"/thu-tuc/{BIRTH}/").content.decode()
    assert "5 bước" in page and "Phiếu thẩm tra" in page and process.code in page
    assert "Công chức Tư pháp - Hộ tịch · 19 giờ làm việc (2,38 ngày) · làm song song" in page


def test_a_drawn_search_is_drawn_again_when_the_catalogue_changes(client: Client, catalogue: None) -> None:
    address = reverse("procedures:list") + "?q=khai+sinh"
    before = text_of(client, address)
    assert text_of(client, address) == before
    version = ProcedureVersion.objects.published().get(procedure__national_code=BIRTH)
    version.name = "Đăng ký khai sinh cho con"
    version.save()
    bump_revision()
    assert "Đăng ký khai sinh cho con" in text_of(client, address)
    assert "Đăng ký khai sinh cho con" not in before


def test_drawn_searches_of_different_questions_are_kept_apart(client: Client, catalogue: None) -> None:
    address = reverse("procedures:list")
    assert "“khai sinh”" in text_of(client, address + "?q=khai+sinh")
    land = text_of(client, address + "?q=dat+dai")
    assert "“khai sinh”" not in land
    assert "“dat dai”" in land or "Chưa tìm thấy" in land
    assert "<html" not in text_of(client, address + "?q=khai+sinh", **{"HX-Request": "true"})
