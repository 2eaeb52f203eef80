"""`make clean-demo`: remove HADDONG_HOME with all its data, unless something runs there."""

from __future__ import annotations

import shutil
import sys

from haddong_portal.embedded.home import Home, home_from_environment
from haddong_portal.embedded.locks import is_taken

OWN_FOLDERS = ("pg", "keys", "papers", "run", "log", "valkey", "staticfiles")


def forget(home: Home) -> str:
    """Delete the folders the portal made, nothing else; the sentence to print."""
    if not home.run.is_dir():
        return f"Không có dữ liệu ở {home.root}."
    if is_taken(home, "demo") or is_taken(home, "keeper"):
        raise SystemExit(f"[demo_running] Cổng đang chạy với thư mục {home.root}. Hãy dừng nó trước.")
    for name in OWN_FOLDERS:
        shutil.rmtree(home.root / name, ignore_errors=True)
    if not any(home.root.iterdir()):
        home.root.rmdir()
    return f"Đã xóa dữ liệu ở {home.root}."


if __name__ == "__main__":
    sys.stdout.write(forget(home_from_environment()) + "\n")
