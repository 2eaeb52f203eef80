"""Members of staff who may be told something."""

from __future__ import annotations

from haddong_portal.accounts.models import User


def staff_to_tell(user_id: int) -> User | None:
    """An open account with the ways to its owner; None when it is closed."""
    return User.objects.filter(pk=user_id, is_active=True).only("email", "phone", "full_name", "username").first()
