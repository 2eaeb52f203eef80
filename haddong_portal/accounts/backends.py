"""Loads whoever is signed in together with their posts, so that a request of the staff costs one look-up less."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend

from haddong_portal.accounts.models import Post, User
from haddong_portal.common import clock


class StaffBackend(ModelBackend):
    """Django's own check of names and passwords; only `get_user` differs."""

    def get_user(self, user_id: int) -> User | None:
        """The account with the posts it holds today as `loaded_posts`; plain where it holds none."""
        posts = list(Post.objects.held_on(clock.today()).filter(user_id=user_id).select_related("unit", "user"))
        if not posts:
            found = super().get_user(user_id)
            return found if isinstance(found, User) else None
        user = posts[0].user
        user.loaded_posts = posts
        return user if self.user_can_authenticate(user) else None
