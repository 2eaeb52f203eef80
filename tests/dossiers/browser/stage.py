"""A ward on the running portal with a leader, an officer, a clerk and a head of the desk, and dossiers on their way."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser, Page

from dossiers.services.finish_step import finish_step
from dossiers.services.take_dossier import take_dossier
from haddong_portal.accounts.constants import Role, UnitKind, UnitLevel
from haddong_portal.accounts.models import Post, Unit, User
from haddong_portal.accounts.selectors.actors import actor_in_post
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from tests.browser import STEP_MILLISECONDS_MAX
from tests.factories import PublishedProcedure, citizen, publish_procedure, receive
from tests.running import RunningPortal

PASSPHRASE = "sen-hong-2024"
LONG_AGO = date(2023, 1, 1)
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


class Ward:
    """The ward `key` with one person of each role; usernames end with the key."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.unit = Unit.objects.create(
            key=f"phuong-{key}",
            name=f"Ủy ban nhân dân phường {key.title()}",
            short_name=f"Phường {key.title()}",
            org_code=f"000.{sum(map(ord, key)) % 90 + 10}.77.H26",
            kind=UnitKind.WARD,
            level=UnitLevel.WARD,
            has_one_stop_desk=True,
            desk_name="Bộ phận Tiếp nhận và Trả kết quả",
            valid_from=LONG_AGO,
        )
        self.clerk = self.person("lan", Role.CLERK, "Nguyễn Thị Lan")
        self.officer = self.person("minh", Role.OFFICER, "Lê Quang Minh")
        self.leader = self.person("hoa", Role.LEADER, "Phạm Thị Hoa")
        self.head = self.person("truong", Role.ONE_STOP_HEAD, "Đỗ Văn Trường")
        self.procedure = publish_procedure(at=self.unit)
        self.count = 0

    def person(self, name: str, role: Role, full_name: str) -> Actor:
        user = User.objects.create_user(f"{name}.{self.key}", password=PASSPHRASE, full_name=full_name)
        post = Post.objects.create(user=user, unit=self.unit, role=role, title=role.label, valid_from=LONG_AGO)
        return actor_in_post(post, user, channel="web")

    def received(self, name: str = "Trần Văn Tú", *, procedure: PublishedProcedure | None = None, at: datetime) -> int:
        """A dossier's id, received then."""
        self.count += 1
        person = citizen(name, sum(map(ord, self.key)) * 100 + self.count)
        return receive(self.clerk, procedure or self.procedure, now=at, person=person).dossier_id

    def at_signing(self, name: str, *, note: str = "Đủ điều kiện", proposal: str = "approve", **wishes: object) -> int:
        """A dossier's id, examined and waiting for the signature."""
        now = clock.now()
        pk = self.received(name, at=now - timedelta(minutes=30), **wishes)  # type: ignore[arg-type]
        take_dossier(actor=self.officer, dossier_id=pk, now=now - timedelta(minutes=20))
        finish_step(actor=self.officer, dossier_id=pk, note=note, proposal=proposal, now=now - timedelta(minutes=10))
        return pk


def open_page(
    portal: RunningPortal, browser: Browser, username: str, path: str, *, size: dict[str, int] = DESK
) -> Page:
    """A page of a person who has just signed in."""
    context = browser.new_context(locale="vi-VN", viewport=size)  # type: ignore[arg-type]  # playwright's typed dict
    context.set_default_timeout(STEP_MILLISECONDS_MAX)
    page = context.new_page()
    page.goto(portal.url(f"/tai-khoan/dang-nhap/?next={quote(path)}"))
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSPHRASE)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: urlsplit(url).path == urlsplit(path).path)
    return page
