"""Production: refuses to start without its settings, and runs what the containers run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from haddong_portal.deploy.placeholders import PRODUCTION
from tests.databases import REPOSITORY, drop_database, make_database, name_of
from tests.scale import wait_for
from tests.setup.containers import container_environment, entry, is_healthy

REQUIRED = sorted(set(PRODUCTION) - {"HADDONG_MODE"})


def load_settings(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "import haddong_portal.settings as s; print(s.SECURE_HSTS_SECONDS, s.DEMO_MODE)"],
        cwd=REPOSITORY,
        env={"PATH": os.environ["PATH"]} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_complete_production_settings_load() -> None:
    done = load_settings(PRODUCTION)
    assert done.stdout.split() == ["31536000", "False"], done.stderr


@pytest.mark.parametrize("name", REQUIRED)
def test_production_refuses_to_start_without(name: str) -> None:
    done = load_settings({key: value for key, value in PRODUCTION.items() if key != name})
    assert done.returncode != 0
    assert re.search(rf"needs these environment variables: {name}$", done.stderr.strip())


def test_production_names_everything_that_is_missing_at_once() -> None:
    done = load_settings({"HADDONG_MODE": "production"})
    assert all(name in done.stderr for name in REQUIRED)


def test_manage_in_production_starts_no_embedded_server(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "HADDONG_MODE": "production", "HADDONG_HOME": str(tmp_path / "home")}
    command = [sys.executable, "manage.py", "migrate", "--check"]
    done = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)
    assert "DATABASE_URL" in done.stderr
    assert not (tmp_path / "home").exists()


def test_the_compose_file_is_valid_and_complete() -> None:
    checker = Path(sys.executable).with_name("check-jsonschema")
    command = [str(checker), "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    text = (REPOSITORY / "docker-compose.yml").read_text(encoding="utf-8")
    for service in ("web", "worker", "reader", "beat", "postgres", "valkey"):
        block = re.search(rf"^  {service}:\n((?:    .*\n|\n)+)", text, re.M)
        assert block is not None, service
        assert "healthcheck:" in block.group(1), f"{service} has no health check"
    for name in REQUIRED:
        assert name in text, f"{name} is not handed to the containers"


def test_the_example_environment_names_every_required_variable() -> None:
    text = (REPOSITORY / ".env.example").read_text(encoding="utf-8")
    assert all(re.search(rf"^{name}=", text, re.M) for name in REQUIRED)


@pytest.fixture
def container(django_test_environment: None, django_db_blocker: object, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a container: production mode over a migrated database of its own."""
    with django_db_blocker.unblock():
        name = make_database(name_of("container"))
    static = tmp_path / "staticfiles"
    static.mkdir()
    (static / "staticfiles.json").write_text('{"paths": {}, "version": "1.1", "hash": ""}')
    yield container_environment(tmp_path, name)
    with django_db_blocker.unblock():
        drop_database(name)


def test_what_the_containers_run_comes_up_healthy_and_ends_on_a_signal(container: dict[str, str]) -> None:
    assert not is_healthy(container, "web")
    assert not is_healthy(container, "beat")
    children = {name: entry(container, name) for name in ("web", "worker", "reader", "beat")}
    try:
        for name in children:
            wait_for(lambda: is_healthy(container, name), within_seconds=60, what=f"{name} healthy")  # noqa: B023 - called at once
        request = urllib.request.Request(
            f"http://127.0.0.1:{container['PORT']}/readyz", headers={"Host": "motcua.example.vn"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert json.load(answer) == {"status": "ok", "database": True, "schema": True, "broker": True}
    finally:
        for child in children.values():
            child.terminate()
        codes = {name: child.wait(30) for name, child in children.items()}
    assert codes == {"web": 0, "worker": 0, "reader": 0, "beat": 0}
