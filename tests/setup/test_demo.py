"""`make demo`: refusals with a sentence, a clean end, data that stays, nothing left running."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import ssl
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from haddong_portal.demo_runner import checks
from haddong_portal.demo_runner.options import read_options
from haddong_portal.demo_runner.welcome import featured_accounts
from haddong_portal.embedded import EmbeddedError, Home
from haddong_portal.embedded.locks import FileLock
from tests.databases import REPOSITORY
from tests.scale import PATIENCE
from tests.setup.conftest import bare_environment, servers_down

Demo = Callable[..., "subprocess.Popen[str]"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """One folder for the demo's whole life: preparing it takes the longest."""
    found = Home(tmp_path_factory.mktemp("demo") / "home")
    yield found
    assert servers_down(found)


@pytest.fixture
def demo(demo_home: Home) -> Iterator[Demo]:
    """Start `python -m haddong_portal.demo_runner`, without demo data and on this machine only."""
    children = []

    def begin(**more: str) -> subprocess.Popen[str]:
        given = {"HOST": "127.0.0.1", "DEMO_DATA": "0", "LOG_LEVEL": "WARNING"} | more
        child = subprocess.Popen(
            [sys.executable, "-m", "haddong_portal.demo_runner"],
            cwd=REPOSITORY,
            env=bare_environment(demo_home, **given),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        children.append(child)
        return child

    yield begin
    for child in children:
        if child.poll() is None:
            child.kill()
        child.wait()
        assert child.stdout is not None
        child.stdout.close()


def read_until(child: subprocess.Popen[str], wanted: str) -> str:
    assert child.stdout is not None
    text = ""
    for line in child.stdout:
        text += line
        if wanted in line:
            return text
    raise AssertionError(f"the demo ended before {wanted!r}:\n{text}")


def family_of(child: subprocess.Popen[str], home: Home) -> list[psutil.Process]:
    """The demo's processes, and those of the servers of its folder."""
    servers = [
        process
        for process in psutil.process_iter(["cmdline"])
        if str(home.root) in " ".join(process.info["cmdline"] or [])
    ]
    return [*psutil.Process(child.pid).children(recursive=True), *servers]


def all_gone(processes: list[psutil.Process]) -> bool:
    gone, alive = psutil.wait_procs(processes, timeout=30 * PATIENCE)
    return not alive


@pytest.mark.xdist_group("demo")
def test_a_first_run_that_was_killed_or_stopped_is_simply_run_again(demo_home: Home, demo: Demo) -> None:
    killed = demo(PORT=str(free_port()))
    read_until(killed, "Chuẩn bị cơ sở dữ liệu")
    killed.kill()
    killed.wait()
    assert servers_down(demo_home)
    stopped = demo(PORT=str(free_port()))
    read_until(stopped, "Chuẩn bị cơ sở dữ liệu")
    family = family_of(stopped, demo_home)
    stopped.send_signal(signal.SIGTERM)
    assert stopped.wait(60) == 0
    assert all_gone(family)

    port = free_port()
    again = demo(PORT=str(port))
    text = read_until(again, "khởi động trong")
    assert f"http://127.0.0.1:{port}/" in text
    assert all(account.username in text for account in featured_accounts())
    assert "[port_taken]" in demo(PORT=str(port)).communicate()[0]
    assert "[demo_running]" in demo(PORT=str(free_port())).communicate()[0]
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    link.request("GET", "/readyz")
    assert json.loads(link.getresponse().read()) == {"status": "ok", "database": True, "schema": True, "broker": True}
    family = family_of(again, demo_home)
    names = " ".join(" ".join(process.cmdline()) for process in family)
    for name in (
        "deploy.web",
        "worker --loglevel WARNING --queues celery",
        "--queues slow",
        "beat",
        "postgres",
        "valkey",
    ):
        assert name in names
    again.send_signal(signal.SIGINT)
    assert again.wait(60) == 0
    assert all_gone(family)


@pytest.mark.xdist_group("demo")
def test_a_later_run_keeps_its_data_and_a_killed_one_leaves_nothing_behind(demo_home: Home, demo: Demo) -> None:
    """Goes on where the first test ended, over HTTPS trusted through the authority of the folder."""
    keys = (demo_home.keys / "secret_key").read_text()
    port = free_port()
    child = demo(PORT=str(port), HTTPS="1")
    text = read_until(child, "khởi động trong")
    assert "Chuẩn bị cơ sở dữ liệu" not in text
    assert "haddong-ca.crt" in text
    assert (demo_home.keys / "secret_key").read_text() == keys
    trust = ssl.create_default_context(cafile=str(demo_home.staticfiles / "haddong-ca.crt"))
    link = http.client.HTTPSConnection("127.0.0.1", port, timeout=20, context=trust)
    link.request("GET", "/static/haddong-ca.crt")
    assert link.getresponse().read() == (demo_home.keys / "ca.crt").read_bytes()
    assert stat.S_IMODE((demo_home.keys / "ca.key").stat().st_mode) == 0o600
    family = family_of(child, demo_home)
    child.kill()
    child.wait()
    assert all_gone(family)


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1", "80.5"])
def test_a_port_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(EmbeddedError, match="port_invalid"):
        read_options({"PORT": text})


def test_a_taken_port_is_refused_and_a_free_one_named(home: Home) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(EmbeddedError, match="port_taken") as refused:
            checks.check_port(read_options({"PORT": str(port), "HOST": "127.0.0.1"}))
    named = re.search(r"PORT=(\d+)", str(refused.value))
    assert named is not None
    assert int(named.group(1)) > port


def test_a_full_disk_is_refused_with_what_is_needed(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.make()
    full = shutil.disk_usage("/")._replace(free=20 * 2**20)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: full)
    with pytest.raises(EmbeddedError, match=r"disk_full.*20 MB"):
        checks.check_disk(home)


def test_one_folder_serves_one_demo(home: Home) -> None:
    home.make()
    lock = checks.claim_home(home)
    with pytest.raises(EmbeddedError, match="demo_running"):
        checks.claim_home(home)
    lock.release()
    checks.claim_home(home).release()


def test_qr_codes_carry_a_given_address() -> None:
    assert read_options({"PUBLIC_URL": "https://motcua.example.vn/"}).public_url == "https://motcua.example.vn"
    assert read_options({"PORT": "8123"}).public_url.endswith(":8123")
    assert read_options({"HTTPS": "1"}).public_url.startswith("https://")
    assert read_options({"HTTPS": "0"}).public_url.startswith("http://")


def test_the_data_is_forgotten_only_when_nothing_runs(home: Home) -> None:
    home.make()
    (home.root / "mine.txt").write_text("kept")
    command = [sys.executable, "-m", "haddong_portal.demo_runner.forget"]
    lock = FileLock(home, "demo")
    lock.acquire()
    busy = subprocess.run(
        command, cwd=REPOSITORY, env=bare_environment(home), capture_output=True, text=True, check=False
    )
    assert "[demo_running]" in busy.stderr
    lock.release()
    subprocess.run(command, cwd=REPOSITORY, env=bare_environment(home), capture_output=True, check=True)
    assert os.listdir(home.root) == ["mine.txt"]


def test_no_committed_file_holds_an_absolute_path_of_a_machine() -> None:
    for name in ("Makefile", ".ci/run", "docker-compose.yml"):
        assert not re.search(r"/(root|home|work)/", Path(REPOSITORY, name).read_text(encoding="utf-8")), name
