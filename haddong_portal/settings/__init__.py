"""Settings of the portal, driven by the environment (see .env.example and docs/deploy.md).

HADDONG_MODE is `demo` (default), `test` or `production`. Demo and test fill what is unset from the
embedded servers; production refuses to start when something is missing.
"""

from haddong_portal.settings.base import *  # noqa: F403 - a settings module is its names
from haddong_portal.settings.interlink import *  # noqa: F403
from haddong_portal.settings.portal import *  # noqa: F403
from haddong_portal.settings.scans import *  # noqa: F403
from haddong_portal.settings.security import *  # noqa: F403
from haddong_portal.settings.signing import *  # noqa: F403
