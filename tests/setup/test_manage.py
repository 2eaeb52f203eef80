"""manage.py has servers at hand exactly when a command needs them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from haddong_portal.embedded import Home
from haddong_portal.embedded.ensure import running_servers
from manage import needs_servers
from tests.databases import REPOSITORY
from tests.setup.conftest import USE_SERVERS, Start, bare_environment, ready

ASK_DATABASE = "from django.db import connection as c; k = c.cursor(); k.execute('SELECT 42'); print(k.fetchone()[0])"


def manage(home: Home, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=REPOSITORY,
        env=bare_environment(home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("line", "needed"),
    [
        ("", False),
        ("help migrate", False),
        ("migrate --help", False),
        ("explain_due_date --limit x", False),
        ("read_card PAYLOAD --json", False),
        ("check_paper a.pdf --json", False),
        ("makemigrations --check", False),
        ("check --deploy", False),
        ("check --database default", True),
        ("migrate", True),
        ("load_catalogue file.json", True),
        ("a_command_of_tomorrow", True),
    ],
)
def test_which_commands_need_servers(line: str, needed: bool) -> None:
    assert needs_servers(line.split()) is needed


def test_a_command_starts_servers_for_the_moment(home: Home) -> None:
    done = manage(home, "shell", "--no-imports", "-c", ASK_DATABASE)
    assert done.stdout.strip().endswith("42"), done.stderr
    assert running_servers(home) is None


def test_a_command_joins_running_servers_and_leaves_them_running(home: Home, start: Start) -> None:
    ready(start(USE_SERVERS))
    before = running_servers(home)
    done = manage(home, "shell", "--no-imports", "-c", ASK_DATABASE)
    assert done.stdout.strip().endswith("42"), done.stderr
    assert running_servers(home) == before


def test_a_command_without_data_makes_no_folder(home: Home) -> None:
    done = manage(home, "help")
    assert done.returncode == 0, done.stderr
    assert not home.root.exists()
