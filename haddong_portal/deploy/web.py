"""Granian with the portal loaded before it forks: `python -m haddong_portal.deploy.web GRANIAN_OPTIONS`.

Loading costs seconds of processor time and some 100 MB; the workers inherit it instead of each doing
it again. Nothing here may open a connection or start a thread: a fork would share or lose it.
Where Granian does not fork (Python 3.14) the workers load the portal themselves, as they always could.
"""

from __future__ import annotations

import runpy


def main() -> None:
    """Load, then become Granian's command line."""
    import haddong_portal.wsgi  # noqa: F401 - loaded for the workers to inherit

    runpy.run_module("granian", run_name="__main__")


if __name__ == "__main__":
    main()
