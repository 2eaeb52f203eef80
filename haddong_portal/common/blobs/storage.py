"""Where sealed files lie: the storage alias `papers`, a private folder by default or an S3 bucket by settings.

Content goes in and comes out through here only. A read proves the content: what does not open, or is not the content
that its name stands for, is BlobDamaged.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import tempfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages

from haddong_portal.common.blobs.marks import is_mark, mark_of, path_of
from haddong_portal.common.blobs.sealing import SealBroken, rewrap, seal, unseal
from haddong_portal.common.crypto.keys import keyring

ALIAS = "papers"
FOLDER_MODE = 0o700
DRAFT = ".draft-"
_FOLDER = re.compile(r"[0-9a-f]{2}")


class BlobMissing(Exception):
    """Nothing lies under this mark."""


class BlobDamaged(Exception):
    """What lies under this mark is not what was stored."""


class BlobUnreachable(Exception):
    """The storage does not answer; nothing is known about the file."""


class SafeFolderStorage(FileSystemStorage):
    """A folder nobody else may enter, in which a file is there whole or not at all, also after a power cut."""

    def _save(self, name: str, content: Any) -> str:
        folder = self._private_folder(name)
        handle, draft = tempfile.mkstemp(prefix=DRAFT, dir=folder)  # mode 0600
        try:
            with os.fdopen(handle, "wb") as stream:
                for chunk in content.chunks():
                    stream.write(chunk)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(draft, self.path(name))
            _keep_names(folder)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(draft)
            raise
        return name

    def _private_folder(self, name: str) -> str:
        """The folder of a file; whatever is missing on the way is made for the portal's own user alone."""
        folder = str(self.base_location)
        os.makedirs(os.path.dirname(folder), exist_ok=True)
        for part in ("", *os.path.dirname(name).split("/")):
            folder = os.path.join(folder, part) if part else folder
            with contextlib.suppress(FileExistsError):
                os.mkdir(folder, mode=FOLDER_MODE)
        return folder

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name itself: a mark names one content, so writing it again changes nothing."""
        return name


def _keep_names(folder: str) -> None:
    """Make a folder's new name outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put_blob(content: bytes, mark: str) -> bytes:
    """Seal and store `content`; the id of the field key it depends on. Raises BlobUnreachable."""
    assert mark == mark_of(content), "a content lies under its own mark"
    with _reaching():
        _storage().save(path_of(mark), ContentFile(seal(content, mark)))
    return keyring().current_id


def reseal_blob(mark: str) -> bytes:
    """Put the content under the current field key, proven before it is written; that key's id.

    Raises BlobMissing, BlobDamaged, BlobUnreachable.
    """
    sealed = _stored_bytes(mark)
    try:
        fresh = rewrap(sealed, mark)
        whole = mark_of(unseal(fresh, mark)) == mark
    except SealBroken as error:
        raise BlobDamaged(mark) from error
    if not whole:
        raise BlobDamaged(mark)
    with _reaching():
        _storage().save(path_of(mark), ContentFile(fresh))
    return keyring().current_id


def read_blob(mark: str) -> bytes:
    """The content, proven. Raises BlobMissing, BlobDamaged, BlobUnreachable."""
    try:
        content = unseal(_stored_bytes(mark), mark)
    except SealBroken as error:
        raise BlobDamaged(mark) from error
    if mark_of(content) != mark:
        raise BlobDamaged(mark)
    return content


def _stored_bytes(mark: str) -> bytes:
    with _reaching():
        try:
            stream = _storage().open(path_of(mark), "rb")
        except FileNotFoundError:
            raise BlobMissing(mark) from None
        with stream:
            sealed: bytes = stream.read()
    return sealed


def has_blob(mark: str) -> bool:
    """Whether anything lies under this mark; proves nothing about it."""
    with _reaching():
        return _storage().exists(path_of(mark))


def delete_blob(mark: str) -> None:
    """Forget the content; nothing happens when it is not there."""
    with _reaching():
        _storage().delete(path_of(mark))


def stored_at(mark: str) -> datetime | None:
    """When the content was last written; None when it is not there."""
    with _reaching():
        try:
            return _storage().get_modified_time(path_of(mark)) if _storage().exists(path_of(mark)) else None
        except FileNotFoundError:  # went between the two questions
            return None


def folders() -> list[str]:
    """The first folders of the store, in order: a walk goes through them one by one and can go on later."""
    with _reaching():
        return sorted(name for name in _listed("")[0] if _FOLDER.fullmatch(name))


def marks_in(folder: str) -> Iterator[str]:
    """Every mark in one of `folders()`; half-written drafts and strangers are passed over."""
    with _reaching():
        for inner in sorted(_listed(folder)[0]):
            yield from (name for name in sorted(_listed(f"{folder}/{inner}")[1]) if is_mark(name))


def clear_drafts(folder: str, before: datetime) -> int:
    """Remove half-written files of before that moment (their process was killed) from one of `folders()`; how many."""
    removed = 0
    with _reaching():
        for inner in _listed(folder)[0]:
            drafts = (f"{folder}/{inner}/{name}" for name in _listed(f"{folder}/{inner}")[1] if name.startswith(DRAFT))
            for draft in drafts:
                if _storage().get_modified_time(draft) < before:
                    _storage().delete(draft)
                    removed += 1
    return removed


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        return _storage().listdir(folder)
    except FileNotFoundError:
        return [], []


def _storage() -> Storage:
    return storages[ALIAS]


@contextlib.contextmanager
def _reaching() -> Iterator[None]:
    """Any answer of the storage but "no such file" is a storage that does not answer."""
    try:
        yield
    except (BlobMissing, BlobDamaged):
        raise
    except OSError as error:
        raise BlobUnreachable(errno.errorcode.get(error.errno or 0, "")) from error
    except Exception as error:
        if error.__class__.__module__.split(".")[0] in ("botocore", "boto3", "s3transfer"):
            raise BlobUnreachable(error.__class__.__name__) from error
        raise
