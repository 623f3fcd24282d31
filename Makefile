# Lingting 聆听. `make demo` shows it, `make test` proves it; both set up everything they need under .venv and var.
PYTHON ?= python3
BIN := .venv/bin
DATA ?=
# The rooms whose tests ask a database; the others, and those marked `once`, would ask the same of PostgreSQL as of SQLite: nothing new.
ON_TABLES := $(addprefix tests/,access api conformity ledger records registers web test_spine.py)

.DEFAULT_GOAL := help
.PHONY: help demo test check fix bench verify docs lock machine

help: ## This list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

demo: .venv/run ## A fictional firm, or your own files: make demo DATA=folder
	@$(BIN)/lingting demo $(DATA)

test: .venv/dev machine ## All tests: on SQLite, in Chromium, on a PostgreSQL of their own
	$(BIN)/python -m pytest -n auto --dist worksteal
	scripts/with-postgres $(BIN)/python -m pytest -n auto --dist worksteal -m "not browser and not data and not once" $(ON_TABLES)

check: .venv/dev ## Style, types, directions of imports, migrations, catalog, generated pages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	LINGTING_HOME=$$(mktemp -d) $(BIN)/python -m django makemigrations --check --dry-run --settings lingting.site.settings
	$(BIN)/lingting norms test
	$(BIN)/lingting docs --check

fix: .venv/dev ## Put style and generated pages right
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/lingting docs

bench: .venv/dev ## Speed and its ratios, in one run (minutes)
	$(BIN)/python -m benchmarks

verify: .venv/run ## Recompute the book of the demonstration
	LINGTING_HOME=var/demo $(BIN)/lingting verify

docs: .venv/run ## Write the generated pages under docs/
	$(BIN)/lingting docs

lock: ## Resolve requirements/*.in anew, with hashes and without addresses
	for name in run dev; do UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links -q requirements/$$name.in -o requirements/$$name.txt; done

machine:
	@scripts/machine

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run: requirements/run.txt pyproject.toml | .venv/bin/python
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

.venv/dev: requirements/dev.txt .venv/run
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@
