"""A connected system: its own account in a clerk's post, and an application with a secret."""

from __future__ import annotations

import base64
from dataclasses import dataclass

import pytest
from django.test import Client
from oauth2_provider.models import Application

from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from tests.factories import PostFactory, UserFactory

SECRET = "bi-mat-cua-he-thong-ket-noi"


@dataclass(frozen=True)
class ConnectedSystem:
    """What an administrator hands to whoever connects a system."""

    client_id: str
    secret: str

    def ask_token(self, client: Client, *, scope: str = "dossiers", secret: str = "") -> dict[str, str]:
        """The answer of the token endpoint."""
        pair = base64.b64encode(f"{self.client_id}:{secret or self.secret}".encode()).decode()
        answer = client.post(
            "/api/v1/oauth/token/",
            {"grant_type": "client_credentials", "scope": scope},
            headers={"Authorization": f"Basic {pair}"},
        )
        body: dict[str, str] = answer.json()
        return body

    def headers(self, client: Client) -> dict[str, str]:
        """What every call carries."""
        return {"Authorization": f"Bearer {self.ask_token(client)['access_token']}"}


@pytest.fixture
def connected_system(ward: Unit) -> ConnectedSystem:
    """Registered as an administrator would; the secret is kept hashed."""
    post = PostFactory(user=UserFactory(is_service_account=True), unit=ward, role=Role.CLERK)
    application = Application.objects.create(
        name="Phần mềm chuyên ngành",
        user=post.user,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
        client_secret=SECRET,
    )
    return ConnectedSystem(application.client_id, SECRET)
