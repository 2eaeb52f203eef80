"""Change one's own password. The person themselves; writes the password and one audit row."""

from __future__ import annotations

from django.db import transaction

from haddong_portal.accounts.models import User
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common.actors import Actor


@transaction.atomic
def change_password(*, user: User, actor: Actor, password: str) -> User:
    """The account with its new password, which the form has already weighed; other sessions end with the old one."""
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    locked.set_password(password)
    locked.save(update_fields=["password"])
    record_access(actor=actor, action="account.password_changed", object_type="account", object_id=user.pk)
    return locked
