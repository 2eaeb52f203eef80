"""A production portal by hand, as docs/deploy.md says: web over an unmigrated database, migrate, load; one intake.

The servers are those of the test run, which for the portal are "real" ones: it only knows their addresses.
"""

from __future__ import annotations

import re
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import psycopg
import pytest

from tests.databases import REPOSITORY, make_database, name_of, url_of
from tests.scale import SCALE, wait_for
from tests.setup.containers import container_environment, entry, free_port, is_healthy

PASSWORD = "mot-mat-khau-that-dai"
# One clerk in one post, and one procedure that the ward performs: what an administrator would type in.
SET_UP = """
from haddong_portal.accounts.models import Post, Unit, User
from haddong_portal.common import clock
from tests.factories import publish_procedure
ward = Unit.objects.get(key="phuong-van-quan")
user = User.objects.create_user("lan.nt", password=%r, full_name="Nguyễn Thị Lan")
Post.objects.create(user=user, unit=ward, role="clerk", title="Công chức tiếp nhận", valid_from=clock.today())
made = publish_procedure(at=ward)
print(made.procedure.national_code, made.case.pk, ",".join(str(paper.pk) for paper in made.papers))
"""


@dataclass
class Run:
    """One portal in production mode over a database that began unmigrated."""

    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=REPOSITORY,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{arguments}: {done.stderr[-2000:]}"
        return done.stdout

    def visitor(self, *, https: bool = True, host: str = "motcua.example.vn") -> httpx.Client:
        """A browser behind the proxy that speaks TLS: it adds one header."""
        headers = {"Host": host} | (
            {"X-Forwarded-Proto": "https", "Referer": "https://motcua.example.vn/"} if https else {}
        )
        return httpx.Client(base_url=f"http://127.0.0.1:{self.environment['PORT']}", headers=headers, timeout=20)

    def get(self, path: str) -> httpx.Response:
        return self.visitor().get(path)


@pytest.fixture
def unmigrated(django_test_environment: None, django_db_blocker: Any, tmp_path: Any) -> Iterator[Run]:
    """A database that lacks a table: at TEST_SCALE > 1 an empty one, since migrating it whole costs half a minute of
    processor time; otherwise the run's template without its sessions."""
    name = name_of("by_hand")
    if SCALE > 1:
        _run_sql(f'CREATE DATABASE "{name}"')
    else:
        with django_db_blocker.unblock():
            make_database(name)
        _run_sql("DROP TABLE django_session", "DELETE FROM django_migrations WHERE app = 'sessions'", database=name)
    more = {"DATABASE_URL": url_of(name), "PORT": str(free_port()), "BEHIND_PROXY": "1"}
    yield Run(container_environment(tmp_path) | more)
    _run_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _run_sql(*statements: str, database: str = "postgres") -> None:
    with psycopg.connect(url_of(database), autocommit=True) as link:
        for statement in statements:
            link.execute(statement)


def test_from_an_unmigrated_database_to_a_dossier_over_http(unmigrated: Run) -> None:
    assert entry(unmigrated.environment, "static").wait(120) == 0
    web = entry(unmigrated.environment, "web")
    try:
        wait_for(lambda: _answers(unmigrated), within_seconds=60, what="the web process")
        assert unmigrated.get("/readyz").json()["schema"] is False, "a table is missing"
        assert not is_healthy(unmigrated.environment, "web")
        assert entry(unmigrated.environment, "migrate").wait(300) == 0
        unmigrated.manage("load_foundation")
        code, case, papers = unmigrated.manage("shell", "--command", SET_UP % PASSWORD).split()[-3:]
        assert unmigrated.get("/readyz").json() == {"status": "ok", "database": True, "schema": True, "broker": True}
        assert is_healthy(unmigrated.environment, "web")
        _sign_in_page_needs_tls(unmigrated)
        told = _receive(unmigrated, code, case, papers.split(","))
        assert re.search(r"[0-9A-Z.]+-\d{6}-0001", told), told[:2000]
    finally:
        web.terminate()
        web.wait(30)


