"""Any HTTP SMS provider, described by settings: a URL, headers and a JSON body with {to}, {text}, {key}.

The key goes along as the header Idempotency-Key and wherever the body says {key}: a provider that knows either drops
a message it has taken before.
"""

from __future__ import annotations

import json

import httpx
from django.conf import settings

from haddong_portal.notices.gateways.base import GatewayAnswer, GatewayError, Message

TIMEOUT_SECONDS = 10
SERVER_TROUBLE = 500
TOO_MANY = 429
CLIENT_ERROR = 400
# A gateway before the provider gave up waiting for it.
NO_ANSWER = 504
# Nothing reached the provider: no connection was made.
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL)


class HttpSmsGateway:
    name = "http_sms"

    def send(self, message: Message) -> GatewayAnswer:
        headers = {"Idempotency-Key": message.key, **settings.NOTICE_HTTP_SMS_HEADERS}
        try:
            reply = httpx.post(
                settings.NOTICE_HTTP_SMS_URL, json=_body(message), headers=headers, timeout=TIMEOUT_SECONDS
            )
        except NOT_SENT as error:
            raise GatewayError(f"{type(error).__name__}: {error}") from error
        except httpx.HTTPError as error:
            raise GatewayError(f"{type(error).__name__}: {error}", unsure=True) from error
        if reply.status_code >= SERVER_TROUBLE or reply.status_code == TOO_MANY:
            unsure = reply.status_code == NO_ANSWER
            raise GatewayError(f"HTTP {reply.status_code}: {reply.text[:200]}", unsure=unsure)
        if reply.status_code >= CLIENT_ERROR:
            raise GatewayError(f"HTTP {reply.status_code}: {reply.text[:200]}", final=True)
        return GatewayAnswer(f"HTTP {reply.status_code}: {reply.text[:200]}")


def _body(message: Message) -> object:
    """The template parsed first and filled after, so a message can never break out of its JSON string."""
    words = {"{to}": message.recipient, "{text}": message.body, "{key}": message.key}
    return _filled(json.loads(settings.NOTICE_HTTP_SMS_BODY), words)


def _filled(node: object, words: dict[str, str]) -> object:
    if isinstance(node, dict):
        return {key: _filled(value, words) for key, value in node.items()}
    if isinstance(node, list):
        return [_filled(value, words) for value in node]
    return words.get(node, node) if isinstance(node, str) else node
