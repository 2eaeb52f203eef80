"""What must hold before anything is started, each refusal with a sentence that says what to do."""

from __future__ import annotations

import errno
import shutil
import socket

from haddong_portal.demo_runner.options import Options
from haddong_portal.embedded.errors import EmbeddedError
from haddong_portal.embedded.home import Home
from haddong_portal.embedded.locks import FileLock

FREE_BYTES_MIN_FIRST = 700 * 1024 * 1024
FREE_BYTES_MIN_LATER = 150 * 1024 * 1024
PORTS_TO_TRY = 50


def check_port(options: Options) -> None:
    """Refuse a port that another program has, and name a free one."""
    problem = _bind_problem(options.host, options.port)
    if problem is None:
        return
    if problem == errno.EACCES:
        raise EmbeddedError(
            "port_not_allowed", f"Không được phép mở cổng {options.port}. Hãy chọn cổng từ 1024 trở lên."
        )
    free = next((port for port in range(options.port + 1, options.port + PORTS_TO_TRY) if _is_free(options, port)), 0)
    raise EmbeddedError(
        "port_taken",
        f"Cổng {options.port} đang được chương trình khác dùng. "
        f"Hãy chạy lại với cổng khác, ví dụ: make demo PORT={free}",
    )


def _is_free(options: Options, port: int) -> bool:
    return port < 65536 and _bind_problem(options.host, port) is None


def _bind_problem(host: str, port: int) -> int | None:
    """The errno of binding there, None when it works."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            return error.errno
    return None


def check_disk(home: Home) -> None:
    """Refuse to begin what the disk cannot hold."""
    needed = FREE_BYTES_MIN_LATER if (home.pg_data / "PG_VERSION").exists() else FREE_BYTES_MIN_FIRST
    free = shutil.disk_usage(home.root).free
    if free < needed:
        raise EmbeddedError(
            "disk_full",
            f"Ổ đĩa chứa {home.root} chỉ còn {free // 2**20} MB, cần ít nhất {needed // 2**20} MB. "
            "Hãy giải phóng dung lượng rồi chạy lại; dữ liệu đã có vẫn được giữ.",
        )


def claim_home(home: Home) -> FileLock:
    """The lock that makes this the only demo in the folder."""
    lock = FileLock(home, "demo")
    if not lock.acquire():
        raise EmbeddedError(
            "demo_running",
            f"Một bản demo khác đang chạy với thư mục {home.root}. Hãy dừng nó (Ctrl-C) hoặc đặt HADDONG_HOME khác.",
        )
    return lock
