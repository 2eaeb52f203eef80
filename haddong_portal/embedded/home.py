"""The folder that holds everything of one embedded portal (HADDONG_HOME, default `.data/`).

pg/            0755  PostgreSQL's own parent: under root the server runs as another user
pg/data        0700  the cluster, owned by that user
pg/socket      0700
valkey/        0700
keys/          0700  secrets, files 0600
papers/        0700  private files of dossiers
run/           0700  locks and the state of the running servers
log/           0700
staticfiles/   0755  collected browser files
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from haddong_portal.embedded.errors import EmbeddedError, means_no_space, no_space

REPOSITORY = Path(__file__).resolve().parent.parent.parent
OPEN, PRIVATE = 0o755, 0o700
# A Unix socket's path may be 107 bytes long; PostgreSQL adds "/.s.PGSQL.5432.lock".
SOCKET_FOLDER_BYTES_MAX = 107 - len("/.s.PGSQL.5432.lock")


@dataclass(frozen=True)
class Home:
    """The paths of one HADDONG_HOME."""

    root: Path

    @property
    def keys(self) -> Path:
        """Secrets, private."""
        return self.root / "keys"

    @property
    def run(self) -> Path:
        """Locks and state, private."""
        return self.root / "run"

    @property
    def log(self) -> Path:
        """Logs of every process, private."""
        return self.root / "log"

    @property
    def valkey(self) -> Path:
        """Valkey's saved queue, private."""
        return self.root / "valkey"

    @property
    def papers(self) -> Path:
        """Files of dossiers, private."""
        return self.root / "papers"

    @property
    def staticfiles(self) -> Path:
        """Collected browser files."""
        return self.root / "staticfiles"

    @property
    def pg_data(self) -> Path:
        """PostgreSQL's cluster."""
        return self.root / "pg" / "data"

    @cached_property
    def pg_socket(self) -> Path:
        """Where PostgreSQL listens: in the home, or in the temporary folder when the path would be too long."""
        near = self.root / "pg" / "socket"
        if len(os.fsencode(near)) <= SOCKET_FOLDER_BYTES_MAX:
            return near
        name = hashlib.sha256(os.fsencode(self.root)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"haddong-{name}"

    @property
    def state_file(self) -> Path:
        """What the keeper says about the running servers."""
        return self.root / "run" / "servers.json"

    def lock_file(self, name: str) -> Path:
        """A lock file: `start`, `lease`, `keeper` or `demo`."""
        return self.root / "run" / f"{name}.lock"

    @property
    def owner_uid(self) -> int:
        """Who owns the folder; root working in another's folder leaves files to that owner."""
        return self.root.stat().st_uid

    def make(self) -> None:
        """Create the folders with their modes; raises EmbeddedError when that is impossible."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            for name in ("pg", "staticfiles"):
                self._make_folder(self.root / name, OPEN)
            for name in ("keys", "papers", "run", "log", "valkey"):
                self._make_folder(self.root / name, PRIVATE)
        except PermissionError as error:
            raise EmbeddedError(
                "home_not_yours",
                f"Không ghi được vào {self.root}: thư mục này thuộc người dùng khác. "
                "Hãy dùng đúng người dùng đã tạo ra nó, hoặc đặt HADDONG_HOME sang thư mục khác.",
            ) from error
        except OSError as error:
            if means_no_space(error):
                raise no_space(self.root) from error
            raise EmbeddedError("home_unusable", f"Không dùng được thư mục {self.root}: {error.strerror}.") from error

    def _make_folder(self, folder: Path, mode: int) -> None:
        folder.mkdir(exist_ok=True)
        if folder.stat().st_uid in (os.geteuid(), self.owner_uid) and folder.stat().st_mode & 0o777 != mode:
            folder.chmod(mode)
        self.claim(folder)
        os.listdir(folder)  # another's private folder is refused here, with one clear sentence

    def claim(self, path: Path) -> None:
        """Give a file that root made to the owner of the folder, so that the owner can go on alone."""
        if os.geteuid() == 0 and path.stat().st_uid != self.owner_uid:
            os.chown(path, self.owner_uid, self.root.stat().st_gid)

    def write_private(self, path: Path, text: str) -> None:
        """Write a 0600 file whole or not at all; raises OSError."""
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        self.claim(draft)
        draft.replace(path)


def home_from_environment() -> Home:
    """The Home of HADDONG_HOME, or `.data` in the repository."""
    return Home(Path(os.environ.get("HADDONG_HOME") or REPOSITORY / ".data").expanduser().resolve())
