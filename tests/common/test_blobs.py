"""Sealed files: what goes in comes out, nothing else does, and nothing can be read on the disk."""

from __future__ import annotations

import base64
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from hypothesis import HealthCheck, example, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from haddong_portal.common.blobs import sealing
from haddong_portal.common.blobs.marks import is_mark, mark_of, path_of
from haddong_portal.common.blobs.sealing import CHUNK_BYTES, HEADER_BYTES, SEALED_CHUNK_BYTES, SealBroken, seal, unseal
from haddong_portal.common.blobs.storage import (
    BlobDamaged,
    BlobMissing,
    delete_blob,
    folders,
    has_blob,
    marks_in,
    put_blob,
    read_blob,
    reseal_blob,
)
from haddong_portal.common.crypto.keys import KEY_ID_BYTES

SECRET = b"So dinh danh 001090123411, Tran Van Tu"


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "store"
    backend = "haddong_portal.common.blobs.storage.SafeFolderStorage"
    with override_settings(
        STORAGES={**settings.STORAGES, "papers": {"BACKEND": backend, "OPTIONS": {"location": str(place)}}}
    ):
        yield place


@given(content=st.binary(max_size=300), size=st.sampled_from([1, 7, 64]))
@example(content=b"", size=7)
@examples(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_sealed_comes_back(monkeypatch: pytest.MonkeyPatch, content: bytes, size: int) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sealing, "CHUNK_BYTES", size)
        patch.setattr(sealing, "SEALED_CHUNK_BYTES", size + sealing.TAG_BYTES)
        mark = mark_of(content)
        assert unseal(seal(content, mark), mark) == content


@given(place=st.integers(min_value=0), bit=st.integers(0, 7))
@examples(deadline=None)
def test_any_changed_bit_is_seen(place: int, bit: int) -> None:
    mark = mark_of(SECRET)
    sealed = bytearray(seal(SECRET, mark))
    sealed[place % len(sealed)] ^= 1 << bit
    with pytest.raises(SealBroken):
        unseal(bytes(sealed), mark)


def test_chunks_can_neither_be_cut_off_nor_swapped_nor_repeated() -> None:
    content = bytes(2 * CHUNK_BYTES) + b"the end"
    mark = mark_of(content)
    sealed = seal(content, mark)
    head, body = sealed[:HEADER_BYTES], sealed[HEADER_BYTES:]
    one, two, rest = (
        body[:SEALED_CHUNK_BYTES],
        body[SEALED_CHUNK_BYTES : 2 * SEALED_CHUNK_BYTES],
        body[2 * SEALED_CHUNK_BYTES :],
    )
    for wrong in (one, one + two, two + one + rest, one + two, one + rest, one + two + rest + rest, b"", body[:-1]):
        with pytest.raises(SealBroken):
            unseal(head + wrong, mark)
    assert unseal(head + one + two + rest, mark) == content


def test_a_file_cannot_be_taken_for_another(root: Path) -> None:
    one, two = mark_of(b"one"), mark_of(b"two")
    put_blob(b"one", one)
    put_blob(b"two", two)
    (root / path_of(two)).write_bytes((root / path_of(one)).read_bytes())
    with pytest.raises(BlobDamaged):
        read_blob(two)
    assert read_blob(one) == b"one"


def test_an_older_key_still_opens_and_a_lost_one_does_not(root: Path) -> None:
    old, new = "A" * 43 + "=", "B" * 42 + "A="
    mark = mark_of(SECRET)
    with override_settings(FIELD_ENCRYPTION_KEYS=[old]):
        first = put_blob(SECRET, mark)
    with override_settings(FIELD_ENCRYPTION_KEYS=[new, old]):
        assert read_blob(mark) == SECRET
        second = put_blob(SECRET, mark)
    assert len(first) == len(second) == KEY_ID_BYTES and first != second
    with override_settings(FIELD_ENCRYPTION_KEYS=[old]), pytest.raises(BlobDamaged):
        read_blob(mark)


def test_the_mark_depends_on_the_key() -> None:
    here = mark_of(SECRET)
    with override_settings(BLIND_INDEX_KEY="C" * 42 + "A="):
        assert mark_of(SECRET) != here
    assert is_mark(here) and not is_mark("../../etc/passwd") and not is_mark(here.upper())


def test_the_folder_is_private_and_shows_nothing(root: Path) -> None:
    put_blob(SECRET, mark_of(SECRET))
    found = [root, *root.rglob("*")]
    assert len(found) == 4
    for path in found:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
        if path.is_file():
            raw = path.read_bytes()
            assert SECRET not in raw and SECRET[:12] not in raw and b"Tran" not in raw


def test_the_store_is_walked_folder_by_folder(root: Path) -> None:
    assert folders() == []
    marks = {mark_of(bytes([number])) for number in range(1, 30)}
    for number in range(1, 30):
        put_blob(bytes([number]), mark_of(bytes([number])))
    (root / folders()[0] / "README").write_text("a stranger")
    assert {mark for folder in folders() for mark in marks_in(folder)} == marks
    gone = marks.pop()
    delete_blob(gone)
    delete_blob(gone)
    assert not has_blob(gone)
    with pytest.raises(BlobMissing):
        read_blob(gone)


def test_a_write_that_fails_leaves_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    from haddong_portal.common.blobs.storage import BlobUnreachable

    with pytest.raises(BlobUnreachable):
        put_blob(SECRET, mark_of(SECRET))
    assert [path for path in root.rglob("*") if path.is_file()] == []


def test_a_content_goes_under_a_new_key_and_needs_the_old_one_no_more(root: Path, settings: Any) -> None:
    mark, (old, new) = mark_of(SECRET), (base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2))
    settings.FIELD_ENCRYPTION_KEYS = [old]
    before = put_blob(SECRET, mark)
    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    body = (root / path_of(mark)).read_bytes()[HEADER_BYTES:]
    assert reseal_blob(mark) != before
    assert (root / path_of(mark)).read_bytes()[HEADER_BYTES:] == body, "only the wrapped key is new"
    settings.FIELD_ENCRYPTION_KEYS = [new]
    assert read_blob(mark) == SECRET
    settings.FIELD_ENCRYPTION_KEYS = [old]
    with pytest.raises(BlobDamaged):
        reseal_blob(mark)