def _answers(run: Run) -> bool:
    try:
        return run.get("/healthz").status_code == 200
    except httpx.TransportError:
        return False


def _sign_in_page_needs_tls(run: Run) -> None:
    plain = run.visitor(https=False).get("/tai-khoan/dang-nhap/")
    assert (plain.status_code, plain.headers["Location"]) == (301, "https://motcua.example.vn/tai-khoan/dang-nhap/")
    page = run.get("/tai-khoan/dang-nhap/")
    assert page.status_code == 200 and "max-age=31536000" in page.headers["Strict-Transport-Security"]
    assert "Secure" in page.headers["Set-Cookie"]
    sheet = re.search(r'href="(/static/[^"]+\.css)"', page.text)
    assert sheet is not None and run.get(sheet[1]).status_code == 200, "browser files are served, by their digest"
    assert run.visitor(host="evil.example").get("/").status_code == 400


def _receive(run: Run, code: str, case: str, papers: list[str]) -> str:
    """One clerk signs in and receives one dossier; where that led to, and the page there."""
    clerk = run.visitor()
    clerk.get("/tai-khoan/dang-nhap/")
    signed_in = _post(clerk, "/tai-khoan/dang-nhap/", {"username": "lan.nt", "password": PASSWORD})
    assert signed_in.status_code == 302, signed_in.text[:2000]
    form = {
        "procedure_code": code,
        "case_id": case,
        "full_name": "Trần Thị Thử",
        "personal_id": "001190000001",
        "birth": "12/07/1990",
        "phone": "0912345678",
        "channel": "1",
        "delivery": "desk",
        "copies": "1",
    }
    for paper in papers:
        form |= {f"paper-{paper}-state": "paper", f"paper-{paper}-originals": "1"}
    received = _post(clerk, f"/ho-so/tiep-nhan/{uuid.uuid4()}/", form)
    assert received.status_code == 302, received.text[-3000:]
    there = received.headers["Location"]
    return f"{there} {clerk.get(there, headers=_cookies(clerk)).text}"


def _post(client: httpx.Client, path: str, words: dict[str, str]) -> httpx.Response:
    token = client.cookies.get("csrftoken") or ""
    return client.post(path, data=words | {"csrfmiddlewaretoken": token}, headers=_cookies(client))


def _cookies(client: httpx.Client) -> dict[str, str]:
    """They are marked for https only; the proxy passes them on."""
    return {"Cookie": "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.cookies.jar)}


REFUSALS = [
    ("FIELD_ENCRYPTION_KEYS", "k1:khong-phai-base64", "FIELD_ENCRYPTION_KEYS: mỗi khóa là 32 byte"),
    ("FIELD_ENCRYPTION_KEYS", "c2hvcnQ=", "FIELD_ENCRYPTION_KEYS: mỗi khóa là 32 byte"),
    ("BLIND_INDEX_KEY", "…", "BLIND_INDEX_KEY: mỗi khóa là 32 byte"),
    ("DATABASE_URL", "mysql://bi-mat@127.0.0.1/portal", "DATABASE_URL phải là một địa chỉ dạng postgres://"),
    ("REDIS_URL", "khong-phai-dia-chi", "REDIS_URL phải là một địa chỉ dạng redis://"),
    ("PUBLIC_URL", "motcua.example.vn", "PUBLIC_URL phải là một địa chỉ dạng https://"),
    ("SECRET_KEY", "", "needs these environment variables: SECRET_KEY"),
]


@pytest.mark.parametrize("program", ["web", "manage"])
@pytest.mark.parametrize(("name", "value", "words"), REFUSALS)
def test_a_setting_that_cannot_be_read_is_refused_in_one_line(
    tmp_path: Any, program: str, name: str, value: str, words: str
) -> None:
    environment = container_environment(tmp_path) | {name: value}
    command = ["-m", "haddong_portal.deploy", "web"] if program == "web" else ["manage.py", "migrate", "--check"]
    done = subprocess.run(
        [sys.executable, *command], cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    (line,) = done.stderr.strip().splitlines()
    assert words in line and "deploy.settings" in line
    assert not value or value not in line, "a secret is never told"
