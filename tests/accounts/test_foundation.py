"""Loading the foundation: complete, harmless when repeated, and it never undoes what people changed."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from dossiers.models import RuleSet
from haddong_portal.accounts.constants import DEMO_PASSPHRASE, PlanStatus, Role
from haddong_portal.accounts.models import CalendarVersion, OfficeHours, Post, SuccessionPlan, Unit, User
from haddong_portal.accounts.selectors.units import desks_on, district, unit_by_key, unit_tree, units_on
from haddong_portal.common.errors import NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def foundation() -> str:
    out = io.StringIO()
    call_command("load_foundation", "--staff", stdout=out)
    return out.getvalue()


def counts() -> tuple[int, ...]:
    models = (Unit, SuccessionPlan, OfficeHours, CalendarVersion, RuleSet, User, Post, Post.history.model)
    return tuple(model.objects.count() for model in models)


def test_everything_is_there(foundation: str) -> None:
    assert Counter(Unit.objects.values_list("kind", flat=True)) == {
        "province": 1,
        "district": 1,
        "department": 12,
        "branch": 1,
        "ward": 17,
        "partner": 3,
    }
    assert Unit.objects.with_desk().count() == 18
    assert district().name == "Quận Hà Đông"
    assert sorted(RuleSet.objects.values_list("code", flat=True)) == ["R1", "R2", "R3", "R4"]
    assert set(Post.objects.values_list("role", flat=True)) == {role.value for role in Role}
    assert CalendarVersion.objects.count() == 1


def test_the_two_mergers_are_plans_and_nothing_more(foundation: str) -> None:
    assert set(SuccessionPlan.objects.values_list("status", flat=True)) == {PlanStatus.PLANNED}
    assert len([unit for unit in units_on(date(2026, 1, 1)) if unit.kind == "ward"]) == 17
    assert SuccessionPlan.objects.get(key="2025-01-01").plan["wards_after"] == 15


def test_loading_again_changes_nothing(foundation: str) -> None:
    before = counts()
    out = io.StringIO()
    call_command("load_foundation", "--staff", stdout=out)
    assert counts() == before
    told = out.getvalue().splitlines()
    assert len(told) >= 7 and all("thêm 0" in line for line in told)


def test_what_people_changed_stays(foundation: str) -> None:
    unit = unit_by_key("phuong-quang-trung")
    unit.address = "Số 1 phố Thử"
    unit.save()
    person = User.objects.get(username="mot-cua")
    person.set_password("da-doi-roi-2024")
    person.save()
    call_command("load_foundation", "--staff", stdout=io.StringIO())
    assert unit_by_key("phuong-quang-trung").address == "Số 1 phố Thử"
    assert User.objects.get(username="mot-cua").check_password("da-doi-roi-2024")


def test_a_half_loaded_portal_is_completed(foundation: str) -> None:
    before = counts()
    Post.objects.filter(user__username="mot-cua").delete()
    User.objects.get(username="mot-cua").delete()
    SuccessionPlan.objects.get(key="2025-07-01").delete()
    call_command("load_foundation", "--staff", stdout=io.StringIO())
    assert counts()[:7] == before[:7]


def test_every_account_opens_with_the_demo_password_and_only_administrators_open_the_admin_site(
    foundation: str,
) -> None:
    assert all(user.check_password(DEMO_PASSPHRASE) for user in User.objects.order_by("?")[:5])
    opens = set(User.objects.filter(is_staff=True).values_list("username", flat=True))
    assert opens == set(Post.objects.filter(role=Role.ADMINISTRATOR).values_list("user__username", flat=True))
    assert not User.objects.filter(is_superuser=True).exists()


def test_production_refuses_the_demo_staff(settings) -> None:
    settings.PORTAL_MODE = "production"
    with pytest.raises(CommandError, match="staff.not_in_production"):
        call_command("load_foundation", "--staff", stdout=io.StringIO())
    assert not User.objects.exists()


def test_the_tree_shows_each_unit_once_below_its_parent(foundation: str) -> None:
    rows = unit_tree(date(2023, 6, 1))
    assert len({row.unit.pk for row in rows}) == len(rows) == 35
    depth = {row.unit.key: row.depth for row in rows}
    assert (depth["ha-noi"], depth["quan-ha-dong"], depth["phuong-quang-trung"]) == (0, 1, 2)


def test_the_districts_desk_stands_before_the_wards(foundation: str) -> None:
    desks = desks_on(date(2023, 6, 1))
    assert desks[0].key == "van-phong-hdnd-ubnd"
    assert [unit.kind for unit in desks[1:]] == ["ward"] * 17


def test_an_unknown_unit_is_not_found() -> None:
    with pytest.raises(NotFound):
        unit_by_key("khong-co")
