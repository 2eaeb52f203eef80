"""Which connector an agency's transport means."""

from __future__ import annotations

from interlink.connectors.base import Connector
from interlink.connectors.own import OwnConnector
from interlink.connectors.paper import PaperConnector
from interlink.connectors.rest import RestConnector
from interlink.constants import Transport
from interlink.models import Agency

CONNECTORS: dict[str, Connector] = {
    Transport.REST: RestConnector(),
    Transport.PAPER: PaperConnector(),
    Transport.OWN: OwnConnector(),
}


def connector_of(agency: Agency) -> Connector:
    return CONNECTORS[agency.transport]
