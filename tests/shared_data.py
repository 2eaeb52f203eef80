"""Where the tests find the large real data that the project does not ship."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


def shared_path(name: str) -> Path:
    """The file `name` of the shared data (HADDONG_SHARED, else beside the repository); skips when it is absent."""
    folder = Path(os.environ.get("HADDONG_SHARED") or REPOSITORY.parent / "shared" / "data")
    path = folder / name
    if not path.exists():
        pytest.skip(f"the shared data file {name} is not at {folder}; set HADDONG_SHARED to its folder")
    return path
