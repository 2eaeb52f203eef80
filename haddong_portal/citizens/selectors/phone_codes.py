"""Whether a phone was proven a moment ago."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings

from haddong_portal.citizens.models import PhoneChallenge


def confirmed_phone(*, challenge_id: uuid.UUID, purpose: str, reference: str, now: datetime) -> str | None:
    """The phone that this challenge proved for exactly this purpose and matter within PHONE_CONFIRMED_MINUTES."""
    since = now - timedelta(minutes=settings.PHONE_CONFIRMED_MINUTES)
    challenge = PhoneChallenge.objects.filter(
        pk=challenge_id, purpose=purpose, reference=reference, used_at__gte=since, used_at__lte=now
    ).first()
    return challenge.phone if challenge else None
