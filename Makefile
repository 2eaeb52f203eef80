# The portal in two commands: `make demo`, `make test`. A bare machine needs Python >= 3.11 and make.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && { echo $$p; exit; }; \
	done; echo python3)
VENV := .venv/bin
BOOTSTRAP := $(PYTHON) haddong_portal/deploy/bootstrap.py
# How many tests run side by side, and how long the long ones are.
TEST_PROCESSES ?= 2
SOAK_SCALE ?= 10
PORT ?= 8000
HTTPS ?=
export PORT HTTPS

.PHONY: help demo sandbox test lint soak bench assets deps deps-dev format clean-demo

help:
	@echo 'make demo    the portal with demo data on http://127.0.0.1:8000 (PORT=..., HTTPS=1, HADDONG_HOME=...)'
	@echo 'make sandbox the agencies of linked workflows alone, for a portal that runs elsewhere (make demo starts them too)'
	@echo 'make test    the whole test suite, browser tests included'
	@echo 'make lint    ruff, mypy, import contracts, templates, migrations, deployment check'
	@echo 'make soak    the same tests at full length; make bench: measurements'

demo: deps
	@exec $(VENV)/python -m haddong_portal.demo_runner --with-parent

sandbox: deps
	@exec $(VENV)/python -m interlink.sandbox --with-parent

test: deps-dev
	@$(VENV)/python -m tests.browser
	@exec $(VENV)/pytest -n $(TEST_PROCESSES) $(TEST_ARGS)

soak: deps-dev
	@TEST_SCALE=$(SOAK_SCALE) exec $(VENV)/pytest -n $(TEST_PROCESSES) --timeout=7200 $(TEST_ARGS)

bench: deps-dev
	@exec $(VENV)/python -m tests.bench $(BENCH_ARGS)

lint: deps-dev
	@exec $(VENV)/python -m haddong_portal.deploy.lint

format: deps-dev
	@$(VENV)/ruff check --fix --quiet . ; $(VENV)/ruff format .
	@git ls-files 'templates/*.html' | xargs -r $(VENV)/djhtml --tabwidth 2

assets: deps
	@$(VENV)/python -m haddong_portal.assets --install --force

deps:
	@$(BOOTSTRAP)

deps-dev:
	@$(BOOTSTRAP) --dev

# Forgets the demo's data. A running demo is refused.
clean-demo:
	@exec $(VENV)/python -m haddong_portal.demo_runner.forget
