"""Measurements of the running portal: `make bench`, or some of them: `python -m tests.bench search intake`.

A measurement is a module of this package with a function `run(bench: Bench) -> None`. It asks
`bench.measure(...)` to send requests from 16 clients for a few seconds and adds figures with
`bench.add(...)`. What each figure means and how it is taken: docs/benchmarks.md.
"""
