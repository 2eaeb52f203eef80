"""The servers of a HADDONG_HOME: started, joined, never stopped under another, never left behind."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import redis

from haddong_portal.embedded import Home
from haddong_portal.embedded.ensure import endpoints_of, running_servers
from haddong_portal.embedded.postgres import programs
from haddong_portal.embedded.process import is_alive
from haddong_portal.embedded.state import ServerState
from tests.databases import REPOSITORY
from tests.setup.conftest import USE_SERVERS, Start, bare_environment, leave, ready, servers_down


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def answers(database_url: str, redis_url: str) -> bool:
    with psycopg.connect(database_url) as link:
        assert link.execute("SELECT 1").fetchone() == (1,)
    return bool(redis.Redis.from_url(redis_url).ping())


def state_of(home: Home) -> ServerState:
    state = running_servers(home)
    assert state is not None
    return state


def test_the_first_starts_the_second_joins_and_the_last_one_out_stops(home: Home, start: Start) -> None:
    first = start(USE_SERVERS)
    started, database_url, redis_url = ready(first)
    second = start(USE_SERVERS)
    assert started
    assert ready(second) == (False, database_url, redis_url)
    leave(first)
    assert answers(database_url, redis_url)
    pids = (state_of(home).keeper_pid, state_of(home).postgres_pid, state_of(home).valkey_pid)
    leave(second)
    assert servers_down(home)
    assert not any(is_alive(pid) for pid in pids)


def test_the_starter_alone_leaves_nothing_running_when_it_ends(home: Home, start: Start) -> None:
    child = start(USE_SERVERS)
    ready(child)
    postgres_pid = state_of(home).postgres_pid
    leave(child)
    assert not is_alive(postgres_pid)
    assert running_servers(home) is None


def test_five_at_once_share_one_pair_of_servers(home: Home, start: Start) -> None:
    found = [ready(child) for child in [start(USE_SERVERS) for _ in range(5)]]
    assert len({addresses[1:] for addresses in found}) == 1
    assert [started for started, *_ in found].count(True) == 1


def test_a_killed_user_gives_its_servers_back(home: Home, start: Start) -> None:
    child = start(USE_SERVERS)
    ready(child)
    pids = (state_of(home).postgres_pid, state_of(home).valkey_pid)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert servers_down(home)
    assert not any(is_alive(pid) for pid in pids)


def test_a_killed_keeper_takes_its_servers_along_and_the_next_command_starts_afresh(home: Home, start: Start) -> None:
    first = start(USE_SERVERS)
    _, database_url, _ = ready(first)
    with psycopg.connect(database_url) as link:
        link.execute("CREATE TABLE kept (number int)")
    old = state_of(home)
    os.kill(old.keeper_pid, signal.SIGKILL)
    started, database_url, _ = ready(start(USE_SERVERS))
    assert started
    assert not is_alive(old.postgres_pid)
    with psycopg.connect(database_url) as link:
        link.execute("SELECT number FROM kept")


def test_two_homes_never_meet(home: Home, start: Start, tmp_path: Path) -> None:
    other = Home(tmp_path / "other")
    here, there = start(USE_SERVERS), start(USE_SERVERS, folder=other)
    addresses_here, addresses_there = ready(here), ready(there)
    assert {*addresses_here[1:]}.isdisjoint(addresses_there[1:])
    leave(there)
    assert servers_down(other)
    assert answers(*addresses_here[1:])


def test_postgres_has_an_open_parent_of_its_own_and_everything_else_is_private(home: Home, start: Start) -> None:
    ready(start(USE_SERVERS))
    assert mode_of(home.pg_data.parent) == 0o755
    assert mode_of(home.pg_data) == mode_of(home.pg_socket) == 0o700
    for folder in (home.keys, home.papers, home.run, home.log, home.valkey):
        assert mode_of(folder) == 0o700, folder
        assert {mode_of(path) for path in folder.iterdir() if path.is_file()} <= {0o600, 0o644}, folder
    assert mode_of(home.state_file) == 0o600


def test_an_unfinished_cluster_is_made_again(home: Home, start: Start) -> None:
    home.make()
    half = home.pg_data.with_name("data.new")
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    assert ready(start(USE_SERVERS))[0]
    assert not half.exists()


def test_a_stale_process_id_given_to_another_program_does_not_bar_the_start(home: Home, start: Start) -> None:
    first = start(USE_SERVERS)
    ready(first)
    leave(first)
    pid_file = home.pg_data / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{home.pg_data}\n0\n5432\n{home.pg_socket}\n\n0 0\nready   \n")
    shutil.chown(pid_file, home.pg_data.stat().st_uid)
    assert ready(start(USE_SERVERS))[0]


def test_the_database_knows_vietnamese_letters(home: Home, start: Start) -> None:
    _, database_url, _ = ready(start(USE_SERVERS))
    with psycopg.connect(database_url) as link:
        for extension in ("pg_trgm", "unaccent", "btree_gist"):
            link.execute(f"CREATE EXTENSION {extension}")  # type: ignore[arg-type] # names from the line above
        row = link.execute("SELECT upper('đường ơ'), unaccent('Hà Đông'), similarity('đường', 'đường')").fetchone()
    assert row == ("ĐƯỜNG Ơ", "Ha Dong", 1.0)


def test_a_path_too_long_for_a_socket_still_works(home: Home, start: Start, tmp_path: Path) -> None:
    far = Home(tmp_path / ("sâu " * 20).strip() / "home")
    far.root.parent.mkdir(parents=True)
    child = start(USE_SERVERS, folder=far)
    assert ready(child)[0]
    assert far.root not in far.pg_socket.parents
    leave(child)
    assert servers_down(far)
    assert not far.pg_socket.exists()


def test_a_file_in_the_way_is_refused_with_a_sentence(start: Start, tmp_path: Path) -> None:
    blocked = Home(tmp_path / "file")
    blocked.root.write_text("")
    child = start(USE_SERVERS, folder=blocked)
    output, _ = child.communicate("")
    assert child.returncode != 0
    assert "[home_unusable]" in output


def test_servers_that_are_named_are_used_and_nothing_is_started(home: Home, start: Start) -> None:
    named = {"DATABASE_URL": "postgres://elsewhere/portal", "REDIS_URL": "redis://elsewhere/0"}
    assert ready(start(USE_SERVERS, **named)) == (False, named["DATABASE_URL"], named["REDIS_URL"])
    assert not home.root.exists()


def test_the_state_of_a_crashed_machine_is_not_believed(home: Home) -> None:
    home.make()
    ServerState("ready", keeper_pid=1, socket_dir="/nowhere", redis_url="redis://nowhere").write(home)
    assert running_servers(home) is None


def test_addresses_survive_capitals_and_spaces() -> None:
    url = endpoints_of(ServerState("ready", keeper_pid=1, socket_dir="/A b/C", redis_url="")).database_url
    assert psycopg.conninfo.conninfo_to_dict(url)["host"] == "/A b/C"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_an_ordinary_user_runs_servers_and_root_joins_without_taking_files_over(start: Start, tmp_path: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    house = Path("/tmp") / f"haddong-user-{os.getpid()}"
    house.mkdir(mode=0o755)
    shutil.chown(house, nobody.pw_uid, nobody.pw_gid)
    python = readable_python()
    if python is None:
        pytest.skip("no Python that an ordinary user may run")
    home = Home(house / "home")
    try:
        child = start_as(nobody, python, home)
        assert ready(child)[0]
        joined = start(USE_SERVERS, folder=home)
        assert ready(joined)[0] is False
        leave(joined)
        leave(child)
        assert servers_down(home)
        owners = {path.stat().st_uid for path in [home.root, *home.root.rglob("*")]}
        assert owners == {nobody.pw_uid}
    finally:
        shutil.rmtree(house, ignore_errors=True)


def readable_python() -> str | None:
    """A Python of at least 3.11 outside root's private folders."""
    for name in ("/usr/bin/python3", "/usr/local/bin/python3", os.path.realpath(sys.executable)):
        check = [name, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
        try:
            if subprocess.run(check, user="nobody", check=False, capture_output=True).returncode == 0:
                return name
        except OSError:
            continue
    return None


def start_as(user: pwd.struct_passwd, python: str, home: Home) -> subprocess.Popen[str]:
    packages = programs().parents[2]
    return subprocess.Popen(
        [python, "-c", "\n".join(line.strip() for line in USE_SERVERS.strip().splitlines())],
        cwd=REPOSITORY,
        env=bare_environment(home, PYTHONPATH=f"{REPOSITORY}:{packages}", HOME="/nonexistent"),
        user=user.pw_uid,
        group=user.pw_gid,
        extra_groups=[],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
