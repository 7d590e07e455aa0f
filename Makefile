# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
# Two commands are enough: `make up` serves the hub, `make test` tests it.

PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv
WORKERS ?= 2
export UV_LINK_MODE ?= copy
export VIRTUAL_ENV := $(CURDIR)/.venv

.PHONY: up test test-all lint bench docs lock clean
.DEFAULT_GOAL := up

up: .venv/.hub ## install everything and serve the hub with real content on 127.0.0.1:$(PORT)
	@KNOOPPUNT_DEMO=true PORT=$(PORT) $(BIN)/knooppunt up

test: .venv/.dev ## all fast tests: SQLite, parties in one process, one browser story per app
	$(BIN)/pytest -q -m "not full" -n $(WORKERS) --dist loadfile

test-all: .venv/.dev ## everything: PostgreSQL, both languages, faults, real processes
	$(BIN)/pytest -q -m full -n 1 --dist loadfile
	@# One worker: readers of the outbox wait for every open transaction of a cluster, other tests' too.
	$(BIN)/python tests/with_postgres.py $(BIN)/pytest -q -m "not browser and not full" src/knooppunt tests/api

lint: .venv/.dev ## style, types, imports, licences
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/reuse lint --quiet

bench: .venv/.dev ## benchmarks beside peers in the same run
	$(BIN)/python -m benchmarks

docs: .venv/.dev ## regenerate the generated parts of docs/ and the screenshots
	$(BIN)/python -m docs.generate
	KNOOPPUNT_SCREENSHOTS=$(CURDIR)/docs/images $(BIN)/pytest -q tests/browser/test_screenshots.py

lock: .venv/.uv ## compile the lock files anew
	./requirements/lock.sh

clean: ## remove what was installed and built; data in var/ stays
	rm -rf .venv src/knooppunt/web/theme/node_modules src/knooppunt/web/static/build

.venv/.uv: requirements/uv.txt
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; give it with: make up PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

.venv/.hub: .venv/.uv requirements/hub.txt requirements/build.txt pyproject.toml
	@echo "installing the hub …" >&2
	$(UV) pip install --quiet --require-hashes -r requirements/hub.txt -r requirements/build.txt
	$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/knooppunt build >&2
	@touch $@

.venv/.dev: .venv/.hub requirements/dev.txt requirements/postgres.txt requirements/bench.txt
	@echo "installing what tests and benchmarks need …" >&2
	$(UV) pip install --quiet --require-hashes -r requirements/dev.txt -r requirements/postgres.txt -r requirements/bench.txt
	@touch $@
