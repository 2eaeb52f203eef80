"""Exchange with other agencies: keys of this portal, patience with theirs. See docs/deploy.md."""

from __future__ import annotations

from pathlib import Path

from haddong_portal.settings.environment import HADDONG_HOME, env

# Files of INTERLINK_HOME unless named: who lets agencies in, our certificate and its key, the key we sign with.
INTERLINK_HOME = env.str("INTERLINK_HOME", default=str(HADDONG_HOME / "interlink"))
_HOME = Path(INTERLINK_HOME)
INTERLINK_CA = env.str("INTERLINK_CA", default=str(_HOME / "ca.pem"))
INTERLINK_CERTIFICATE = env.str("INTERLINK_CERTIFICATE", default=str(_HOME / "portal.pem"))
INTERLINK_KEY = env.str("INTERLINK_KEY", default=str(_HOME / "portal.key"))
INTERLINK_SIGNING_KEY = env.str("INTERLINK_SIGNING_KEY", default=str(_HOME / "portal-signing.key"))
# Who we are on the data exchange (X-Road-Client).
INTERLINK_MEMBER = env.str("INTERLINK_MEMBER", default="VN/GOV/HADONG/MOTCUA")
INTERLINK_TIMEOUT_SECONDS = env.float("INTERLINK_TIMEOUT_SECONDS", default=20.0)
# A clerk waits for the residence register; after that one of the lawful other ways is taken.
INTERLINK_LOOK_UP_SECONDS = env.float("INTERLINK_LOOK_UP_SECONDS", default=6.0)
# A message is tried so often before it is laid aside for a person; the first wait doubles up to the longest.
INTERLINK_TRIES_MAX = env.int("INTERLINK_TRIES_MAX", default=40)
INTERLINK_FIRST_WAIT_SECONDS = env.float("INTERLINK_FIRST_WAIT_SECONDS", default=5.0)
INTERLINK_WAIT_SECONDS_MAX = env.float("INTERLINK_WAIT_SECONDS_MAX", default=1800.0)
# A worker silent for so long while sending counts as dead; longer than the timeout.
INTERLINK_CLAIM_SECONDS = env.float("INTERLINK_CLAIM_SECONDS", default=60.0)
# After so many failures in a row an agency is left in peace for a while.
INTERLINK_BREAK_AFTER = env.int("INTERLINK_BREAK_AFTER", default=5)
INTERLINK_BREAK_SECONDS = env.float("INTERLINK_BREAK_SECONDS", default=30.0)
INTERLINK_POLL_SECONDS = env.float("INTERLINK_POLL_SECONDS", default=10.0)
# How large a reply the call-back door takes, and how many calls from one address in a minute; larger ones are polled.
INTERLINK_CALLBACK_BYTES_MAX = env.int("INTERLINK_CALLBACK_BYTES_MAX", default=8 * 1024 * 1024)
INTERLINK_CALLBACKS_PER_MINUTE_MAX = env.int("INTERLINK_CALLBACKS_PER_MINUTE_MAX", default=1200)
