# Every target sets itself up; nothing but python3 (3.11 or later, with venv) and make is needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.set-up

.PHONY: help report test test-all coverage check lab notebooks bench clean lock
.DEFAULT_GOAL := help

help:
	@echo "make report     set up and write reports/"
	@echo "make test       set up and run the tests"
	@echo "make test-all   the tests and the slow sweeps"
	@echo "make coverage   the tests, and which lines and branches of analysis/ they run, in every process"
	@echo "make check      style, types, data"
	@echo "make lab        open JupyterLab on the notebooks"
	@echo "make notebooks  run the notebooks again and store their outputs"
	@echo "make bench      measure, and print the figures of docs/performance.md"

# Set-up runs again only when the lock or the project file has changed.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$$($(PYTHON) --version): Python 3.11 or later is needed. Name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "python3 has no venv module. On Debian: apt-get install python3-venv"; exit 2; }
	@echo "setting up $(VENV) (once, a minute or two)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m compileall -q $(VENV)/lib analysis >/dev/null || true
	@$(BIN)/python -c 'from analysis.reports.page import vega_bundle; vega_bundle()'
	@touch $(STAMP)

report: $(STAMP)
	@$(BIN)/deals report

test: $(STAMP)
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

test-all: $(STAMP)
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --run-slow

coverage: $(STAMP)
	@$(BIN)/python -m tests.trust.covered

check: $(STAMP)
	@$(BIN)/ruff check analysis tests benchmarks
	@$(BIN)/ruff format --check analysis tests benchmarks
	@$(BIN)/mypy
	@$(BIN)/deals check

lab: $(STAMP)
	@$(BIN)/deals lab

notebooks: $(STAMP)
	@$(BIN)/deals notebooks

bench: $(STAMP)
	@$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) reports .pytest_cache .mypy_cache .ruff_cache

# The lock holds hashes and no address; `uv` is needed only to make it anew.
lock:
	uv pip compile pyproject.toml --extra memo --extra read --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate --upgrade -o requirements.lock
