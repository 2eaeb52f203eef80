"""The agencies alone: `python -m interlink.sandbox` (through `make sandbox`). Ctrl-C ends them; their data stays."""

from __future__ import annotations

import argparse
import ctypes
import os
import signal
import sys

from haddong_portal.demo_runner.supervisor import ChildDied, Stopped, Supervisor
from haddong_portal.embedded.home import home_from_environment
from haddong_portal.embedded.process import PR_SET_PDEATHSIG
from interlink.sandbox.directory import AGENCIES
from interlink.sandbox.runner import port_first, start_agencies


def main() -> int:
    """0 after Ctrl-C, 1 when an agency ended by itself."""
    parser = argparse.ArgumentParser(prog="python -m interlink.sandbox", description=__doc__)
    parser.add_argument("--with-parent", action="store_true", help="end when the program that started this one ends")
    if parser.parse_args().with_parent and sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    home = home_from_environment()
    home.make()
    supervisor = Supervisor(os.environ, log_folder=home.log)
    supervisor.listen()
    try:
        start_agencies(supervisor, home, os.environ.get("SANDBOX_CALLBACK", ""), None)
        for agency in AGENCIES:
            sys.stdout.write(f"{agency.name}: https://127.0.0.1:{port_first() + agency.port_offset}\n")
        sys.stdout.flush()
        supervisor.wait()
    except ChildDied as error:
        sys.stdout.write(f"[process_ended] {error.name} ({error.code}). {error.log}\n")
        return 1
    except Stopped:
        return 0
    finally:
        supervisor.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
