"""`manage.py check_paper`: one JSON list, an exit code, no database, nothing that stops the others."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.core.management import call_command

from tests.common.files.corpus import corpus
from tests.databases import REPOSITORY
from tests.sample_files import SMALL_JPEG, SMALL_PDF


def run(*arguments: str | Path) -> tuple[str, int]:
    output = io.StringIO()
    try:
        call_command("check_paper", *(str(argument) for argument in arguments), stdout=output)
    except SystemExit as stop:
        return output.getvalue(), int(stop.code or 0)
    return output.getvalue(), 0


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_good_files_are_named_and_the_code_is_zero(tmp_path: Path) -> None:
    pdf, jpeg = written(tmp_path, "khai sinh.pdf", SMALL_PDF), written(tmp_path, "ảnh.jpg", SMALL_JPEG)
    text, exit_code = run(pdf, jpeg, "--json")
    first, second = json.loads(text)
    assert exit_code == 0
    assert (first["file"], first["verdict"], first["code"], first["pages"]) == (str(pdf), "clean", "file.clean", 1)
    assert (second["verdict"], second["code"], second["content_type"]) == ("sanitised", "file.reencoded", "image/jpeg")
    assert "Tệp hợp lệ." in text, "unescaped"


def test_each_file_gets_its_own_answer_whatever_the_others_are(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    shut = written(tmp_path, "shut.pdf", SMALL_PDF)
    link = tmp_path / "link.pdf"
    link.symlink_to(tmp_path / "nowhere")
    good = written(tmp_path, "tot.pdf", SMALL_PDF)
    paths = [
        tmp_path / "khong-co.pdf",
        tmp_path,
        tmp_path / "pipe",
        link,
        written(tmp_path, "a.pdf", b"abc"),
        good,
        shut,
    ]
    text, exit_code = run(*paths, "--json")
    answers = json.loads(text)
    assert exit_code == 1
    assert [answer["code"] for answer in answers] == [
        *("file.missing", "file.not_a_file", "file.not_a_file", "file.missing", "file.bad_type"),
        *("file.clean", "file.clean"),
    ]
    assert all(answer["sentence"] and answer["verdict"] in {"clean", "refused"} for answer in answers)


def test_people_read_a_line_for_each(tmp_path: Path) -> None:
    text, exit_code = run(written(tmp_path, "a.pdf", b"abc"))
    assert exit_code == 1
    assert text.strip().endswith("a.pdf: refused (file.bad_type). Tệp phải là PDF, JPEG hoặc PNG còn nguyên vẹn.")


def test_it_runs_without_any_server_and_in_any_locale(tmp_path: Path) -> None:
    """As a command of its own, on a name that is no UTF-8, over the quick half of the corpus."""
    odd = os.fsencode(tmp_path) + b"/kh\xe1i.pdf"
    Path(os.fsdecode(odd)).write_bytes(SMALL_PDF)
    quick = [bad for bad in corpus() if "file.too_heavy" not in bad.codes]
    files = [written(tmp_path, f"{bad.case}.{bad.name[-3:].strip('.')}", bad.make()) for bad in quick[:60]]
    home = {"HADDONG_HOME": str(tmp_path / "home"), "LC_ALL": "C", "PATH": os.environ["PATH"]}
    line: list[Any] = [sys.executable, "manage.py", "check_paper", odd, *files, "--json"]
    done = subprocess.run(line, cwd=REPOSITORY, env=home, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    answers = json.loads(done.stdout.decode())
    assert (done.returncode, done.stderr, len(answers)) == (1, b"", 61)
    assert {answer["verdict"] for answer in answers} <= {"refused", "sanitised"}
    assert not (tmp_path / "home").exists()
