"""The work list narrowed: each filter alone, together, over pages, and kept under a name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dossiers.models import Dossier, SavedFilter
from dossiers.services.save_filter import save_filter
from dossiers.services.take_dossier import take_dossier
from haddong_portal.accounts.models import Unit, User
from haddong_portal.common.actors import Actor
from tests.budgets.conftest import at_most
from tests.dossiers.screens.conftest import OpenSession
from tests.dossiers.screens.test_work_list import ROW, received
from tests.factories import MORNING, PublishedProcedure, publish_procedure, receive

pytestmark = pytest.mark.django_db
WORK_LIST_MAX = 5


def shown(client: Client, query: str) -> list[str]:
    return ROW.findall(client.get(f"{reverse('dossiers:work-list')}?{query}").content.decode())


def username(actor: Actor) -> str:
    return User.objects.get(pk=actor.user_id).username


@pytest.fixture
def mixed(ward: Unit, desk_clerk_lan: Actor, officer_minh: Actor, procedure: PublishedProcedure) -> dict[str, str]:
    """Three dossiers: one plain, one in Minh's hands a week later, one of another procedure."""
    other = publish_procedure(at=ward, name="Đăng ký khai tử")
    plain = received(desk_clerk_lan, procedure, 1)[0]
    taken = received(desk_clerk_lan, procedure, 1, now=MORNING + timedelta(days=7))[0]
    take_dossier(actor=officer_minh, dossier_id=Dossier.objects.get(code=taken).pk, now=MORNING + timedelta(days=7))
    return {
        "plain": plain,
        "taken": taken,
        "other": receive(desk_clerk_lan, other).code,
        "code": other.procedure.national_code,
    }


def test_each_filter_keeps_its_own(
    mixed: dict[str, str], desk_clerk_lan: Actor, officer_minh: Actor, ward: Unit, open_session: OpenSession
) -> None:
    client = open_session(desk_clerk_lan)
    plain, taken, other = mixed["plain"], mixed["taken"], mixed["other"]
    cases = {
        f"thu-tuc={mixed['code']}": {other},
        f"nguoi={username(officer_minh)}": {taken},
        f"nguoi-nhan={username(desk_clerk_lan)}": {plain, taken, other},
        f"nguoi-nhan={username(officer_minh)}": set(),
        "han-tu=2024-03-12": {taken},
        "han-den=2024-03-08": {plain, other},
        "han-tu=2024-03-08&han-den=2024-03-08": {plain, other},
        "trang-thai=ACCEPTED": {plain, other},
        "trang-thai=PROCESSING": {taken},
        f"quay={ward.key}": {plain, taken, other},
        "quay=khong-co": set(),
        "pham-vi=tai-quay": {plain, taken, other},
        f"thu-tuc={mixed['code']}&nguoi={username(officer_minh)}": set(),
        "han-tu=hong&trang-thai=hong": {plain, taken, other},
    }
    for query, expected in cases.items():
        assert set(shown(client, query)) == expected, query


def test_the_flags_of_the_day_mean_what_they_say(
    mixed: dict[str, str], desk_clerk_lan: Actor, open_session: OpenSession
) -> None:
    client = open_session(desk_clerk_lan)
    assert set(shown(client, "pham-vi=tai-quay&loc=tiep-nhan-hom-nay")) == {mixed["plain"], mixed["other"]}
    assert shown(client, "pham-vi=tai-quay&loc=hen-tra-hom-nay") == []
    for flag in ("can-chot-hen", "cho-tra", "chua-den-nhan"):
        assert shown(client, f"pham-vi=tai-quay&loc={flag}") == []


def test_what_narrows_is_told_and_can_be_dropped(
    mixed: dict[str, str], officer_minh: Actor, open_session: OpenSession
) -> None:
    query = f"thu-tuc={mixed['code']}&han-den=2024-03-08&q=tu"
    page = open_session(officer_minh).get(f"{reverse('dossiers:work-list')}?{query}")
    told = {item["label"]: item["url"] for item in page.context["narrowed"]}
    assert set(told) == {"Thủ tục: Đăng ký khai tử", "Hẹn đến: 08/03/2024", "Tìm: tu"}
    assert "thu-tuc" not in told["Thủ tục: Đăng ký khai tử"] and "q=tu" in told["Thủ tục: Đăng ký khai tử"]


def test_pages_keep_filters_and_order(
    desk_clerk_lan: Actor, procedure: PublishedProcedure, open_session: OpenSession
) -> None:
    codes = received(desk_clerk_lan, procedure, 53)
    client, wish = open_session(desk_clerk_lan), f"thu-tuc={procedure.procedure.national_code}&trang-thai=ACCEPTED"
    first = client.get(f"{reverse('dossiers:work-list')}?{wish}")
    second = client.get(reverse("dossiers:work-list") + first.context["next_url"])
    assert ROW.findall(first.content.decode()) + ROW.findall(second.content.decode()) == codes
    assert "thu-tuc=" in first.context["next_url"]


def test_a_filter_is_saved_shared_and_opens_first(
    mixed: dict[str, str], officer_minh: Actor, desk_clerk_lan: Actor, open_session: OpenSession
) -> None:
    client = open_session(officer_minh)
    form = {"query": f"thu-tuc={mixed['code']}", "name": "Khai tử", "share": "on", "opens_first": "on"}
    answer = client.post(reverse("dossiers:save-filter"), form)
    saved = SavedFilter.objects.get()
    assert answer["Location"] == f"{reverse('dossiers:work-list')}?{saved.query}"
    assert client.get(reverse("dossiers:work-list"))["Location"] == answer["Location"]
    assert client.get(f"{reverse('dossiers:work-list')}?pham-vi=don-vi").status_code == 200
    page = open_session(desk_clerk_lan).get(reverse("dossiers:work-list")).content.decode()
    assert "Khai tử" in page and f"Do {officer_minh.name} lưu" in page
    client.post(reverse("dossiers:delete-filter", args=[saved.pk]))
    assert not SavedFilter.objects.exists()


def test_a_refused_name_comes_back_with_the_filter(officer_minh: Actor, open_session: OpenSession) -> None:
    answer = open_session(officer_minh).post(reverse("dossiers:save-filter"), {"query": "loc=qua-han", "name": " "})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "filter.name_missing" in page and 'value="loc=qua-han"' in page


def test_the_panel_comes_alone_into_the_list_and_whole_without_scripts(
    mixed: dict[str, str], officer_minh: Actor, open_session: OpenSession
) -> None:
    client, path = open_session(officer_minh), f"{reverse('dossiers:work-filters')}?thu-tuc={mixed['code']}"
    part, whole = client.get(path, headers={"HX-Request": "true"}).content.decode(), client.get(path).content.decode()
    assert "<html" not in part and "<html" in whole
    for page in (part, whole):
        assert f'<option value="{mixed["code"]}" selected>' in page and "Đăng ký khai tử" in page


def test_a_narrowed_list_with_saved_filters_stays_in_the_budget(
    officer_minh: Actor, desk_clerk_lan: Actor, procedure: PublishedProcedure, open_session: OpenSession
) -> None:
    received(desk_clerk_lan, procedure, 20)
    for number in range(5):
        save_filter(actor=officer_minh, name=f"Bộ lọc {number}", query="loc=qua-han")
    client = open_session(officer_minh)
    wish = f"thu-tuc={procedure.procedure.national_code}&nguoi-nhan={username(desk_clerk_lan)}"
    path = f"{reverse('dossiers:work-list')}?{wish}"
    client.get(path)
    with at_most(WORK_LIST_MAX):
        page = client.get(path).content.decode()
    assert page.count("data-row ") == 20
