"""The house's import contracts hold, and each one would see a breach: a planted import makes it fail."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
PACKAGES = ("haddong_portal", "procedures", "dossiers", "interlink", "feedback")

# (contract id, file to spoil, line that breaks it)
BREACHES = [
    ("house", "haddong_portal/common/errors.py", "import haddong_portal.accounts.constants"),
    ("house", "haddong_portal/citizens/models/people.py", "import dossiers.constants"),
    ("house", "procedures/constants.py", "import haddong_portal.notices.constants"),
    ("house", "interlink/apps.py", "import feedback.apps"),
    ("dossiers-inside", "dossiers/counter/apps.py", "import dossiers.models"),
    ("dossiers-inside", "dossiers/papers/apps.py", "import dossiers.counter.apps"),
    ("dossiers-inside", "dossiers/services/take_dossier.py", "import dossiers.views"),
    ("papers-inside", "dossiers/papers/models/papers.py", "import dossiers.papers.services"),
    ("procedures-inside", "procedures/models/catalogue.py", "import procedures.services"),
    ("interlink-inside", "interlink/models/cases.py", "import interlink.services"),
    ("sandbox-foreign", "interlink/sandbox/store.py", "import interlink.models"),
    ("rules-pure", "interlink/wire/messages.py", "import rest_framework.views"),
    ("rules-pure", "dossiers/rules/lifecycle.py", "import django.db"),
]


def lint(folder: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    for contract in contracts:
        command += ["--contract", contract]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env={"PYTHONPATH": str(folder)}, check=False
    )


def test_every_contract_is_kept() -> None:
    result = lint(REPO)
    assert result.returncode == 0, result.stdout


@pytest.fixture
def copy_of_sources(tmp_path: Path) -> Path:
    for package in PACKAGES:
        shutil.copytree(REPO / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "data"))
    shutil.copy(REPO / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(("contract", "file", "line"), BREACHES)
def test_a_planted_breach_is_seen(copy_of_sources: Path, contract: str, file: str, line: str) -> None:
    spoiled = copy_of_sources / file
    spoiled.write_text(spoiled.read_text() + f"\n{line}\n")
    result = lint(copy_of_sources, contract)
    assert result.returncode != 0
    assert "BROKEN" in result.stdout
