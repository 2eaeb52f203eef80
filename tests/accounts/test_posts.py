"""Giving and ending posts; the list of staff; who may open which page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Post, Unit, User
from haddong_portal.accounts.selectors.people import PAGE, StaffFilter, account_ids_matching, staff_page
from haddong_portal.accounts.selectors.rights import acts_of, rights_matrix
from haddong_portal.accounts.services.assign_post import assign_post, end_post
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.errors import DomainError, NotAllowed
from haddong_portal.common.rights import all_acts, rights_of
from tests.accounts.conftest import SINCE

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 2, 15, 9, 0, tzinfo=VIETNAM)
TODAY = NOW.date()
ADMIN = Actor(name="Quản trị", user_id=1, rights=frozenset({"accounts.manage_posts"}))


def assign(user: User, unit: Unit, role: Role = Role.OFFICER, from_on: date = TODAY) -> Post:
    return assign_post(
        actor=ADMIN, user_id=user.pk, unit_id=unit.pk, role=role, title="Chuyên viên", from_on=from_on, now=NOW
    )


def test_a_post_is_given_with_history_and_audit_row(person_in: Callable[..., User], ward: Unit) -> None:
    user = person_in()
    post = assign(user, ward)
    assert (post.valid_from, post.valid_to, post.history.count()) == (date(2024, 2, 15), None, 1)
    row = AuditEntry.objects.get()
    assert (row.action, row.object_id) == ("post.assigned", str(post.pk))
    assert row.data == {"account": user.pk, "unit": ward.pk, "role": "officer"}


def test_the_admin_site_opens_and_closes_with_the_post(person_in: Callable[..., User], ward: Unit) -> None:
    user = person_in()
    post = assign(user, ward, Role.ADMINISTRATOR)
    user.refresh_from_db()
    assert user.is_staff
    end_post(actor=ADMIN, post_id=post.pk, to_on=date(2024, 2, 16), now=datetime(2024, 2, 16, 8, tzinfo=VIETNAM))
    user.refresh_from_db()
    assert not user.is_staff


def test_refusals(person_in: Callable[..., User], ward: Unit) -> None:
    user = person_in(Role.OFFICER)

    def code(act: Callable[[], object]) -> str:
        with pytest.raises(DomainError) as refused:
            act()
        return refused.value.code

    assert code(lambda: assign(user, ward)) == "post.held_already"
    assert code(lambda: assign(user, ward, Role.CLERK, date(2022, 12, 31))) == "post.unit_not_valid"
    held = user.posts.get()
    assert code(lambda: end_post(actor=ADMIN, post_id=held.pk, to_on=SINCE)) == "post.end_order"
    assert code(lambda: end_post(actor=ADMIN, post_id=0, to_on=SINCE)) == "post.not_found"
    end_post(actor=ADMIN, post_id=held.pk, to_on=date(2024, 3, 1))
    assert code(lambda: end_post(actor=ADMIN, post_id=held.pk, to_on=date(2024, 3, 2))) == "post.ended"
    service = User.objects.create_user("may-chu", full_name="Máy chủ", is_service_account=True)
    assert code(lambda: assign(service, ward)) == "post.not_found"


def test_without_the_right_no_post_moves(person_in: Callable[..., User], ward: Unit) -> None:
    user = person_in(Role.OFFICER)
    nobody = Actor(name="Cán bộ", user_id=2)
    with pytest.raises(NotAllowed):
        assign_post(actor=nobody, user_id=user.pk, unit_id=ward.pk, role="clerk", title="x", from_on=SINCE)
    with pytest.raises(NotAllowed):
        end_post(actor=nobody, post_id=user.posts.get().pk, to_on=NOW.date())


def test_staff_are_listed_by_given_name_page_by_page(ward: Unit) -> None:
    names = ["Nguyễn Văn Đức", "Trần Thị Ánh", "Lê Thị An", "Phạm Văn Dũng"]
    for number, name in enumerate([*names, *[f"Bùi Văn Tú {turn}" for turn in range(PAGE)]]):
        user = User.objects.create_user(f"u{number}", full_name=name)
        Post.objects.create(user=user, unit=ward, role=Role.OFFICER, title="x", valid_from=SINCE)
    first = staff_page(StaffFilter())
    assert first.after is not None
    second = staff_page(StaffFilter(), after=first.after)
    listed = [post.user.full_name for post in first.posts + second.posts]
    assert (len(first.posts), len(listed), len(set(listed)), second.after) == (PAGE, PAGE + 4, PAGE + 4, None)
    assert [name for name in listed if name in names] == [
        "Lê Thị An",
        "Trần Thị Ánh",
        "Phạm Văn Dũng",
        "Nguyễn Văn Đức",
    ]


def test_staff_filters(person_in: Callable[..., User], department: Unit) -> None:
    person_in(Role.CLERK)
    other = User.objects.create_user("minh.lv", full_name="Lê Văn Minh")
    Post.objects.create(user=other, unit=department, role=Role.LEADER, title="x", valid_from=SINCE)

    def names(**wanted: object) -> list[str]:
        return [post.user.username for post in staff_page(StaffFilter(**wanted)).posts]  # type: ignore[arg-type]  # test

    assert names(text="minh") == names(unit_id=department.pk) == names(role="leader") == ["minh.lv"]
    assert names(past=True) == names(text="khong-co") == []
    assert account_ids_matching("Lê Văn") == [other.pk]


def test_the_staff_page_costs_the_same_however_long(client: Client, person_in: Callable[..., User], ward: Unit) -> None:
    client.force_login(person_in(Role.ADMINISTRATOR))

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/tai-khoan/nhan-su/").status_code == 200
        return len(seen)

    few = queries()
    for number in range(PAGE):
        user = User.objects.create_user(f"u{number}", full_name=f"Bùi Văn {number}")
        Post.objects.create(user=user, unit=ward, role=Role.OFFICER, title="x", valid_from=SINCE)
    assert queries() == few


OVERSEERS = {Role.ONE_STOP_HEAD, Role.DISTRICT_MANAGER, Role.INSPECTOR, Role.ADMINISTRATOR}
ADMINISTRATOR = {Role.ADMINISTRATOR}
PAGES = {
    "/tai-khoan/": set(Role),
    "/tai-khoan/mat-khau/": set(Role),
    "/tai-khoan/vi-tri/": set(Role),
    "/bat-dau/": set(Role),
    "/tai-khoan/lich/": set(Role),
    "/tai-khoan/lich/2026/": set(Role),
    "/tai-khoan/don-vi/": OVERSEERS,
    "/tai-khoan/don-vi/phuong-thu/": OVERSEERS,
    "/tai-khoan/nhan-su/": OVERSEERS,
    "/tai-khoan/quyen/": OVERSEERS - {Role.ONE_STOP_HEAD},
    "/tai-khoan/nhan-su/giao/": ADMINISTRATOR,
    "/tai-khoan/lich/ngay/2024-02-08/": ADMINISTRATOR,
    "/quan-tri/": ADMINISTRATOR,
    "/quan-tri/accounts/unit/": ADMINISTRATOR,
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_its_pages_and_no_others(client: Client, person_in: Callable[..., User], role: Role) -> None:
    user = person_in()
    assign(user, Unit.objects.get(key="phuong-thu"), role)
    client.force_login(user)
    opened = {path for path in PAGES if client.get(path).status_code == 200}
    assert opened == {path for path, roles in PAGES.items() if role in roles}


@pytest.mark.parametrize("path", PAGES)
def test_nobody_opens_them_without_signing_in(client: Client, ward: Unit, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert "next=" in answer.url


RIGHTS = {
    "accounts.read_units": {"one_stop_head", "district_manager", "inspector", "administrator"},
    "accounts.manage_posts": {"administrator"},
    "accounts.manage_units": {"administrator"},
    "accounts.read_rights": {"district_manager", "inspector", "administrator"},
    "calendar.read": {role.value for role in Role},
    "calendar.change": {"administrator"},
    "audit.read": {"inspector", "administrator"},
    "audit.verify": {"inspector", "administrator"},
}


def test_the_rights_of_accounts_and_audit_are_as_written_down() -> None:
    registered = {
        act: set(roles)
        for act, (_, roles) in all_acts().items()
        if act.split(".")[0] in ("accounts", "calendar", "audit")
    }
    assert registered == RIGHTS


def test_every_act_names_real_roles_and_has_words() -> None:
    names = {role.value for role in Role}
    for act, (label, roles) in all_acts().items():
        assert roles <= names and roles, act
        assert label.strip() and label[0].isupper(), act


def test_the_matrix_shows_every_act_once() -> None:
    shown = [row for room in rights_matrix() for row in room.rows]
    assert sorted(row.act for row in shown) == sorted(all_acts())
    for row in shown:
        assert row.allowed == tuple(row.act in rights_of(role) for role in Role)


def test_acts_of_an_actor_are_told_in_words() -> None:
    assert acts_of(Actor(name="x", rights=frozenset({"calendar.read"}))) == ["Xem lịch làm việc"]


def test_the_administrator_changes_a_day_and_gives_a_post_on_screen(
    client: Client, person_in: Callable[..., User], ward: Unit, foundation_calendar: None
) -> None:
    admin = person_in(Role.ADMINISTRATOR)
    client.force_login(admin)
    path = "/tai-khoan/lich/ngay/2026-11-24/"
    refused = client.post(path, {"kind": "WORK", "reason": "ngắn"})
    assert refused.status_code == 422 and "calendar.reason" in refused.content.decode()
    done = client.post(path, {"kind": "WORK", "reason": "Chưa có nghị quyết chính thức"})
    assert done.url == "/tai-khoan/lich/2026/"
    given = {"user": admin.pk, "unit": ward.pk, "role": "clerk", "title": "Công chức", "from_on": "2024-02-15"}
    assert client.post("/tai-khoan/nhan-su/giao/", given).url == "/tai-khoan/don-vi/phuong-thu/"
    again = client.post("/tai-khoan/nhan-su/giao/", given)
    assert again.status_code == 422 and "post.held_already" in again.content.decode()
    post = Post.objects.get(role="clerk")
    assert client.post(f"/tai-khoan/nhan-su/{post.pk}/ket-thuc/", {"to_on": "2024-03-01"}).status_code == 302
    post.refresh_from_db()
    assert post.valid_to == date(2024, 3, 1)
