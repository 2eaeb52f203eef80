"""What measurements share: sending load, counting statements, and the table of figures."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tests.bench.counting import COUNT_HEADER, STATEMENTS_HEADER
from tests.bench.load import Call, Plan, Result, check, write_plan
from tests.bench.stand import REPOSITORY, Stand, say

CLIENTS = 16
WARM_UP_SECONDS = 2.0
ASKED_TO_COUNT = 8


@dataclass(frozen=True)
class Measured:
    """One run of the load generator."""

    requests_per_second: float
    p50_ms: float
    p95_ms: float
    cpu_ms: float

    def __str__(self) -> str:
        return f"{self.requests_per_second:7.0f} req/s  p50 {self.p50_ms:6.1f}  p95 {self.p95_ms:6.1f} ms"


@dataclass(frozen=True)
class Figure:
    """One line of the table. `value` is compared with `budget` (at most); no budget, no verdict."""

    name: str
    shown: str
    value: float | None = None
    budget: float | None = None

    @property
    def verdict(self) -> str:
        if self.budget is None or self.value is None:
            return ""
        return "ok" if self.value <= self.budget else "OVER"


class Bench:
    """Handed to each measurement's `run`."""

    def __init__(self, stand: Stand, seconds: float) -> None:
        self.stand, self.seconds = stand, seconds
        self.figures: list[Figure] = []
        self.bare_cpu_ms = 0.0

    def measure(
        self, calls: Sequence[Call], *, repeat: bool = True, clients: int = CLIENTS, bare: bool = False
    ) -> Measured:
        """Send the calls from `clients` connections for the bench's seconds; ends the bench on a wrong reply."""
        plan = Plan(
            port=self.stand.bare_port if bare else self.stand.port,
            calls=list(calls),
            clients=clients,
            warm_up_seconds=WARM_UP_SECONDS,
            seconds=self.seconds,
            repeat=repeat,
            server_pids=self.stand.worker_pids(bare=bare),
        )
        result = self._send(plan)
        if result.wrong or result.count < 2:
            sys.exit(f"{len(result.wrong)} wrong replies, {result.count} right ones. {' '.join(result.wrong[:1])}")
        cuts = statistics.quantiles(result.latencies_ms, n=100)
        return Measured(result.count / result.seconds, cuts[49], cuts[94], result.cpu_seconds / result.count * 1000)

    def _send(self, plan: Plan) -> Result:
        path = self.stand.home / "plan.json"
        write_plan(plan, path)
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.load", str(path)], cwd=REPOSITORY, capture_output=True, check=False
        )
        if done.returncode:
            sys.exit(done.stderr.decode())
        return Result(**json.loads(done.stdout))

    def statements(self, call: Call) -> int:
        """SQL statements of one request in a warm worker: the fewest of several, since each worker warms up itself."""
        counted = replace(call, headers=call.headers | {COUNT_HEADER: "1"})
        heads = [self._once(counted) for _ in range(1 if call.method == "POST" else ASKED_TO_COUNT)]
        marker = STATEMENTS_HEADER.lower().encode() + b": "
        return min(int(head.lower().split(marker, 1)[1].split(b"\r\n", 1)[0]) for head in heads)

    def _once(self, call: Call) -> bytes:
        import asyncio

        from tests.bench.load import read_reply

        async def send() -> tuple[bytes, bytes]:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.stand.port, limit=4 * 1024 * 1024)
            writer.write(call.as_bytes(f"127.0.0.1:{self.stand.port}"))
            try:
                return await read_reply(reader)
            finally:
                writer.close()

        reply = asyncio.run(send())
        check(reply, call.status, call.expect.encode())
        return reply[0]

    def add(self, name: str, shown: str, value: float | None = None, budget: float | None = None) -> None:
        """One line of the table."""
        self.figures.append(Figure(name, shown, value, budget))
        say(f"  {name}: {shown}")

    def add_load(
        self,
        name: str,
        calls: Sequence[Call],
        *,
        counted: Call | None = None,
        repeat: bool = True,
        p95_budget_ms: float | None = None,
        cpu_budget: float | None = None,
        statement_budget: int | None = None,
    ) -> Measured:
        """Measure one kind of request and add its speed, its CPU and its statements."""
        found = self.measure(calls, repeat=repeat)
        statements = self.statements(counted or calls[0])
        multiple = found.cpu_ms / self.bare_cpu_ms
        self.add(f"{name}: speed", str(found), found.p95_ms, p95_budget_ms)
        self.add(f"{name}: CPU", f"{found.cpu_ms:.2f} ms = {multiple:.1f} × bare view", multiple, cpu_budget)
        self.add(f"{name}: statements", f"{statements} a request", statements, statement_budget)
        return found

    def measure_bare(self) -> None:
        """The yardstick: a bare view behind the portal's middleware, and one behind none."""
        call = Call("/bare/", expect="bare")
        plain = self.measure([call], bare=True)
        self.add("bare view, no middleware", f"{plain}  CPU {plain.cpu_ms:.3f} ms")
        found = self.measure([call])
        self.bare_cpu_ms = found.cpu_ms
        self.add("bare view of the portal", f"{found}  CPU {found.cpu_ms:.3f} ms")

    def table(self) -> str:
        """All figures, one a line."""
        width = max(len(figure.name) for figure in self.figures)
        shown = max(len(figure.shown) for figure in self.figures)
        lines = [f"{'figure':{width}}  {'measured':{shown}}  budget"]
        for one in self.figures:
            budget = f"≤ {one.budget:g} {one.verdict}" if one.budget is not None else ""
            lines.append(f"{one.name:{width}}  {one.shown:{shown}}  {budget}".rstrip())
        return "\n".join(lines)

    @property
    def over(self) -> list[Figure]:
        """Figures beyond their budget."""
        return [figure for figure in self.figures if figure.verdict == "OVER"]
