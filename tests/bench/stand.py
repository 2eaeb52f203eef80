"""The portal that is measured: servers in a scratch folder, catalogue, dossiers, and the web server of the demo."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import psutil

REPOSITORY = Path(__file__).resolve().parent.parent.parent
WEB_WORKERS = 2
START_SECONDS_MAX = 40.0
SHARED = Path(os.environ.get("HADDONG_SHARED") or REPOSITORY.parent / "shared" / "data")
# Settings of the surroundings that would point the bench at somebody's real servers or data.
FOREIGN = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "FIELD_ENCRYPTION_KEYS", "BLIND_INDEX_KEY", "HADDONG_HOME")


class Stand:
    """Everything a measurement needs; `close()` stops and removes it all, except a `kept` folder.

    A kept folder is filled once and used again: the next bench starts in seconds.
    """

    def __init__(self, kept: Path | None = None) -> None:
        self.kept = kept is not None
        self.home = (kept or Path(tempfile.mkdtemp(prefix="haddong-bench-"))).resolve()
        self.home.mkdir(parents=True, exist_ok=True)
        self.fill_stamp = self.home / "filled.json"
        self.servers: list[subprocess.Popen[bytes]] = []
        self.import_peak_mib = 0.0
        self.imported = "starter catalogue"
        self.port, self.bare_port = _free_port(), _free_port()

    def open(self) -> None:
        """Servers up, data in, Django ready in this process, web servers answering."""
        self._environment()
        from haddong_portal.embedded import Home, ensure_servers
        from haddong_portal.embedded.keys import export_keys

        home = Home(self.home)
        export_keys(home)
        ensure_servers(home, remove=not self.kept)
        self.manage("migrate", "--verbosity=0", "--no-input")
        if not self.fill_stamp.exists():
            self._fill()
        stamp = json.loads(self.fill_stamp.read_text())
        self.import_peak_mib, self.imported = stamp["import_peak_mib"], stamp["imported"]
        import django

        import haddong_portal.celery  # noqa: F401 - importing it makes it the default app for enqueue

        django.setup()
        self._serve(self.port)
        self._serve(self.bare_port, BENCH_BARE="1")

    def close(self) -> None:
        """Stop the web servers; the embedded servers and the folder go when this process ends."""
        for server in self.servers:
            server.terminate()
        for server in self.servers:
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)
        if "django.db" in sys.modules:
            from django.db import connections

            connections.close_all()
            for connection in connections.all(initialized_only=True):
                getattr(connection, "close_pool", lambda: None)()
        from haddong_portal.embedded import Home
        from haddong_portal.embedded.ensure import release_servers

        release_servers(Home(self.home))
        if not self.kept:
            shutil.rmtree(self.home, ignore_errors=True)

    def _environment(self) -> None:
        for name in FOREIGN:
            os.environ.pop(name, None)
        os.environ |= {
            "HADDONG_HOME": str(self.home),
            "HADDONG_MODE": "demo",
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "PYTHONPATH": str(REPOSITORY),
        }

    def _fill(self) -> None:
        self.run_module("haddong_portal.assets", "--install")
        self.manage("collectstatic", "--verbosity=0", "--no-input")
        self.manage("load_foundation", "--staff")
        highest, imported = self.manage("load_catalogue", "--json"), "starter catalogue"
        files = [path for name in ("procedures.json", "procedures_pre2025.json") if (path := SHARED / name).exists()]
        for path in files:
            peak = self.manage("load_catalogue", str(path), "--publish", "--json")
            highest, imported = max(highest, peak), "full catalogue"
        self.fill_stamp.write_text(json.dumps({"import_peak_mib": highest, "imported": imported}))

    def manage(self, *arguments: str) -> float:
        """Run a management command; returns its peak of resident memory in MiB."""
        say(f"  manage.py {' '.join(arguments)} …")
        return self._run("manage.py", *arguments)

    def run_module(self, *arguments: str) -> float:
        """Run `python -m …`."""
        return self._run("-m", *arguments)

    def _run(self, *arguments: str) -> float:
        with (self.home / "manage.log").open("wb") as log:
            child = subprocess.Popen([sys.executable, *arguments], cwd=REPOSITORY, stdout=log, stderr=log)
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            sys.exit(f"{' '.join(arguments)} failed:\n" + (self.home / "manage.log").read_text()[-3000:])
        return usage.ru_maxrss / 1024

    def _serve(self, port: int, **environment: str) -> None:
        from haddong_portal.deploy.commands import web_command
        from haddong_portal.embedded import process

        with (self.home / "web.log").open("ab") as log:
            self.servers.append(
                subprocess.Popen(
                    web_command(host="127.0.0.1", port=port, workers=WEB_WORKERS),
                    cwd=REPOSITORY,
                    env=os.environ | environment,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                    preexec_fn=process.die_with_parent(signal.SIGTERM),
                )
            )
        deadline = time.monotonic() + START_SECONDS_MAX
        while not _answers(port):
            if time.monotonic() > deadline:
                sys.exit("the web server does not answer:\n" + (self.home / "web.log").read_text()[-3000:])
            time.sleep(0.1)

    def worker_pids(self, *, bare: bool = False) -> list[int]:
        """The processes that answer requests."""
        master = psutil.Process(self.servers[1 if bare else 0].pid)
        children = master.children(recursive=True)
        # The last ones are the workers: multiprocessing's resource tracker comes before them.
        return [child.pid for child in children if "resource_tracker" not in " ".join(child.cmdline())]

    def worker_rss_mib(self) -> float:
        """Resident memory of the largest web worker."""
        return max(psutil.Process(pid).memory_info().rss for pid in self.worker_pids()) / 1024 / 1024

    def ask(self, path: str, **headers: str) -> tuple[int, Any, str]:
        """One request outside the measurement: status, headers, body; redirects are followed."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=named)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read().decode(errors="replace")


def say(text: str) -> None:
    """To whoever watches, at once; the table goes to standard output, this to standard error."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/bare/", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
