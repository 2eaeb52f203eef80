"""Secrets of a demo: made once, private, never replaced."""

from __future__ import annotations

import base64
import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from haddong_portal.embedded import Home
from haddong_portal.embedded.keys import export_keys, load_or_make


def test_keys_are_made_once_and_stay(home: Home) -> None:
    first = load_or_make(home)
    assert load_or_make(home) == first
    assert len(first["SECRET_KEY"]) >= 50
    assert (
        len(base64.b64decode(first["FIELD_ENCRYPTION_KEYS"])) == len(base64.b64decode(first["BLIND_INDEX_KEY"])) == 32
    )
    assert len(set(first.values())) == 3


def test_keys_lie_in_private_files(home: Home) -> None:
    load_or_make(home)
    assert stat.S_IMODE(home.keys.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in home.keys.iterdir()} == {0o600}


def test_commands_that_start_together_agree_on_the_keys(home: Home) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: load_or_make(home), range(8)))
    assert all(keys == found[0] for keys in found)


def test_a_key_of_the_environment_wins(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "given")
    for name in ("FIELD_ENCRYPTION_KEYS", "BLIND_INDEX_KEY"):
        monkeypatch.delenv(name)
    export_keys(home)
    assert os.environ["SECRET_KEY"] == "given"
    assert os.environ["BLIND_INDEX_KEY"] == load_or_make(home)["BLIND_INDEX_KEY"]
