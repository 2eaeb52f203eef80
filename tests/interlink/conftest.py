"""A ward that serves both linked groups."""

from __future__ import annotations

from typing import Any

import pytest

from tests.interlink.scene import Scene, make_scene


@pytest.fixture
def scene(db: Any) -> Scene:
    return make_scene()
