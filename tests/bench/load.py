"""The load generator, a process of its own: `python -m tests.bench.load PLAN.json` prints a result as JSON.

Each client keeps one connection, sends the next request of the plan when the last one is answered, and
checks status and body of every reply. What happens before `warm_up_seconds` is not counted; the run
ends after `seconds` more, or when the plan's requests are used up (`repeat` starts over instead).
"""

from __future__ import annotations

import asyncio
import itertools
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psutil

SHOWN_OF_A_WRONG_REPLY = 400


@dataclass(frozen=True)
class Call:
    """One request and what its answer must be: the status, and text found in the body or a header. `body_file` holds a
    body that is no text."""

    path: str
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    body_file: str = ""
    status: int = 200
    expect: str = ""

    def as_bytes(self, host: str) -> bytes:
        """The request as it goes over the line."""
        content = Path(self.body_file).read_bytes() if self.body_file else self.body.encode()
        lines = [f"{self.method} {self.path} HTTP/1.1", f"Host: {host}", "Connection: keep-alive"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if content or self.method != "GET":
            lines.append(f"Content-Length: {len(content)}")
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


@dataclass
class Plan:
    """What to send, from how many clients, for how long, and whose CPU time to read."""

    port: int
    calls: list[Call]
    clients: int
    warm_up_seconds: float
    seconds: float
    repeat: bool
    server_pids: list[int]


@dataclass
class Result:
    """Replies counted after the warm-up. CPU is user and system time of the server's processes."""

    count: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    latencies_ms: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def _seconds_of(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:  # a file was read: its time stands with the process that began it
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)


class WrongReply(Exception):
    """An answer that is not what the plan expects."""


class Generator:
    """The clients of one run."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.result = plan, Result()
        host = f"127.0.0.1:{plan.port}"
        prepared = [(call.as_bytes(host), call.status, call.expect.encode()) for call in plan.calls]
        self.calls: Iterator[tuple[bytes, int, bytes]] = itertools.cycle(prepared) if plan.repeat else iter(prepared)
        self.counting_from = time.perf_counter() + plan.warm_up_seconds
        self.until = self.counting_from + plan.seconds

    async def run(self) -> Result:
        """All clients to the end; the CPU clock is read by a task of its own when counting begins."""
        clients = [asyncio.create_task(self.client()) for _ in range(self.plan.clients)]
        await asyncio.sleep(max(0.0, self.counting_from - time.perf_counter()))
        cpu_at_start, began = self.cpu_seconds(), time.perf_counter()
        await asyncio.gather(*clients)
        self.result.seconds = time.perf_counter() - began
        self.result.cpu_seconds = self.cpu_seconds() - cpu_at_start
        return self.result

    def cpu_seconds(self) -> float:
        """User and system time so far of all server processes and of those that they started, ended ones too."""
        servers = [psutil.Process(pid) for pid in self.plan.server_pids]
        family = [one for server in servers for one in (server, *server.children(recursive=True))]
        return sum(_seconds_of(one) for one in family)

    async def client(self) -> None:
        """One connection, one request after the other."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.plan.port, limit=4 * 1024 * 1024)
        try:
            for request, status, expect in self.calls:
                began = time.perf_counter()
                if began >= self.until:
                    return
                writer.write(request)
                check(await read_reply(reader), status, expect)
                if began >= self.counting_from:
                    self.result.count += 1
                    self.result.latencies_ms.append((time.perf_counter() - began) * 1000)
        except (WrongReply, OSError, asyncio.IncompleteReadError) as error:
            self.result.wrong.append(str(error))
        finally:
            writer.close()


async def read_reply(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """Head and body of one answer."""
    head = await reader.readuntil(b"\r\n\r\n")
    lower = head.lower()
    if b"content-length:" in lower:
        length = int(lower.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        return head, await reader.readexactly(length) if length else b""
    return head, await _chunks(reader) if b"chunked" in lower else b""


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    found = b""
    while size := int(await reader.readline(), 16):
        found += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return found


def check(reply: tuple[bytes, bytes], status: int, expect: bytes) -> None:
    """Every reply: a fast error page must not count as an answer."""
    head, body = reply
    if int(head.split(b" ", 2)[1]) != status or (expect not in body and expect not in head):
        shown = (head + body).decode(errors="replace")[:SHOWN_OF_A_WRONG_REPLY]
        raise WrongReply(f"expected {status} with {expect.decode()!r}, got: {shown}")


def write_plan(plan: Plan, path: Path) -> None:
    """Where the generator's process reads it."""
    path.write_text(json.dumps(asdict(plan), ensure_ascii=False), encoding="utf-8")


def read_plan(path: Path) -> Plan:
    """As written by `write_plan`."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    return Plan(**{**raw, "calls": [Call(**call) for call in raw["calls"]]})


def main() -> None:
    """Entry point of the generator's process."""
    result = asyncio.run(Generator(read_plan(Path(sys.argv[1]))).run())
    sys.stdout.write(json.dumps(asdict(result)))


if __name__ == "__main__":
    main()
