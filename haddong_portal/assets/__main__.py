"""Command line: copy from node_modules, or with --install run `npm ci` before; quick when nothing changed."""

from __future__ import annotations

import argparse
import sys

from haddong_portal.assets.build import build, ensure_packages, is_current
from haddong_portal.assets.paths import AssetError


def main() -> int:
    """0 when static_vendor/ is ready; 1 with a sentence on stderr when it cannot be made."""
    parser = argparse.ArgumentParser(prog="python -m haddong_portal.assets", description=__doc__)
    parser.add_argument("--install", action="store_true", help="run `npm ci` first when the packages are not current")
    parser.add_argument("--force", action="store_true", help="build even when nothing changed")
    options = parser.parse_args()
    try:
        if is_current() and not options.force:
            sys.stdout.write("static_vendor is up to date\n")
            return 0
        if options.install:
            ensure_packages()
        sys.stdout.write(build() + "\n")
    except AssetError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
