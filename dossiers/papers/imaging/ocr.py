"""A scan made searchable: straightened, read and turned into PDF/A-2 by OCRmyPDF, in a process of its own.

A process can be ended, keeps its memory to itself, takes nothing of the worker down with it and knows none of its
secrets. Its progress comes line by line through `ocr_progress`, a plug-in of OCRmyPDF.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from haddong_portal.common.processes import bare_environment

LANGUAGE = "vie"
PLUGIN = Path(__file__).resolve().parent / "ocr_progress.py"
ERROR_MAX = 2000


class OcrFailed(RuntimeError):
    """The program gave up; the text is its own."""


@dataclass(frozen=True, slots=True)
class ReadScan:
    """A PDF/A with a text layer, and the text."""

    pdf: bytes
    text: str


@cache
def missing_tools() -> tuple[str, ...]:
    """What this machine lacks for reading scans; empty when it can. Looked at once a process."""
    missing = [name for name in ("tesseract", "gs") if shutil.which(name) is None]
    if "tesseract" not in missing and LANGUAGE not in _languages():
        missing.append(f"tesseract-ocr-{LANGUAGE}")
    return tuple(missing)


def read_scan(pdf: bytes, *, seconds_max: int, told: Callable[[int, int], None] = lambda done, total: None) -> ReadScan:
    """Read a scan of images; `told(done, total)` hears of finished pages. Raises OcrFailed."""
    with tempfile.TemporaryDirectory(prefix="scan-") as folder:
        source, target, words = (Path(folder) / name for name in ("in.pdf", "out.pdf", "out.txt"))
        source.write_bytes(pdf)
        _run(_command(source, target, words), folder=folder, seconds_max=seconds_max, told=told)
        return ReadScan(target.read_bytes(), words.read_text(encoding="utf-8", errors="replace"))


def _command(source: Path, target: Path, words: Path) -> list[str]:
    command = [sys.executable, "-m", "ocrmypdf", "--language", LANGUAGE, "--output-type", "pdfa-2"]
    command += ["--rotate-pages", "--deskew", "--tesseract-pagesegmode", "3", "--jobs", "1", "--optimize", "0"]
    command += ["--sidecar", str(words), "--plugin", str(PLUGIN)]
    return [*command, str(source), str(target)]


def _run(command: list[str], *, folder: str, seconds_max: int, told: Callable[[int, int], None]) -> None:
    environment = bare_environment(OMP_THREAD_LIMIT="1", TMPDIR=folder)
    wrapped = ["timeout", "--kill-after=5", str(seconds_max), *command] if shutil.which("timeout") else command
    with subprocess.Popen(
        wrapped,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as program:
        try:
            said = _listen(program, told)
            code = program.wait()
        except BaseException:
            program.kill()
            raise
    if code:
        raise OcrFailed(said[-ERROR_MAX:] or f"ended with {code}")


def _listen(program: subprocess.Popen[bytes], told: Callable[[int, int], None]) -> str:
    """What it wrote, without the lines of progress."""
    assert program.stderr is not None
    said = []
    for raw in program.stderr:
        line = raw.decode("utf-8", errors="replace").rstrip()
        mark, _, rest = line.partition(" ")
        if mark == "PROGRESS":
            done, _, total = rest.partition("/")
            told(int(done), int(total))
        elif line:
            said.append(line)
    return "\n".join(said)


def _languages() -> list[str]:
    done = subprocess.run(
        ["tesseract", "--list-langs"], capture_output=True, text=True, check=False, env=bare_environment()
    )
    return done.stdout.split()
