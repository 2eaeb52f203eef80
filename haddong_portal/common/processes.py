"""Programs that read other people's files know none of the portal's secrets: they inherit no environment."""

from __future__ import annotations

import os

# Where programs and their data are, on machines that keep them elsewhere.
KEPT = ("PATH", "HOME", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "GS_LIB", "FONTCONFIG_PATH", "FONTCONFIG_FILE")


def bare_environment(**more: str) -> dict[str, str]:
    """What such a program needs to be found and to find its own, and `more`."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {"LANG": "C.UTF-8", **kept, **more}
