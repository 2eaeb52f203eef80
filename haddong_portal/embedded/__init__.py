"""PostgreSQL and Valkey from wheels, for machines where nobody installed a server.

Used only when DATABASE_URL and REDIS_URL are unset. Each HADDONG_HOME has its own pair of servers,
kept by one small process (`keeper`) for as long as anybody holds a lease on the folder: a command
that finds them running joins them, the last one out has them stopped. A lease is a file lock, so a
killed process gives its lease back too.

This package imports neither Django nor Celery: it runs before the settings load.
"""

from haddong_portal.embedded.ensure import Endpoints, ensure_servers
from haddong_portal.embedded.errors import EmbeddedError
from haddong_portal.embedded.home import Home, home_from_environment

__all__ = ["EmbeddedError", "Endpoints", "Home", "ensure_servers", "home_from_environment"]
