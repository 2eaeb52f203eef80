"""Entry point: `python -m haddong_portal.demo_runner` (through `make demo`)."""

from __future__ import annotations

import argparse
import ctypes
import os
import signal
import ssl
import sys
import time
import urllib.error
import urllib.request

from haddong_portal.demo_runner import checks, prepare
from haddong_portal.demo_runner.options import Options, network_address, read_options
from haddong_portal.demo_runner.prepare import say
from haddong_portal.demo_runner.supervisor import ChildDied, Stopped, Supervisor
from haddong_portal.demo_runner.tls import Certificate, make_certificate
from haddong_portal.demo_runner.welcome import welcome
from haddong_portal.deploy.commands import beat_command, reader_command, web_command, worker_command
from haddong_portal.embedded.ensure import ensure_servers, release_servers
from haddong_portal.embedded.errors import EmbeddedError, means_no_space, no_space
from haddong_portal.embedded.home import home_from_environment
from haddong_portal.embedded.keys import export_keys
from haddong_portal.embedded.process import PR_SET_PDEATHSIG
from interlink.sandbox.runner import start_agencies

WEB_WORKERS = 2
WORKER_PROCESSES = 2
READER_PROCESSES = 1
WEB_SECONDS_MAX = 90.0


def export_settings(options: Options) -> None:
    """What the settings of every process of this demo read."""
    os.environ["HADDONG_MODE"] = os.environ.get("HADDONG_MODE") or "demo"
    os.environ["HADDONG_HOME"] = str(options.home.root)
    os.environ["PUBLIC_URL"] = options.public_url
    os.environ["SANDBOX_PORT"] = str(options.sandbox_port or "")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haddong_portal.settings")
    export_keys(options.home)


def certificate_of(options: Options) -> Certificate | None:
    """The certificate of an HTTPS demo."""
    if not options.https:
        return None
    host = options.public_url.split("//", 1)[1].rsplit(":", 1)[0]
    return make_certificate(options.home, ["localhost", "127.0.0.1", network_address(), host])


def start_processes(supervisor: Supervisor, options: Options, certificate: Certificate | None) -> None:
    """Web, workers, clock, and the agencies of linked workflows."""
    supervisor.start(
        "web",
        web_command(
            host=options.host,
            port=options.port,
            workers=WEB_WORKERS,
            certificate=certificate.certificate if certificate else None,
            private_key=certificate.private_key if certificate else None,
        ),
    )
    supervisor.start("worker", worker_command(processes=WORKER_PROCESSES))
    supervisor.start("reader", reader_command(processes=READER_PROCESSES))
    supervisor.start("beat", beat_command(schedule_file=options.home.run / "celerybeat-schedule"))
    if options.sandbox_port:
        door = f"{options.local_url}/api/v1/agency-replies/"
        start_agencies(supervisor, options.home, door, certificate.authority if certificate else None)


def wait_for_web(supervisor: Supervisor, options: Options) -> None:
    """Until the first answer; raises when a child dies, the operator stops, or the time is up."""
    deadline = time.monotonic() + WEB_SECONDS_MAX
    while not _answers(options.local_url + "/healthz"):
        supervisor.look()
        if time.monotonic() > deadline:
            raise ChildDied("web", 0, options.home.log / "web.log")
        supervisor.asked_to_stop.wait(0.1)


def _answers(url: str) -> bool:
    unchecked = ssl._create_unverified_context()  # noqa: S323 - our own certificate, on this machine
    try:
        with urllib.request.urlopen(url, timeout=3, context=unchecked):  # noqa: S310 - an http(s) URL of ours
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def run(supervisor: Supervisor, options: Options) -> None:
    """Everything from the empty folder to the running portal; ends by an exception."""
    began = time.monotonic()
    options.home.make()
    checks.check_port(options)
    checks.check_disk(options.home)
    lock = checks.claim_home(options.home)
    try:
        export_settings(options)
        ensure_servers(options.home)
        supervisor.environment = dict(os.environ)
        open_groups = prepare.open_steps(options.home, with_data=options.with_data)
        supervisor.run_to_end({group[0].name: prepare.command_of(group) for group in open_groups})
        certificate = certificate_of(options)  # after the browser files were collected: one of them is public
        start_processes(supervisor, options, certificate)
        wait_for_web(supervisor, options)
        say(f"\n{welcome(options, certificate)}(khởi động trong {time.monotonic() - began:.0f} giây)")
        supervisor.wait()
    finally:
        supervisor.stop()
        lock.release()


def explain(error: Exception) -> int:
    """Tell the operator why the demo ended; the exit code."""
    if isinstance(error, Stopped):
        return 0
    if isinstance(error, ChildDied):
        tail = error.log.read_bytes()[-1500:].decode(errors="replace") if error.log and error.log.exists() else ""
        place = f" Nhật ký: {error.log}" if error.log else ""
        hint = " Ổ đĩa có thể đã đầy." if means_no_space(tail) else ""
        say(f"{tail}\n[process_ended] Tiến trình {error.name} đã dừng (mã {error.code}).{place}{hint} Có thể chạy lại.")
    elif isinstance(error, OSError) and means_no_space(error):
        say(str(no_space(error.filename or "")))
    else:
        say(str(error))
    return 1


def main() -> int:
    """0 after Ctrl-C, 1 with a sentence when something is in the way."""
    parser = argparse.ArgumentParser(prog="python -m haddong_portal.demo_runner", description=__doc__)
    parser.add_argument("--with-parent", action="store_true", help="end when the program that started this one ends")
    if parser.parse_args().with_parent and sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    supervisor = Supervisor(os.environ, log_folder=home_from_environment().log)
    supervisor.listen()
    options: Options | None = None
    try:
        options = read_options()
        run(supervisor, options)
    except (EmbeddedError, Stopped, ChildDied, OSError) as error:
        code = explain(error)
    if options is not None:
        down = release_servers(options.home)
        if code == 0:
            say("Đã dừng. Dữ liệu được giữ." if down else "Đã dừng; một lệnh khác còn dùng cơ sở dữ liệu.")
    return code


if __name__ == "__main__":
    sys.exit(main())
