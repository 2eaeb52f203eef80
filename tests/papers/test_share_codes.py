"""Share codes: one paper for whoever holds the code, for a while and so often; the owner sees it and takes it back."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from dossiers.papers.constants import OwnerRef, PaperEventKind, PaperSource, Trust, UsePurpose
from dossiers.papers.models import Paper, PaperEvent, PaperType, PaperUse, ShareCode
from dossiers.papers.ports import ReferenceView, register_reference_reader, unregister_reference_reader
from dossiers.papers.services.make_share_code import MadeShare, make_share_code
from dossiers.papers.services.open_shared_paper import open_shared_paper, shared_file
from dossiers.papers.services.revoke_share_code import revoke_share_code
from dossiers.papers.services.share_digest import ALPHABET, new_code, share_digest, tidy
from dossiers.papers.services.store_paper import store_paper
from dossiers.papers.services.use_shared_paper import use_shared_paper
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.citizens.services.sign_in_citizen import citizen_actor
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError, NotAllowed, NotFound
from tests.dossiers.races.conftest import at_once  # noqa: F401 - a fixture
from tests.factories import MORNING, make_actor
from tests.papers.conftest import Store, content, data_of, person

IP = "203.0.113.7"
MINUTE = timedelta(minutes=1)
look = partial(open_shared_paper, client_ip=IP, now=MORNING)


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield


def share(paper: Paper, *, minutes: int = 30, uses_max: int = 1) -> MadeShare:
    assert paper.owner_person_id is not None
    actor = citizen_actor(paper.owner_person_id)
    return make_share_code(actor=actor, public_id=paper.public_id, minutes=minutes, uses_max=uses_max, now=MORNING)


def refused(call: Any, **data: Any) -> DomainError:
    with pytest.raises(DomainError) as raised:
        call(**data)
    return raised.value


# The code itself.


def test_codes_are_ten_letters_that_nobody_mistakes() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(tidy(code)) == 10 and set(tidy(code)) <= set(ALPHABET) for code in codes)


@given(st.text(ALPHABET, min_size=10, max_size=10), st.text(" -–.", max_size=3))
def test_a_code_is_read_however_it_is_written(code: str, gap: str) -> None:
    said = code.lower().replace("0", "o").replace("1", "l")
    assert share_digest(f" {said[:5]}{gap}{said[5:]} ") == share_digest(code)


@given(st.text(string.printable, max_size=60))
def test_no_text_breaks_the_digest(text: str) -> None:
    assert len(share_digest(text)) == 64


def test_the_code_is_kept_nowhere(stored: Store) -> None:
    made = share(stored())
    row = ShareCode.objects.values().get()
    assert made.code not in str(row) and tidy(made.code) not in str(row)
    event = PaperEvent.objects.get(kind=PaperEventKind.SHARED)
    assert tidy(made.code) not in str(event.data) + event.note


# Whoever holds it.


def test_the_holder_sees_the_paper_and_the_owner_who_looked(stored: Store) -> None:
    paper = stored()
    made = share(paper, uses_max=2)
    shown = look(code=made.code.lower())
    assert (shown.type_name, shown.uses_left, shown.signature_state) == (paper.type.name, 1, "VALID")
    opened = shared_file(token=shown.token, now=MORNING)
    assert opened.content.startswith(b"%PDF") and opened.content_type == "application/pdf"
    row = AuditEntry.objects.get(action="paper.share_opened")
    assert (row.person_id, row.object_id, row.ip) == (paper.owner_person_id, str(paper.pk), IP)
    assert (row.actor_user_id, row.data) == (None, {"share": made.share.pk})


def test_every_code_that_opens_nothing_gets_the_same_answer(stored: Store) -> None:
    used, expired, revoked, gone = (share(stored()) for _ in range(4))
    look(code=used.code)
    owner = citizen_actor(revoked.share.paper.owner_person_id or 0)
    ids = {"public_id": revoked.share.paper.public_id, "share_id": revoked.share.pk}
    for _ in range(2):
        revoke_share_code(actor=owner, **ids, now=MORNING)
    Paper.objects.filter(pk=gone.share.paper_id).update(state="REVOKED", revoked_at=MORNING, revoked_reason="cấp sai")
    answers = {
        (refusal.code, refusal.message, refusal.status)
        for refusal in (
            refused(look, code=used.code),
            refused(look, code=expired.code, now=MORNING + 30 * MINUTE),
            refused(look, code=revoked.code),
            refused(look, code=gone.code),
            refused(look, code="7KQ4M-2XB9D"),
            refused(look, code=""),
        )
    }
    assert len(answers) == 1 and answers.pop()[0] == "share.no_match"
    assert PaperEvent.objects.filter(kind=PaperEventKind.SHARE_ENDED).count() == 1


def test_guessing_is_stopped_per_address(stored: Store, settings: Any) -> None:
    settings.SHARE_TRIES_PER_ADDRESS_MAX = 3
    made = share(stored())
    for _ in range(3):
        refused(look, code="0000000000")
    assert refused(look, code=made.code).code == "share.too_many_tries"
    assert look(code=made.code, client_ip="203.0.113.8")


def test_the_file_opens_for_some_minutes_and_not_once_taken_back(stored: Store) -> None:
    paper = stored()
    made = share(paper)
    with time_machine.travel(MORNING, tick=False):
        token = look(code=made.code).token
    with time_machine.travel(MORNING + 9 * MINUTE, tick=False):
        assert shared_file(token=token)
        with pytest.raises(NotFound):
            shared_file(token=token[:-1] + ("A" if token[-1] != "A" else "B"))
    with time_machine.travel(MORNING + 11 * MINUTE, tick=False), pytest.raises(NotFound):
        shared_file(token=token)
    revoke_share_code(
        actor=citizen_actor(paper.owner_person_id or 0),
        public_id=paper.public_id,
        share_id=made.share.pk,
        now=MORNING,
    )
    with time_machine.travel(MORNING, tick=False), pytest.raises(NotFound):
        shared_file(token=token)


# The owner.


def test_only_the_owner_shares_and_takes_back(stored: Store, desk_clerk_lan: Actor) -> None:
    paper = stored()
    made = share(paper)
    stranger = citizen_actor(person("Lê Văn Khác", 2).pk)
    make, revoke = partial(make_share_code, minutes=30, uses_max=1), partial(revoke_share_code, share_id=made.share.pk)
    for call in (make, revoke):
        with pytest.raises(NotAllowed):
            call(actor=desk_clerk_lan, public_id=paper.public_id)
        assert refused(call, actor=stranger, public_id=paper.public_id).code == "paper.not_found"
    other = stored()
    owner = citizen_actor(paper.owner_person_id or 0)
    assert refused(revoke, actor=owner, public_id=other.public_id).code == "share.not_found"


@pytest.mark.parametrize(
    ("minutes", "uses", "code"),
    [(31, 1, "share.minutes"), (0, 1, "share.minutes"), (30, 0, "share.uses"), (30, 11, "share.uses")],
)
def test_spans_and_uses_are_those_that_are_offered(stored: Store, minutes: int, uses: int, code: str) -> None:
    paper = stored()
    owner = citizen_actor(paper.owner_person_id or 0)
    found = refused(make_share_code, actor=owner, public_id=paper.public_id, minutes=minutes, uses_max=uses)
    assert found.code == code


def test_a_paper_has_only_so_many_open_codes(stored: Store, settings: Any) -> None:
    settings.SHARE_CODES_OPEN_MAX = 2
    paper = stored()
    first = share(paper)
    share(paper)
    assert refused(share, paper=paper).code == "share.too_many"
    owner = citizen_actor(paper.owner_person_id or 0)
    revoke_share_code(actor=owner, public_id=paper.public_id, share_id=first.share.pk, now=MORNING)
    assert share(paper)


# The clerk.


@pytest.fixture
def matter() -> Iterator[str]:
    """A thing of an upper app that everybody may act on."""
    register_reference_reader("matter", lambda actor, name: ReferenceView() if name == "1" else None)
    yield "matter:1"
    unregister_reference_reader("matter")


def test_a_clerk_uses_it_for_somebody_elses_matter(stored: Store, desk_clerk_lan: Actor, matter: str) -> None:
    paper = stored(basis="CONSENT")
    made = share(paper)
    use = use_shared_paper(
        actor=desk_clerk_lan, code=made.code, reference=matter, requirement_name="Giấy tờ của mẹ", now=MORNING
    )
    assert (use.purpose, use.reference, use.pages_saved) == (UsePurpose.CITIZEN_SHARE, matter, 2)
    assert (use.unit_id, use.clerk_id) == (desk_clerk_lan.unit_id, desk_clerk_lan.user_id)
    event = PaperEvent.objects.get(kind=PaperEventKind.USED)
    assert (event.reference, event.data["share"]) == (matter, made.share.pk)
    assert refused(look, code=made.code).code == "share.no_match"


def test_a_refused_use_takes_no_use_of_the_code(stored: Store, desk_clerk_lan: Actor, matter: str) -> None:
    made = share(stored(valid_to=MORNING.date() - timedelta(days=1)))
    attach = partial(use_shared_paper, actor=desk_clerk_lan, code=made.code, now=MORNING)
    assert refused(attach, reference=matter).code == "paper.expired"
    assert refused(attach, reference="matter:2").code == "paper.no_reference"
    assert (ShareCode.objects.get().used_count, PaperUse.objects.count()) == (0, 0)


def test_what_is_only_declared_is_not_used(
    papers_root: Path, paper_types: None, tu: OwnerRef, desk_clerk_lan: Actor, matter: str
) -> None:
    data = data_of(tu, source=PaperSource.UPLOADED, trust=Trust.DECLARED, basis="CONSENT")
    owner = citizen_actor(tu.person_id or 0)
    paper = store_paper(actor=owner, data=data, content=content(signature_state="NONE"), now=MORNING)
    made = share(paper)
    pending = refused(use_shared_paper, actor=desk_clerk_lan, code=made.code, reference=matter, now=MORNING)
    assert pending.code == "paper.pending"
    assert look(code=made.code).is_valid is False


def test_the_rules_of_every_use_hold_for_a_shared_one(stored: Store, desk_clerk_lan: Actor, matter: str) -> None:
    made = share(stored(file=content(sha256="0" * 64)))
    attach = partial(use_shared_paper, actor=desk_clerk_lan, code=made.code, reference=matter, now=MORNING)
    PaperType.objects.update(single_use=True)
    assert refused(attach).code == "paper.single_use"
    PaperType.objects.update(single_use=False)
    assert refused(attach).code == "paper.damaged"


def test_a_shared_use_locks_the_paper_before_its_code(stored: Store, desk_clerk_lan: Actor, matter: str) -> None:
    made = share(stored())
    with CaptureQueriesContext(connection) as seen:
        use_shared_paper(actor=desk_clerk_lan, code=made.code, reference=matter, now=MORNING)
    locks = [one["sql"] for one in seen if "FOR NO KEY UPDATE" in one["sql"]]
    assert ['FROM "papers_paper"' in locks[0], 'FROM "papers_sharecode"' in locks[1]] == [True, True]


@pytest.mark.parametrize("role", [Role.DISTRICT_MANAGER, Role.INSPECTOR, Role.ADMINISTRATOR])
def test_oversight_uses_no_code(role: Role, stored: Store, ward: Unit, matter: str) -> None:
    made = share(stored())
    with pytest.raises(NotAllowed):
        use_shared_paper(actor=make_actor(ward, role, "Nguyễn Văn Thử"), code=made.code, reference=matter)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_last_use_goes_to_one(
    at_once: Any,  # noqa: F811 - the fixture
    stored: Store,
    desk_clerk_lan: Actor,
    matter: str,
) -> None:
    made = share(stored(), uses_max=2)
    attach = partial(use_shared_paper, actor=desk_clerk_lan, code=made.code, reference=matter, now=MORNING)
    answers = at_once([partial(look, code=made.code)] * 3 + [attach] * 2)
    codes = sorted(getattr(answer, "code", "ok") for answer in answers)
    assert codes == ["ok", "ok", "share.no_match", "share.no_match", "share.no_match"]
    assert ShareCode.objects.get().used_count == 2
    assert all(isinstance(answer, (NotFound, Conflict)) for answer in answers if isinstance(answer, Exception))


# The pages.


def test_the_page_of_a_code_tells_nothing_before_it_is_opened(stored: Store, client: Client) -> None:
    made = share(stored())
    known, unknown = client.get(f"/chia-se/{made.code}/"), client.get("/chia-se/7KQ4M-2XB9D/")
    form_key = re.compile(r'(csrfmiddlewaretoken" value=")\w+')
    texts = [form_key.sub(r"\1", page.content.decode()) for page in (known, unknown)]
    assert texts[0].replace(made.code, "") == texts[1].replace("7KQ4M-2XB9D", "")
    assert known["Cache-Control"] == "private, no-store"
    assert ShareCode.objects.get().used_count == 0


def test_from_the_code_to_the_file(stored: Store, client: Client) -> None:
    paper = stored()
    with time_machine.travel(MORNING, tick=False):
        made = share(paper)
        page = client.post(f"/chia-se/{made.code}/").content.decode()
        assert paper.type.name in page and "Chữ ký số hợp lệ" in page
        url = page.split('href="/chia-se/tep/')[1].split('"')[0]
        file = client.get(f"/chia-se/tep/{url}")
        assert file["Content-Type"] == "application/pdf" and file["Content-Disposition"].startswith("inline")
        assert file["X-Content-Type-Options"] == "nosniff"
        again = client.post("/chia-se/", {"code": made.code})
        assert again.status_code == 404 and "share.no_match" in again.content.decode()
        assert client.post("/chia-se/", {"code": ""}).status_code == 422
        assert client.get("/chia-se/tep/khong-co/").status_code == 404
