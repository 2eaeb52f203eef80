"""What the operator may set: PORT, HOST, HTTPS, HADDONG_HOME, PUBLIC_URL, DEMO_DATA, SANDBOX."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass

from haddong_portal.embedded.errors import EmbeddedError
from haddong_portal.embedded.home import Home, home_from_environment

PORT_DEFAULT = 8000
SANDBOX_DISTANCE = 451
OFF = {"", "0", "no", "false", "off"}


@dataclass(frozen=True)
class Options:
    """One run of the demo. `public_url` is what QR codes carry; `with_data=False` leaves the portal empty.

    `sandbox_port`: where the first agency of linked workflows listens; 0 when none shall run.
    """

    home: Home
    host: str
    port: int
    https: bool
    public_url: str
    with_data: bool
    sandbox_port: int = 0

    @property
    def local_url(self) -> str:
        """The address for a browser on this machine."""
        return f"{'https' if self.https else 'http'}://127.0.0.1:{self.port}"


def read_options(environment: Mapping[str, str] = os.environ) -> Options:
    """Options from the environment; raises EmbeddedError for a port that is none."""
    port = _port(environment.get("PORT") or str(PORT_DEFAULT))
    https = environment.get("HTTPS", "").lower() not in OFF
    address = f"{'https' if https else 'http'}://{network_address()}:{port}"
    return Options(
        home=home_from_environment(),
        host=environment.get("HOST") or "0.0.0.0",  # noqa: S104 - phones on the same network shall reach the demo
        port=port,
        https=https,
        public_url=(environment.get("PUBLIC_URL") or address).rstrip("/"),
        with_data=environment.get("DEMO_DATA", "1").lower() not in OFF,
        sandbox_port=_sandbox_port(environment, port),
    )


def _sandbox_port(environment: Mapping[str, str], port: int) -> int:
    """Beside the web's own port, so that two demos on one machine do not meet."""
    if environment.get("SANDBOX", "1").lower() in OFF:
        return 0
    beside = port + SANDBOX_DISTANCE if port < 65536 - 2 * SANDBOX_DISTANCE else port - SANDBOX_DISTANCE
    return _port(environment.get("SANDBOX_PORT") or str(beside))


def _port(text: str) -> int:
    if text.isdecimal() and 0 < int(text) < 65536:
        return int(text)
    raise EmbeddedError("port_invalid", f"PORT={text} không phải là một cổng (1 đến 65535).")


def network_address() -> str:
    """This machine's address on its network, as its routes choose it; 127.0.0.1 without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address: choosing a route sends nothing
            address: str = probe.getsockname()[0]
        except OSError:
            return "127.0.0.1"
    return address
