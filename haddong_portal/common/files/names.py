"""What a file's name may be: shown to people, never a path of ours (the store names files at random)."""

from __future__ import annotations

import mimetypes
import unicodedata

NAME_MAX = 120
SUFFIXES = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/png": (".png",),
}
# Endings that a person's machine runs or opens as something else; mimetypes knows the others.
RUNNABLE = frozenset(
    {
        *(
            ".exe",
            ".com",
            ".bat",
            ".cmd",
            ".scr",
            ".pif",
            ".msi",
            ".msc",
            ".lnk",
            ".hta",
            ".cpl",
            ".dll",
            ".sys",
            ".reg",
        ),
        *(".ps1", ".vbs", ".vbe", ".js", ".mjs", ".jse", ".wsf", ".wsh", ".jar", ".apk", ".app", ".sh", ".bash", ".py"),
        *(".pl", ".rb", ".php", ".phtml", ".phar", ".asp", ".aspx", ".jsp", ".inf", ".url", ".desktop"),
        *(".html", ".htm", ".xhtml", ".shtml", ".mht", ".mhtml", ".svg", ".svgz", ".xml", ".xsl", ".css"),
        *(
            ".docm",
            ".xlsm",
            ".pptm",
            ".dotm",
            ".zip",
            ".rar",
            ".7z",
            ".gz",
            ".tgz",
            ".tar",
            ".cab",
            ".iso",
            ".img",
            ".dmg",
        ),
    }
)


def is_other_type(name: str, content_type: str) -> bool:
    """The ending is known and belongs to something that is not accepted at all (`ket-qua.pdf.exe`)."""
    ending = _ending(_plain(name))
    if ending in RUNNABLE:
        return True
    guessed = mimetypes.types_map.get(ending)
    return guessed is not None and guessed not in SUFFIXES and guessed.split("/")[0] != content_type.split("/")[0]


def safe_name(name: str, content_type: str) -> str:
    """The last part of the name without what no file system likes, ending as its true type does."""
    base = _plain(name)
    endings = SUFFIXES.get(content_type, ())
    if not endings or _ending(base) in endings:
        return base[-NAME_MAX:] or "tep"
    known = any(_ending(base) in others for others in SUFFIXES.values())
    stem = base[: -len(_ending(base))] if known else base
    return (stem[-(NAME_MAX - 5) :] or "tep") + endings[0]


def was_changed(name: str, safe: str) -> bool:
    """Whether the shown name says something else than the given one; a missing ending is nobody's fault."""
    given = unicodedata.normalize("NFC", " ".join(name.split()))
    return given != safe and given != safe.rsplit(".", 1)[0] and bool(given)


def _plain(name: str) -> str:
    """Without folders, control characters, and those that hide or turn the reading direction."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    base = "".join(char for char in base if char.isprintable() and char not in '<>:"|?*')
    return unicodedata.normalize("NFC", " ".join(base.split())).strip(". ")


def _ending(name: str) -> str:
    stem, dot, ending = name.rstrip(". ").rpartition(".")
    return f".{ending.lower()}" if dot and stem and len(ending) <= 8 else ""
