"""The inspector's search: who may, what is found, and that the search itself is on record without what was typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from haddong_portal.accounts.constants import Role, UnitKind, UnitLevel
from haddong_portal.accounts.models import Post, Unit, User
from haddong_portal.audit.models import AuditEntry
from haddong_portal.audit.selectors.entries import PAGE, EntryFilter, entry_page
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.audit.services.search_entries import Search, search_entries
from haddong_portal.audit.subscriptions import action_label, finders
from haddong_portal.citizens.models import Person
from haddong_portal.citizens.selectors.audit_people import person_ids_matching
from haddong_portal.common.actors import Actor, system_actor
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.errors import DomainError, NotAllowed

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 2, 19, 9, 0, tzinfo=VIETNAM)
INSPECTOR = Actor(name="Phạm Văn Thanh", user_id=90, role="inspector", rights=frozenset({"audit.read"}))
NUMBER = "001087012345"
PAGE_URL = "/nhat-ky/"


@pytest.fixture(autouse=True)
def known_people() -> Iterator[None]:
    """People are found by the port that an upper app fills; here one number leads to person 5."""
    before = (finders.people, finders.objects)
    finders.people = lambda text: [5] if text == NUMBER else []
    finders.objects = lambda text: [("dossier", "12")] if text == "000.76.01.H26-240219-0001" else []
    yield
    finders.people, finders.objects = before


def write(*, user_id: int = 7, person_id: int | None = None, object_id: str = "12", at: datetime = NOW) -> None:
    actor = Actor(name=f"Cán bộ {user_id}", user_id=user_id)
    record_access(
        actor=actor, action="dossier.read", object_type="dossier", object_id=object_id, person_id=person_id, now=at
    )


def found(search: Search) -> list[tuple[int | None, str]]:
    page = search_entries(actor=INSPECTOR, search=search, now=NOW)
    rows = [row.entry for row in page.rows if row.entry.action != "audit.searched"]
    return [(row.actor_user_id, row.object_id) for row in rows]


def test_by_person_by_object_by_actor_and_by_day() -> None:
    user = User.objects.create_user("minh.lv", full_name="Lê Văn Minh")
    write(user_id=user.pk, person_id=5, object_id="12")
    write(user_id=8, person_id=6, object_id="13", at=NOW - timedelta(days=1))
    mine, other = (user.pk, "12"), (8, "13")
    assert found(Search()) == [mine, other]
    assert found(Search(person_text=NUMBER, purpose="xác minh đơn phản ánh")) == [mine]
    assert found(Search(person_text="001087099999", purpose="xác minh đơn phản ánh")) == []
    assert found(Search(object_text="000.76.01.H26-240219-0001")) == [mine]
    assert found(Search(object_text="dossier/13")) == [other]
    assert found(Search(object_text="khong-co")) == []
    assert found(Search(actor_text="Lê Văn Minh")) == [mine]
    assert found(Search(actor_text="minh.lv")) == [mine]
    assert found(Search(day=date(2024, 2, 18))) == [other]
    assert found(Search(action="dossier.received")) == []


def test_a_search_by_person_needs_a_reason() -> None:
    with pytest.raises(DomainError) as refused:
        search_entries(actor=INSPECTOR, search=Search(person_text=NUMBER), now=NOW)
    assert (refused.value.code, refused.value.field) == ("audit.purpose", "purpose")
    assert not AuditEntry.objects.exists()


def test_the_search_is_a_row_that_names_ids_and_never_the_number() -> None:
    search_entries(actor=INSPECTOR, search=Search(person_text=NUMBER, purpose="xác minh đơn phản ánh"), now=NOW)
    row = AuditEntry.objects.get()
    assert (row.action, row.actor_user_id, row.person_id) == ("audit.searched", 90, 5)
    assert (row.purpose, row.data) == ("xác minh đơn phản ánh", {"people": [5]})
    assert NUMBER not in str(vars(row))


def test_without_the_right_nothing_is_found_and_nothing_written() -> None:
    for actor in (Actor(name="Người dân"), Actor(name="Cán bộ", user_id=1, rights=frozenset({"dossier.read"}))):
        with pytest.raises(NotAllowed):
            search_entries(actor=actor, search=Search(), now=NOW)
        with pytest.raises(NotAllowed):
            entry_page(actor=actor, wanted=EntryFilter())
    assert not AuditEntry.objects.exists()


def test_pages_follow_each_other_without_gap_or_repeat() -> None:
    for number in range(PAGE * 2 + 5):
        write(object_id=str(number), at=NOW + timedelta(seconds=number // 3))
    seen: list[int] = []
    after, pages = "", 0
    while pages == 0 or after:
        page = entry_page(actor=system_actor(), wanted=EntryFilter(), after=after)
        seen += [row.entry.pk for row in page.rows]
        after, pages = page.after, pages + 1
    assert pages == 3
    assert len(seen) == len(set(seen)) == PAGE * 2 + 5
    assert seen == list(AuditEntry.objects.order_by("-at", "-pk").values_list("pk", flat=True))


def test_a_made_up_page_key_starts_at_the_beginning() -> None:
    write()
    assert len(entry_page(actor=system_actor(), wanted=EntryFilter(), after="x_y").rows) == 1


def test_actions_have_words() -> None:
    assert action_label("audit.searched") == "Tra cứu nhật ký"
    assert action_label("account.signed_in") == "Đăng nhập"
    assert action_label("khong.biet") == "khong.biet"


@pytest.fixture
def inspector(client: Client) -> User:
    unit = Unit.objects.create(
        key="thanh-tra",
        name="Thanh tra quận",
        short_name="Thanh tra",
        kind=UnitKind.DEPARTMENT,
        level=UnitLevel.DISTRICT,
        valid_from=date(2023, 1, 1),
    )
    user = User.objects.create_user("thanh-tra", full_name="Phạm Văn Thanh")
    Post.objects.create(user=user, unit=unit, role=Role.INSPECTOR, title="Thanh tra viên", valid_from=date(2023, 1, 1))
    client.force_login(user)
    return user


def test_the_page_costs_the_same_for_one_row_and_for_a_full_page(client: Client, inspector: User) -> None:
    write()
    client.get(PAGE_URL)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(PAGE_URL)
    for number in range(PAGE):
        write(object_id=str(number), user_id=number)
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(PAGE_URL).context["page"].rows) == PAGE
    reads = [query["sql"] for query in many.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert len(many) == len(few)
    # session; account with its posts; the row about this search; the page's rows; the names of their units
    assert len(reads) == 5, reads


def test_the_page_searches_and_shows_the_refusal_at_its_field(client: Client, inspector: User) -> None:
    write(person_id=5)
    refused = client.post(PAGE_URL, {"person_text": NUMBER})
    assert refused.status_code == 400
    assert "audit.purpose" in refused.content.decode()
    page = client.post(PAGE_URL, {"person_text": NUMBER, "purpose": "xác minh đơn phản ánh"})
    assert [row.entry.person_id for row in page.context["page"].rows] == [5, 5]


def test_checking_the_chain_is_a_row_too(client: Client, inspector: User) -> None:
    page = client.post("/nhat-ky/dau-niem/")
    assert "Nhật ký nguyên vẹn" in page.content.decode()
    assert AuditEntry.objects.filter(action="audit.verified", actor_user_id=inspector.pk).count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.INSPECTOR, Role.ADMINISTRATOR)])
def test_other_roles_are_kept_out(client: Client, inspector: User, role: Role) -> None:
    inspector.posts.update(role=role)
    assert client.get(PAGE_URL).status_code == 403
    assert client.get("/nhat-ky/dau-niem/").status_code == 403


def test_a_whole_number_finds_its_person_by_blind_index_and_a_part_finds_nobody() -> None:
    person = Person.objects.create(
        full_name="Trần Văn Tú", personal_id=NUMBER, phone="0912345678", created_at=NOW, updated_at=NOW
    )
    assert person_ids_matching(NUMBER) == person_ids_matching("+84 912 345 678") == [person.pk]
    assert person_ids_matching(NUMBER[:8]) == person_ids_matching("Trần Văn Tú") == person_ids_matching("") == []
