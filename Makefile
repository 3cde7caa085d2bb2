# One command equals CI: `make check`. Everything runs in .venv, which is made when it is needed and again when
# pyproject.toml changes. `make` alone lists the commands.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# What `make demo` judges; any submission will do.
DEMO_PROBLEM ?= kmeans
DEMO ?= $(firstword $(sort $(wildcard $(addprefix problems/$(DEMO_PROBLEM)/submissions/accepted/,*.py *.sql))))
# More for pytest, as in: make test ARGS="-m 'not slow' -k kmeans"
ARGS ?=
# Test processes, as in: make test JOBS=2. Tests that measure time then run afterwards, alone.
JOBS ?=

## for everyone

.PHONY: help
help:  ## List the commands
	@awk 'BEGIN { FS = ":.*?## " } /^## / { print "\n" substr($$0, 4) } \
	  /^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: demo
demo: $(VENV)/.installed-run  ## Judge a shipped k-means submission in the embedded sandbox
	@[[ -n "$(DEMO)" ]] || { echo "make: no submission under problems/$(DEMO_PROBLEM)/submissions/accepted/" >&2; exit 1; }
	@echo "==> judge submit $(DEMO_PROBLEM) $(DEMO) --box bubblewrap"
	@$(BIN)/judge submit $(DEMO_PROBLEM) $(DEMO) --box bubblewrap

.PHONY: test
test: $(VENV)/.installed-dev  ## Run the tests: with a docker daemon all of them, else all that need none
ifeq ($(JOBS),)
	$(BIN)/python -m pytest $(ARGS)
else
	$(BIN)/python -m pytest -n $(JOBS) -m "not timing" $(ARGS)
	$(BIN)/python -m pytest -m timing $(ARGS) || [[ $$? == 5 ]]  # 5: none chosen
endif

## for a change

.PHONY: check
check: lint types imports deps dead spelling coverage  ## Everything that CI checks

.PHONY: fmt
fmt: $(VENV)/.installed-dev  ## Format the code and mend what can be mended safely
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

.PHONY: lint
lint: $(VENV)/.installed-dev  ## Style and format (ruff)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

.PHONY: types
types: $(VENV)/.installed-dev  ## Types (mypy --strict)
	$(BIN)/mypy

.PHONY: imports
imports: $(VENV)/.installed-dev  ## Imports point one way (import-linter)
	$(BIN)/lint-imports

.PHONY: deps
deps: $(VENV)/.installed-dev  ## Dependencies declared and used (deptry)
	$(BIN)/deptry judge sandbox problems reference

.PHONY: dead
dead: $(VENV)/.installed-dev  ## Dead code (vulture)
	@# A field that only readers of the JSON use is no dead code; unused local variables are ruff's.
	{ $(BIN)/vulture || [[ $$? == 3 ]]; } | { ! grep -v "unused variable"; }

.PHONY: spelling
spelling: $(VENV)/.installed-dev  ## Spelling (codespell)
	$(BIN)/codespell

.PHONY: coverage
coverage: $(VENV)/.installed-dev  ## The tests, with branch coverage
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest $(ARGS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

.PHONY: bench
bench: $(VENV)/.installed-dev  ## The judge's own performance, and how right its exponents are; wants a quiet machine
	$(BIN)/python bench/performance.py
	$(BIN)/python bench/_page.py
	$(BIN)/python bench/growth.py

.PHONY: stability
stability: $(VENV)/.installed-dev  ## Judge a fixed set again and again, quiet and beside load: hours
	$(BIN)/python bench/stability.py

## for a release

.PHONY: lock
lock: $(VENV)/.installed-dev  ## Pin what the box holds, with hashes: sandbox/requirements.lock
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	  --output-file sandbox/requirements.lock sandbox/requirements.txt

.PHONY: wheel
wheel: $(VENV)/.installed-dev  ## Build the wheel and the source distribution into dist/
	rm -rf dist
	$(BIN)/hatchling build
	@ls -l dist

.PHONY: clean
clean:  ## Remove all that make made, the environment included
	rm -rf $(VENV) build dist htmlcov .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ----------------------------------------------------------------------------- the environment: .installed-run, .installed-dev

# uv trusts the certificates that the machine trusts, as pip does; the second name is for older releases.
export UV_SYSTEM_CERTS ?= true
export UV_NATIVE_TLS ?= true

extras-run :=
extras-dev := [dev]

.PRECIOUS: $(VENV)/.installed-%
$(VENV)/.installed-%: pyproject.toml | $(BIN)/python
	@echo "==> installing ml-judge$(extras-$*) into $(VENV) (about a minute, the first time)"
	@[[ -t 1 ]] && quiet= || quiet=--quiet; \
	if command -v uv >/dev/null; then \
	  uv pip install $$quiet --python $(BIN)/python --editable '.$(extras-$*)'; \
	else \
	  $(BIN)/python -c 'import pip' 2>/dev/null || \
	    { echo "make: uv made $(VENV) and is not on the PATH now: put it back, or run make clean first" >&2; exit 1; }; \
	  $(BIN)/python -m pip --disable-pip-version-check install $$quiet --editable '.$(extras-$*)'; \
	fi
	@touch $@

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "make: there is no $(PYTHON): install Python 3.11 or newer, or name one with PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "make: $(PYTHON) is $$($(PYTHON) --version), but 3.11 or newer is needed: name one with PYTHON=..." >&2; exit 1; }
	@echo "==> creating $(VENV) with $$($(PYTHON) --version)"
	@if command -v uv >/dev/null; then \
	  uv venv --quiet --clear --python "$$(command -v $(PYTHON))" $(VENV); \
	else \
	  $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	    { echo "make: $(PYTHON) cannot make environments: install python3-venv (sudo apt-get install python3-venv)" >&2; exit 1; }; \
	  $(PYTHON) -m venv --clear $(VENV); \
	fi
