"""Which system user PostgreSQL runs as: itself for an ordinary user; never root, which PostgreSQL refuses."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from haddong_portal.embedded.home import Home

SYSTEM_USER = "haddong-pg"
SPARE_USER = "nobody"


@dataclass(frozen=True)
class RunAs:
    """A user to switch to before a server starts."""

    uid: int
    gid: int

    def __bool__(self) -> bool:
        return self.uid != os.geteuid()

    @property
    def switch_uid(self) -> int | None:
        """For subprocess: the user to become, None to stay."""
        return self.uid if self else None

    @property
    def switch_gid(self) -> int | None:
        """For subprocess: the group to become, None to stay."""
        return self.gid if self else None

    @property
    def switch_groups(self) -> list[str | int] | None:
        """For subprocess: no further groups for another user, None to keep one's own."""
        return [] if self else None


def server_user(home: Home) -> RunAs:
    """Under root: the owner of the cluster, else of the folder, else a system user made for it."""
    if os.geteuid() != 0:
        return RunAs(os.geteuid(), os.getegid())
    for path in (home.pg_data, home.root):
        if path.exists() and path.stat().st_uid != 0:
            return RunAs(path.stat().st_uid, path.stat().st_gid)
    entry = _system_user()
    return RunAs(entry.pw_uid, entry.pw_gid)


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
        if useradd:
            options = ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "--user-group"]
            subprocess.run([useradd, *options, SYSTEM_USER], check=False, capture_output=True)
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        return pwd.getpwnam(SPARE_USER)


def open_way_to(path: Path) -> None:
    """Let other users pass through (not list) the folders above `path`, changing only those that bar the way."""
    for folder in path.parents:
        mode = stat.S_IMODE(folder.stat().st_mode)
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)


def open_for_reading(folder: Path) -> None:
    """Let other users read a folder of programs (a strict umask at installation may have closed it)."""
    for path in (folder, *folder.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        wanted = mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0)
        if mode != wanted and not path.is_symlink():
            path.chmod(wanted)
