"""The portal's own source files as syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
PACKAGES = ("haddong_portal", "procedures", "dossiers", "interlink", "feedback")


@cache
def sources() -> tuple[tuple[str, ast.Module], ...]:
    """(path from the repository, tree) of every file but migrations."""
    files = (file for package in PACKAGES for file in sorted((REPO / package).rglob("*.py")))
    return tuple(
        (str(file.relative_to(REPO)), ast.parse(file.read_text(encoding="utf-8")))
        for file in files
        if "migrations" not in file.parts
    )


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))
