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
    """The provider did not take the message.

    `final`: it never will, trying again there is useless. `unsure`: it may have taken it, for no answer came.
    """

    def __init__(self, text: str, *, final: bool = False, unsure: bool = False) -> None:
        super().__init__(text)
        self.final = final
        self.unsure = unsure


class Gateway(Protocol):
    """Sends one message or raises GatewayError. Never called inside a database transaction.

    The same key again must not reach the person again, where the provider is able to see to that.
    """

    name: str

    def send(self, message: Message) -> GatewayAnswer: ...
