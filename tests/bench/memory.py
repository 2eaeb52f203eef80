"""Resident memory of the web workers after the other measurements, and the catalogue import's peak."""

from __future__ import annotations

from tests.bench.bench import Bench

WORKER_MAX_MIB = 200
IMPORT_MAX_MIB = 300


def run(bench: Bench) -> None:
    """Two figures; both are peaks of whole processes, shared libraries included."""
    worker = bench.stand.worker_rss_mib()
    bench.add("web worker after the run", f"{worker:.0f} MiB resident", worker, WORKER_MAX_MIB)
    peak = bench.stand.import_peak_mib
    bench.add(f"import of the {bench.stand.imported}", f"{peak:.0f} MiB at its peak", peak, IMPORT_MAX_MIB)
