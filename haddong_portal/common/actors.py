"""Who acts: the one value that services, selectors and audit receive instead of a request.

A person may hold several posts; an actor is that person *in one post* (or a REST client, or the system).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from haddong_portal.common.errors import NotAllowed


@dataclass(frozen=True)
class Actor:
    """A person in a post. `rights` are the acts of that post's role; `unit_ids` what the post may see.

    `sees_all_units` is true for oversight roles. `channel` is "web", "api", "kiosk", "public" or "system".
    `person_id` is set for a citizen who signed in as themselves, and for nobody else: no account, no post, no right.
    """

    name: str
    user_id: int | None = None
    post_id: int | None = None
    unit_id: int | None = None
    unit_name: str = ""
    role: str = ""
    role_label: str = ""
    post_title: str = ""
    rights: frozenset[str] = frozenset()
    unit_ids: frozenset[int] = field(default=frozenset())
    sees_all_units: bool = False
    channel: str = "web"
    ip: str | None = None
    request_id: str = ""
    person_id: int | None = None

    @property
    def is_signed_in(self) -> bool:
        """Whether a member of staff acts."""
        return self.user_id is not None

    @property
    def is_citizen(self) -> bool:
        """Whether a citizen acts who signed in with the own personal ID."""
        return self.person_id is not None

    def has_right(self, act: str) -> bool:
        """Whether this post may do `act` ("dossier.receive")."""
        return act in self.rights

    def require(self, act: str) -> None:
        """Raise NotAllowed unless this post may do `act`."""
        if act not in self.rights:
            raise NotAllowed()


PUBLIC_ACTOR = Actor(name="Người dân", channel="public")


def system_actor(name: str = "Hệ thống") -> Actor:
    """The portal itself (tasks, imports): all registered rights, all units."""
    from haddong_portal.common.rights import every_right  # rights are known only once the apps are ready

    return Actor(name=name, role="system", rights=every_right(), sees_all_units=True, channel="system")
