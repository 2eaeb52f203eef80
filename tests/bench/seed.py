"""Clerks with open sessions, and intakes as their browsers send them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from dossiers.selectors.intake_page import intake_page
from dossiers.selectors.promise import promise_for
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Post
from haddong_portal.accounts.selectors.actors import actor_in_post
from haddong_portal.accounts.sessions import choose, touch
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.text import fold
from procedures.constants import Channel, PaperType
from procedures.models import PaperRequirement, ProcedureVersion
from procedures.selectors.intake import intake_choice
from tests.bench.load import Call

CSRF_SECRET = "b" * 32
FIRST_PERSON = uuid.uuid4().int % 900_000
FORM = "application/x-www-form-urlencoded"
PROCEDURES_TRIED = 60


@dataclass(frozen=True)
class Clerk:
    """A signed-in person in a post, and the headers their browser sends."""

    actor: Actor
    headers: dict[str, str]

    def get(self, path: str, expect: str) -> Call:
        """A page of the portal in this session."""
        return Call(path, headers=self.headers, expect=expect)


def clerks(count: int, role: Role = Role.CLERK) -> list[Clerk]:
    """So many people in a post of the role at a unit with a desk, one per unit as far as units go."""
    posts = Post.objects.held_on(clock.today()).filter(role=role, unit__has_one_stop_desk=True)
    by_unit: dict[int, Post] = {}
    for post in posts.select_related("unit", "user").order_by("pk"):
        by_unit.setdefault(post.unit_id, post)
    found = [sign_in(post) for post in list(by_unit.values())[:count]]
    assert found, f"the demo staff has nobody who is {role} at a desk"
    return found


def sign_in(post: Post) -> Clerk:
    """A session as the sign-in makes it."""
    session = SessionStore()
    session[SESSION_KEY] = str(post.user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[1]
    session[HASH_SESSION_KEY] = post.user.get_session_auth_hash()
    choose(session, post.pk)
    touch(session, clock.now())
    session.create()
    cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; csrftoken={CSRF_SECRET}"
    return Clerk(actor_in_post(post, post.user), {"Cookie": cookie})


@dataclass(frozen=True)
class IntakeForms:
    """The intake of one procedure at one desk, for ever new people."""

    clerk: Clerk
    content: dict[str, str]

    def call(self, number: int) -> Call:
        """The POST of „Tiếp nhận” for the citizen with this number."""
        body = urlencode(self.content | person(number) | {"csrfmiddlewaretoken": CSRF_SECRET})
        path = reverse("dossiers:intake-draft", args=[uuid.uuid4()])
        headers = self.clerk.headers | {"Content-Type": FORM}
        return Call(path, "POST", headers, body, status=302, expect="/ho-so/")


def intake_forms(clerk: Clerk) -> IntakeForms:
    """A procedure of the clerk's desk that can be received now, everything brought."""
    unit_id = clerk.actor.unit_id or 0
    codes = ProcedureVersion.objects.published().performed_at(unit_id).order_by("pk")
    for code in codes.values_list("procedure__national_code", flat=True)[:PROCEDURES_TRIED]:
        choice = intake_choice(code, unit_id)
        page = intake_page(actor=clerk.actor, content={"procedure_code": code})
        if choice is None or page.case is None or len(page.requirements) < 2:
            continue
        promise = promise_for(
            actor=clerk.actor, choice=choice, case_id=page.case.pk, channel=Channel.DIRECT, now=clock.now()
        )
        if promise.due_at:
            return IntakeForms(clerk, _content(code, page.case.pk, _to_bring(page.requirements)))
    raise AssertionError(f"no procedure with a time limit at {clerk.actor.unit_name}")


def _to_bring(requirements: list[PaperRequirement]) -> list[int]:
    """All but papers about residence: those are looked up."""
    return [paper.pk for paper in requirements if paper.paper_type != PaperType.RESIDENCE_PROOF]


def _content(code: str, case_id: int, requirement_ids: list[int]) -> dict[str, str]:
    content = {
        "procedure_code": code,
        "case_id": str(case_id),
        "channel": str(int(Channel.DIRECT)),
        "delivery": "desk",
        "copies": "1",
        "address": "Số 12, phố Lê Lợi, phường Nguyễn Trãi, quận Hà Đông, Hà Nội",
    }
    for requirement_id in requirement_ids:
        content |= {f"paper-{requirement_id}-state": "paper", f"paper-{requirement_id}-originals": "1"}
    return content


def person(number: int) -> dict[str, str]:
    """An invented citizen; the same number gives the same person."""
    number += FIRST_PERSON
    names = ("Nguyễn Văn", "Trần Thị", "Lê Quang", "Phạm Thu", "Hoàng Đức")
    return {
        "full_name": f"{names[number % 5]} Thử",
        "personal_id": f"001090{number % 1_000_000:06d}",
        "birth": "12/07/1990",
        "sex": "",
        "phone": f"09{number % 100_000_000:08d}",
    }


def receive_all(calls: list[Call]) -> None:
    """Send intakes through the portal inside this process, without the network: to have dossiers to look at."""
    from django.test import Client

    for call in calls:
        client = Client(headers={name: value for name, value in call.headers.items() if name != "Content-Type"})
        answer = client.post(call.path, call.body, content_type=FORM)
        assert answer.status_code == call.status, answer.content.decode()[:2000]


def folded(text: str) -> str:
    """As people type into the search box."""
    return fold(text)
