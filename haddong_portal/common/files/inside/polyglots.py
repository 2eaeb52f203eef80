"""A file that is two things at once: ours for the checker, something else for whoever opens it."""

from __future__ import annotations

import io
import re
import zipfile

from haddong_portal.common.files.inside.findings import Refusal

# Long enough that compressed data does not hold them by chance. Searched in lower case: a pattern that begins with a
# plain letter and knows one case only is found ten times as fast.
MARKUP = re.compile(rb"<(?:script[\s>]|!doctype\s+html|iframe\s|\?php)")
SIGNS = (b"__halt_compiler", b"rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
AT_THE_ENDS = re.compile(rb"<html|<svg|<body|<script|<\?xml-stylesheet|<object|<meta\s|<!--", re.I)
END_BYTES = 4096
ZIP_END_BYTES = 65_557  # end record and its longest comment


def refuse_polyglot(content: bytes, *, own_head: bytes) -> None:
    """Raises Refusal file.polyglot."""
    if _is_two_things(content, own_head):
        raise Refusal("file.polyglot")


def markup_at_the_ends(content: bytes) -> bool:
    """A browser that guesses types reads the first bytes, a careless one the last."""
    return bool(AT_THE_ENDS.search(content[:END_BYTES]) or AT_THE_ENDS.search(content[-END_BYTES:]))


def _is_two_things(content: bytes, own_head: bytes) -> bool:
    if content[257:262] == b"ustar" or content[32769:32774] == b"CD001" or content[128:132] == b"DICM":
        return True
    if own_head != b"%PDF-" and b"%PDF-" in content:
        return True
    if markup_at_the_ends(content) or _holds_a_zip(content):
        return True
    lower = content.lower()
    return any(sign in lower for sign in SIGNS) or MARKUP.search(lower) is not None


def _holds_a_zip(content: bytes) -> bool:
    """Python's reader, like most, takes a ZIP with anything in front of it."""
    if b"PK\x05\x06" not in content[-ZIP_END_BYTES:]:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return bool(archive.infolist())
    except Exception:
        return b"PK\x01\x02" in content and b"PK\x03\x04" in content
