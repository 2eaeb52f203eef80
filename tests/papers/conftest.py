"""Papers brought into the store by the real services, in a storage folder of the test's own."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings

from dossiers.papers.constants import OwnerRef, PaperSource, SignatureState, Trust
from dossiers.papers.models import Paper
from dossiers.papers.services.load_paper_types import load_paper_types
from dossiers.papers.services.paper_data import FileContent, PaperData
from dossiers.papers.services.store_paper import store_paper
from haddong_portal.citizens.models import Person
from haddong_portal.citizens.services.find_or_create_person import find_or_create_person
from haddong_portal.common.actors import Actor
from tests.dossiers.screens.conftest import open_session  # noqa: F401 - a fixture for everybody here
from tests.factories import MORNING, citizen

FOLDER = "haddong_portal.common.blobs.storage.SafeFolderStorage"
_numbers = itertools.count(1)


@pytest.fixture
def papers_root(tmp_path: Path) -> Iterator[Path]:
    """An empty paper storage."""
    root = tmp_path / "papers" / "store"
    with override_settings(
        STORAGES={**settings.STORAGES, "papers": {"BACKEND": FOLDER, "OPTIONS": {"location": str(root)}}}
    ):
        yield root


@pytest.fixture
def paper_types(db: None) -> None:
    load_paper_types()


@pytest.fixture
def tu(db: None) -> OwnerRef:
    """Citizen Tú as an owner of papers."""
    return OwnerRef(person_id=person("Trần Văn Tú").pk)


def person(name: str, number: int = 1) -> Person:
    return find_or_create_person(data=citizen(name, number), now=MORNING)[0]


def content(words: bytes = b"", **changes: Any) -> FileContent:
    """A signed PDF as far as the store is concerned; without `words` no two are the same."""
    original = words or f"%PDF-1.7 giấy số {next(_numbers)} %%EOF".encode()
    values: dict[str, Any] = {
        "original": original,
        "shown": original,
        "content_type": "application/pdf",
        "page_count": 2,
        "image_count": 2,
        "sha256": hashlib.sha256(original).hexdigest(),
        "signature_state": SignatureState.VALID,
    }
    return FileContent(**values | changes)


def data_of(owner: OwnerRef, **changes: Any) -> PaperData:
    values: dict[str, Any] = {
        "owner": owner,
        "type_code": "MARITAL_STATUS",
        "source": PaperSource.DIGITISED,
        "trust": Trust.SIGNED_DIGITISED,
        "number": f"{next(_numbers)}/UBND-XNTTHN",
        "issuer_name": "Ủy ban nhân dân phường Văn Quán",
        "issued_on": date(2024, 2, 1),
        "fields": {"holder": "Trần Văn Tú", "status": "Chưa kết hôn"},
    }
    return PaperData(**values | changes)


Store = Callable[..., Paper]


@pytest.fixture
def stored(papers_root: Path, paper_types: None, desk_clerk_lan: Actor, tu: OwnerRef) -> Store:
    """Stores a certificate of marital status of Tú, signed by the clerk; words change it."""

    def store(*, actor: Actor = desk_clerk_lan, file: FileContent | None = None, **changes: Any) -> Paper:
        data = data_of(changes.pop("owner", tu), **changes)
        return store_paper(actor=actor, data=data, content=file or content(), now=MORNING)

    return store
