"""Keys lie private, are found by holder, and production trusts no demonstration."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import LazySettings

from haddong_portal.common.errors import DomainError
from haddong_portal.common.signing.keys import has_key, key_of, staff_holder
from tests.signing_help import WARD, certify


def test_everything_in_the_folder_is_private(home: Path) -> None:
    assert home.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in home.iterdir()} == {0o600}


def test_making_again_changes_nothing(home: Path) -> None:
    before = {path.name: path.read_bytes() for path in home.iterdir()}
    certify(home, WARD)
    certify(home, WARD, "staff-lan")

    after = {path.name: path.read_bytes() for path in home.iterdir()}
    assert set(after) - set(before) == {"staff-lan.p12"}
    assert all(after[name] == content for name, content in before.items())


def test_a_holder_without_certificate_is_told_so(home: Path) -> None:
    assert has_key(WARD) and not has_key("phuong-khac")
    with pytest.raises(DomainError) as refused:
        key_of("phuong-khac")

    assert refused.value.code == "signing.no_certificate"


@pytest.mark.parametrize("holder", ["../phuong-van-phuc", "", ".", "a/b", "A" * 200])
def test_a_holder_name_is_no_path(home: Path, holder: str) -> None:
    (home.parent / "phuong-van-phuc.p12").write_bytes((home / f"{WARD}.p12").read_bytes())

    assert not has_key(holder)


def test_a_wrong_password_is_said_and_not_guessed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGNING_PASSWORD", "wrong")
    with pytest.raises(DomainError) as refused:
        key_of(WARD)

    assert refused.value.code == "signing.key_unusable"


def test_a_real_certificate_lies_where_the_settings_say(
    home: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "con-dau.p12"
    elsewhere.write_bytes((home / f"{WARD}.p12").read_bytes())
    (home / f"{WARD}.p12").unlink()
    settings.SIGNING_CERTIFICATES = {WARD: {"path": str(elsewhere), "password_env": "WARD_PASSWORD"}}
    monkeypatch.setenv("WARD_PASSWORD", (home / "password").read_text())

    assert key_of(WARD).certificate.subject.native["common_name"].startswith("Ủy ban nhân dân")


def test_staff_and_units_have_names_of_their_own() -> None:
    assert staff_holder("lan.nt") == "staff-lan.nt"


@pytest.mark.parametrize(("allowed", "starts"), [("", False), ("1", True)])
def test_production_does_not_start_with_the_demo_trusted(home: Path, allowed: str, starts: bool) -> None:
    environment = {
        **os.environ,
        "HADDONG_MODE": "production",
        "PUBLIC_URL": "https://motcua.example",
        "ALLOWED_HOSTS": "motcua.example",
        "SIGNING_TRUST_ROOTS": str(home / "demo-ca.pem"),
        "SIGNING_ALLOW_DEMO_CA": allowed or "0",
    }
    ran = subprocess.run(
        [sys.executable, "-c", "import haddong_portal.settings"], env=environment, capture_output=True, text=True
    )

    assert (ran.returncode == 0) is starts
    assert starts or "Production must not trust the demo's authority" in ran.stderr
