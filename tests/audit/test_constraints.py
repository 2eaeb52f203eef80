"""Each named constraint of audit: one case it forbids, one it allows."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from haddong_portal.audit.models import AuditEntry, AuditSeal
from haddong_portal.common import clock

pytestmark = pytest.mark.django_db


def make_seal(number: int = 1, partition: str = "2024-02-19") -> AuditSeal:
    return AuditSeal.objects.create(
        partition=partition, number=number, entry_count=0, hash="0" * 64, sealed_at=clock.now()
    )


def make_entry(**values: object) -> AuditEntry:
    facts = {"at": clock.now(), "actor_name": "Lan", "action": "a.b", "object_type": "x", "object_id": "1"}
    return AuditEntry.objects.create(**facts, channel="web", **values)


def test_audit_seal_in_order() -> None:
    make_seal(1)
    make_seal(2)
    make_seal(1, "2024-02-20")
    with pytest.raises(IntegrityError, match="audit_seal_in_order"), transaction.atomic():
        make_seal(1)


def test_audit_entry_seal_with_position() -> None:
    make_entry()
    make_entry(seal=make_seal(), seal_position=1)
    for half in ({"seal_position": 1}, {"seal": make_seal(2)}):
        with pytest.raises(IntegrityError, match="audit_entry_seal_with_position"), transaction.atomic():
            make_entry(**half)
