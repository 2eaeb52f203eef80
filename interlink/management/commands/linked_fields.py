"""manage.py linked_fields: draw docs/linked-fields.md from the shipped templates."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand

from dossiers.rules.shipped_rulesets import PATH
from interlink.rules.field_table import field_table
from interlink.rules.shipped_groups import read_shipped, versions_of


class Command(BaseCommand):
    help = "In bảng: mỗi mục của mỗi bước liên thông lấy từ đâu (docs/linked-fields.md)."

    def handle(self, *args: Any, **options: Any) -> None:
        rules = {row["code"]: row["linked_groups"] for row in json.loads(PATH.read_text(encoding="utf-8"))["rulesets"]}
        self.stdout.write(field_table(versions_of(read_shipped(), rules)), ending="")
