"""The interface of a gateway."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Message:
    """One message to one person. `key` is stable across retries, so a gateway can drop repeats."""

    key: str
    recipient: str
    subject: str
    body: str


@dataclass(frozen=True)
class GatewayAnswer:
    """What the provider said on acceptance; at most 500 characters are kept."""

    text: str


class GatewayError(Exception):
    """The provider did not take the message. `final` means trying again is useless."""

    def __init__(self, text: str, *, final: bool = False) -> None:
        super().__init__(text)
        self.final = final


class Gateway(Protocol):
    """Sends one message or raises GatewayError. Never called inside a database transaction."""

    name: str

    def send(self, message: Message) -> GatewayAnswer: ...
