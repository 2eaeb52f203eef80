"""Where the packages lie, where their copies go, and the one error of this tool."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LOCK = ROOT / "package-lock.json"
NODE_MODULES = ROOT / "node_modules"
STATIC_VENDOR = ROOT / "static_vendor"
VENDOR = STATIC_VENDOR / "vendor"
STAMP = STATIC_VENDOR / ".stamp"
ICON_LIST = Path(__file__).with_name("icons.txt")


class AssetError(Exception):
    """The assets cannot be built; the message says what to do."""


def package_file(relative: str) -> Path:
    """A file of an installed package ("htmx.org/dist/htmx.min.js"); raises AssetError when it is absent."""
    path = NODE_MODULES / relative
    if not NODE_MODULES.is_dir():
        raise AssetError("node_modules is missing: run `python -m haddong_portal.assets --install` first.")
    if not path.is_file():
        raise AssetError(f"{relative} is not in node_modules: run `python -m haddong_portal.assets --install` again.")
    return path
