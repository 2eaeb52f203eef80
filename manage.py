#!/usr/bin/env python
"""Django's command line, with servers at hand: see haddong_portal/embedded.

A command joins the servers of HADDONG_HOME, or has them started for the moment. Commands that touch
no data start nothing.
"""

from __future__ import annotations

import os
import sys

SERVERLESS_COMMANDS = {
    *("check", "collectstatic", "compilemessages", "diffsettings", "help", "makemessages", "makemigrations"),
    *("spectacular", "startapp", "version"),
    *("explain_due_date", "read_card", "check_paper", "rehearse_linked"),
}
SERVERLESS_OPTIONS = {"--help", "-h", "--version"}


def needs_servers(arguments: list[str]) -> bool:
    """Whether this command line touches the database or the broker."""
    if not arguments or SERVERLESS_OPTIONS.intersection(arguments):
        return False
    if arguments[0] == "check":
        return "--database" in arguments
    return arguments[0] not in SERVERLESS_COMMANDS


def prepare(arguments: list[str]) -> None:
    """Export keys and server addresses before the settings load; production brings its own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haddong_portal.settings")
    if os.environ.get("HADDONG_MODE") == "production":
        refuse_bad_settings(arguments)
        return
    if not needs_servers(arguments):
        return
    from haddong_portal.embedded import EmbeddedError, ensure_servers, home_from_environment
    from haddong_portal.embedded.keys import export_keys

    try:
        export_keys(home_from_environment())
        ensure_servers()
    except EmbeddedError as error:
        sys.exit(str(error))


def refuse_bad_settings(arguments: list[str]) -> None:
    """In production: one sentence instead of a trace when a setting is missing or cannot be read."""
    from haddong_portal.deploy.preflight import REFUSED, complaint

    if needs_servers(arguments) and (wrong := complaint()):
        sys.stderr.write(f"{wrong}\n")
        sys.exit(REFUSED)


def main() -> None:
    """Run one command."""
    arguments = sys.argv[1:]
    prepare(arguments)
    from django.core.management import execute_from_command_line

    if needs_servers(arguments):
        import haddong_portal.celery  # noqa: F401 - importing it makes it the default app for enqueue

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
