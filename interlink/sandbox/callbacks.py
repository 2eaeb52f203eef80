"""Call-back: an agency posts its replies to the portal's door as well; what fails there is found by polling."""

from __future__ import annotations

import logging
import ssl
import threading
import time

import httpx

from interlink.sandbox.agency import Agency
from interlink.wire.headers import JOSE, RoadHeaders
from interlink.wire.messages import read_reply
from interlink.wire.signing import REPLY, verify

logger = logging.getLogger("haddong.sandbox")

PAUSE_SECONDS = 0.5
BATCH = 20
TIMEOUT_SECONDS = 10.0


def start_calling(agency: Agency, address: str, authority: str) -> None:
    """A thread that ends with the process. `authority`: file of the portal's authority, "" for the usual ones."""
    client = httpx.Client(timeout=TIMEOUT_SECONDS, verify=_context(authority))
    threading.Thread(target=_call, args=(agency, address, client), daemon=True).start()


def _context(authority: str) -> ssl.SSLContext | bool:
    return ssl.create_default_context(cafile=authority) if authority else True


def _call(agency: Agency, address: str, client: httpx.Client) -> None:
    while True:
        try:
            if agency.behaviour().callback:
                agency.publish()
                call_once(agency, address, client)
        except Exception:
            logger.warning("call-back failed", exc_info=True)
        time.sleep(PAUSE_SECONDS)


def call_once(agency: Agency, address: str, client: httpx.Client) -> int:
    """How many replies the portal took; the others are tried again."""
    rows = agency.store.read(
        "SELECT cursor, jws FROM published JOIN replies ON replies.id = reply_id"
        " WHERE is_called_back = 0 ORDER BY cursor LIMIT ?",
        BATCH,
    )
    taken = 0
    for row in rows:
        reply = read_reply(verify(row["jws"], keys=agency.key.public, kind=REPLY))
        headers = RoadHeaders(agency.whose.member, agency.whose.service, reply.message_id, issue=reply.case)
        try:
            answer = client.post(address, content=row["jws"], headers={**headers.as_dict(), "Content-Type": JOSE})
        except httpx.HTTPError:
            return taken
        if answer.status_code >= 500 or answer.status_code == 429:
            return taken
        with agency.store.write() as connection:
            connection.execute("UPDATE published SET is_called_back = 1 WHERE cursor = ?", [row["cursor"]])
        taken += 1
    return taken
