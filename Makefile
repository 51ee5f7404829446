# Two commands do everything on a machine with Python >= 3.11, pip, venv and make:
#   make bench   sets up .venv, runs every shipped baseline over the corpus and prints the score table
#   make test    sets up .venv and runs the tests
PYTHON ?= python3
VENV ?= .venv
# The lock file to install: requirements/$(LOCK).txt. It lists everything, so that nothing is left to resolve.
LOCK ?= dev
BIN := $(VENV)/bin

.PHONY: setup bench test test-all test-libraries test-citation test-oldest check generated readme-picture clean

setup: $(VENV)/.done

$(VENV)/.done: requirements/$(LOCK).txt pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(0 if sys.version_info >= (3, 11) else 'goldassay needs Python 3.11 or newer')"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/$(LOCK).txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

bench: setup
	$(BIN)/python -m goldassay bench --out runs/bench

test: setup
	$(BIN)/python -m pytest -n 2 --dist worksteal

# Everything `make test` runs, with the extra `all`, in an environment of its own.
test-all:
	$(MAKE) test VENV=.venv-all LOCK=all

# The libraries of other formats and the harnesses, which cannot live beside the baselines.
test-libraries:
	$(MAKE) setup VENV=.venv-libraries LOCK=libraries
	.venv-libraries/bin/python -m pytest -n 2 tests/harness tests/formats/test_*_libraries.py

# CITATION.cff by the library of its format, which wants an older jsonschema than all others.
test-citation:
	$(MAKE) setup VENV=.venv-citation LOCK=citation
	.venv-citation/bin/python -m pytest tests/hub/test_citation_*.py

# Formats, hub and corpus on the oldest versions that pyproject.toml allows.
test-oldest:
	$(MAKE) setup VENV=.venv-oldest LOCK=oldest
	.venv-oldest/bin/python -m pytest -n 2 tests/formats tests/hub tests/corpus

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/goldassay check
	$(BIN)/goldassay build --check

generated: setup
	$(BIN)/goldassay build

# docs/images/report.png; needs Chromium and chromedriver.
readme-picture: setup
	$(BIN)/python docs/images/draw_report.py

clean:
	rm -rf $(VENV) .venv-* runs
