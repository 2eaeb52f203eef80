"""Programs that read what came from outside get no secret along."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dossiers.papers.imaging import ocr
from haddong_portal.common.processes import bare_environment

TELL = "import os, sys; sys.stderr.write(' '.join(f'{k}={v}' for k, v in os.environ.items())); sys.exit(1)"


def test_only_what_a_program_needs_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIELD_ENCRYPTION_KEYS", "geheim")
    monkeypatch.setenv("TESSDATA_PREFIX", "/opt/tessdata")
    made = bare_environment(TMPDIR="/tmp/x")
    assert "FIELD_ENCRYPTION_KEYS" not in made and {"PATH", "LANG"} <= set(made)
    assert (made["TESSDATA_PREFIX"], made["TMPDIR"]) == ("/opt/tessdata", "/tmp/x")


def test_the_reader_of_scans_knows_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SIGNING_PASSWORD", "geheim")
    with pytest.raises(ocr.OcrFailed) as told:
        ocr._run([sys.executable, "-c", TELL], folder=str(tmp_path), seconds_max=30, told=lambda done, total: None)
    assert f"TMPDIR={tmp_path}" in str(told.value) and "geheim" not in str(told.value)
