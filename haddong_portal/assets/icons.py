"""One SVG sprite of the icons that the templates use; `{% icon "clock" %}` points into it."""

from __future__ import annotations

import re
from pathlib import Path

from haddong_portal.assets.paths import ICON_LIST, package_file

_BODY = re.compile(r"<svg\b[^>]*>(.*)</svg>", re.DOTALL)
_BACKGROUND = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>')
_SPACE = re.compile(r"\s*\n\s*")


def icon_names(listing: Path = ICON_LIST) -> list[str]:
    """The wanted icons in the list's order; "filled/clock" names the filled drawing."""
    lines = (line.strip() for line in listing.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def symbol_id(name: str) -> str:
    """What templates call an icon: "clock", or "clock-filled" for "filled/clock"."""
    return f"{name.removeprefix('filled/')}-filled" if name.startswith("filled/") else name


def _symbol(name: str) -> str:
    filled = name.startswith("filled/")
    drawing = package_file(f"@tabler/icons/icons/{name if filled else 'outline/' + name}.svg").read_text(
        encoding="utf-8"
    )
    match = _BODY.search(drawing)
    if match is None:
        raise ValueError(f"icon {name} is not an SVG drawing")
    body = _SPACE.sub("", _BACKGROUND.sub("", match.group(1)))
    paint = ' fill="currentColor" stroke="none"' if filled else ""
    return f'<symbol id="{symbol_id(name)}" viewBox="0 0 24 24"{paint}>{body}</symbol>'


def build_sprite(target: Path) -> int:
    """Write the sprite and return the number of icons in it."""
    names = icon_names()
    symbols = "\n".join(_symbol(name) for name in names)
    target.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n', encoding="utf-8")
    return len(names)
