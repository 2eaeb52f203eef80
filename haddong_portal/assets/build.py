"""Fills static_vendor/ and knows when that is not needed."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from haddong_portal.assets.fonts import build_fonts
from haddong_portal.assets.icons import build_sprite
from haddong_portal.assets.npm import install_packages
from haddong_portal.assets.paths import ICON_LIST, LOCK, NODE_MODULES, STAMP, STATIC_VENDOR, VENDOR, package_file

# package file → name under vendor/
COPIES = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "zxing-wasm/dist/iife/reader/index.js": "zxing-reader.js",
    "zxing-wasm/dist/reader/zxing_reader.wasm": "zxing_reader.wasm",
    "@fontsource/be-vietnam-pro/LICENSE": "licences/be-vietnam-pro.txt",
    "@tabler/icons/LICENSE": "licences/tabler-icons.txt",
    "htmx.org/LICENSE": "licences/htmx.txt",
    "zxing-wasm/LICENSE": "licences/zxing-wasm.txt",
}


def _digest(*paths: Path) -> str:
    content = b"\0".join(path.read_bytes() for path in paths)
    return hashlib.sha256(content).hexdigest()


def wanted_stamp() -> str:
    """A digest of all that decides the outcome: the lock, the icon list, these modules."""
    return _digest(LOCK, ICON_LIST, *sorted(Path(__file__).parent.glob("*.py")))


def is_current() -> bool:
    """Whether static_vendor/ was built from what is here now."""
    return STAMP.is_file() and STAMP.read_text(encoding="ascii") == wanted_stamp()


def packages_are_current() -> bool:
    """Whether node_modules was installed from this package-lock.json."""
    mark = NODE_MODULES / ".portal-lock"
    return mark.is_file() and mark.read_text(encoding="ascii") == _digest(LOCK)


def ensure_packages() -> None:
    """`npm ci`, unless node_modules already matches the lock."""
    if packages_are_current():
        return
    install_packages()
    (NODE_MODULES / ".portal-lock").write_text(_digest(LOCK), encoding="ascii")


def _patched_zxing(text: str) -> str:
    """The source map comment points to a file that is not shipped, which a manifest storage refuses."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("//# sourceMappingURL="))


def build() -> str:
    """Rebuild static_vendor/ from node_modules; returns one line about what was made. Raises AssetError."""
    shutil.rmtree(STATIC_VENDOR, ignore_errors=True)
    for source, name in COPIES.items():
        target = VENDOR / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(package_file(source), target)
    reader = VENDOR / "zxing-reader.js"
    reader.write_text(_patched_zxing(reader.read_text(encoding="utf-8")), encoding="utf-8")
    icons = build_sprite(VENDOR / "icons.svg")
    fonts = build_fonts(VENDOR / "fonts")
    STAMP.write_text(wanted_stamp(), encoding="ascii")
    return f"static_vendor: {len(COPIES)} files, {icons} icons, {fonts} fonts"
