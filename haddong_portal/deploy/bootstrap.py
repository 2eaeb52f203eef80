"""From a bare machine to a filled .venv: `python3 haddong_portal/deploy/bootstrap.py [--dev]`.

Runs on the machine's own Python and standard library only, before anything is installed. It keeps to
old syntax so that a too old Python can still read it and say so. Safe to interrupt and run again.
"""

import argparse
import os
import shutil
import subprocess
import sys
from typing import NoReturn

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VENV = os.path.join(REPOSITORY, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
OLDEST = (3, 11)
FREE_BYTES_MIN = 1500 * 1024 * 1024


def refuse(code: str, sentence: str) -> NoReturn:
    """Leave with a code for machines and a Vietnamese sentence for the operator."""
    sys.exit(f"[{code}] {sentence}")


def check_machine() -> None:
    """Python's age, and room for the packages when they are not there yet."""
    if sys.version_info < OLDEST:
        version = ".".join(map(str, sys.version_info[:3]))
        refuse("python_too_old", f"Cần Python 3.11 trở lên, máy này có {version}. Ví dụ: make demo PYTHON=python3.12")
    free = shutil.disk_usage(REPOSITORY).free
    if not os.path.exists(PYTHON) and free < FREE_BYTES_MIN:
        refuse("disk_full", f"Ổ đĩa chỉ còn {free // 2**20} MB, cài đặt cần khoảng 1500 MB.")


def make_venv() -> None:
    """The virtual environment; a half-made one is made again."""
    if os.path.exists(PYTHON) and runs([PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if find_uv():
        run([find_uv(), "venv", "--quiet", "--python", sys.executable, VENV], "venv_failed", "Không tạo được .venv.")
        return
    sentence = "Không tạo được .venv. Trên Debian, Ubuntu: apt install python3-venv, rồi chạy lại."
    run([sys.executable, "-m", "venv", VENV], "venv_failed", sentence)


def find_uv() -> str:
    """uv of this environment, else of the machine."""
    own = os.path.join(VENV, "bin", "uv")
    return own if os.path.exists(own) else shutil.which("uv") or ""


def install_uv() -> None:
    """uv into .venv when the machine has none."""
    if not find_uv():
        sentence = "Không cài được uv. Kiểm tra kết nối tới kho gói Python (PyPI) rồi chạy lại."
        run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"], "uv_failed", sentence)


def sync(dev: bool) -> None:
    """Exactly the locked versions; nothing that is not locked is added, nothing else is removed."""
    command = [find_uv(), "sync", "--frozen", "--inexact", "--all-extras", "--quiet", "--python", PYTHON]
    environment = dict(os.environ, UV_PROJECT_ENVIRONMENT=VENV, UV_PYTHON_DOWNLOADS="never")
    environment.pop("VIRTUAL_ENV", None)
    sentence = "Không cài được các gói Python theo uv.lock. Xem lỗi ở trên rồi chạy lại; phần đã tải được giữ."
    run(command + ([] if dev else ["--no-dev"]), "packages_failed", sentence, environment)


def build_assets() -> None:
    """Browser files by package-lock.json."""
    sentence = "Không dựng được tệp giao diện theo package-lock.json. Xem lỗi ở trên rồi chạy lại."
    run([PYTHON, "-m", "haddong_portal.assets", "--install"], "assets_failed", sentence)


def runs(command: "list[str]") -> bool:
    """Whether the command ends well."""
    return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


def run(command: "list[str]", code: str, sentence: str, environment: "dict[str, str] | None" = None) -> None:
    """Run or leave with the sentence."""
    if subprocess.call(command, cwd=REPOSITORY, env=environment) != 0:
        refuse(code, sentence)


def main() -> None:
    """All steps; each is quick when nothing is to be done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="with what tests and lint need")
    options = parser.parse_args()
    check_machine()
    make_venv()
    install_uv()
    sync(options.dev)
    build_assets()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        refuse("stopped", "Đã dừng giữa chừng. Chạy lại để tiếp tục.")
