"""manage.py rehearse_linked --births N --deaths N --faults N --json: linked cases through killed processes, counted.

Everything runs in a scratch HADDONG_HOME that is deleted afterwards; a running portal is not touched.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from haddong_portal.embedded.home import REPOSITORY

# What would tie the rehearsal to another portal.
NOT_PASSED_ON = ("DATABASE_URL", "REDIS_URL", "PUBLIC_URL", "MEDIA_ROOT", "NOTICE_FILE", "PAPERS_ROOT", "SIGNING_HOME")


class Command(BaseCommand):
    help = "Diễn tập liên thông: khai sinh, khai tử qua các tiến trình thật bị ngắt đột ngột, rồi đối chiếu."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--births", type=int, default=200, help="số hồ sơ khai sinh")
        parser.add_argument("--deaths", type=int, default=50, help="số hồ sơ khai tử")
        parser.add_argument("--faults", type=int, default=50, help="số lần ngắt tiến trình")
        parser.add_argument("--seed", type=int, default=1, help="để diễn lại đúng như cũ")
        parser.add_argument("--seconds-max", type=float, default=1800.0, help="chờ kết thúc lâu nhất")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        with tempfile.TemporaryDirectory(prefix="haddong-rehearsal-", ignore_cleanup_errors=True) as folder:
            told, code = _rehearse(Path(folder), options)
        if told is None:
            raise CommandError(f"diễn tập không chạy được (mã {code})")
        self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else _lines(told))
        if code:
            raise CommandError("có hồ sơ chưa kết thúc đúng hoặc sổ không khớp")


def _rehearse(folder: Path, options: dict[str, Any]) -> tuple[dict[str, Any] | None, int]:
    into = folder / "figures.json"
    own = {"HADDONG_HOME": str(folder / "home"), "HADDONG_MODE": "demo", "PORTAL_RULESET": ""}
    own["DJANGO_SETTINGS_MODULE"] = "haddong_portal.settings"
    environment = {key: value for key, value in os.environ.items() if key not in NOT_PASSED_ON} | own
    command = [sys.executable, "-m", "interlink.management.rehearsal", "--into", str(into)]
    for name in ("births", "deaths", "faults", "seed", "seconds_max"):
        command += [f"--{name.replace('_', '-')}", str(options[name])]
    done = subprocess.run(command, cwd=REPOSITORY, env=environment, stdout=sys.stderr, check=False)
    told = json.loads(into.read_text(encoding="utf-8")) if into.exists() else None
    return told, done.returncode


def _lines(told: dict[str, Any]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in told.items())
