# Two commands matter: `make run` and `make test`. `make help` lists all.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# Most tests wait for no disk where memory can be written to; those that measure time always do.
IN_MEMORY := $(if $(shell test -w /dev/shm && echo yes),PYTEST_DEBUG_TEMPROOT=/dev/shm)

.DEFAULT_GOAL := help
.PHONY: help run story test check install catalogues lock clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(STAMP): requirements-dev.txt pyproject.toml locales/build_hook.py $(wildcard locales/*/LC_MESSAGES/*.po)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

install: $(STAMP) ## make the environment in .venv

run: install ## open a small city on one page, to play every side of a complaint
	$(BIN)/mashang demo

story: install ## print the whole story of a complaint, played by itself
	$(BIN)/mashang demo --story

test: install ## run the tests
	$(IN_MEMORY) $(BIN)/python -m pytest -q -n 2 --dist worksteal -m "not alone"
	$(BIN)/python -m pytest -q -m alone

check: install ## lint, types, floors, catalogues and tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m locales.check
	$(IN_MEMORY) $(BIN)/python -m pytest -q -n 2 --dist worksteal -m "not alone" --cov=complaints --cov-report=term:skip-covered --cov-fail-under=90
	$(BIN)/python -m pytest -q -m alone

catalogues: install ## collect new sentences into the catalogues
	@mkdir -p build
	PYTHONPATH=. $(BIN)/pybabel -q extract --no-default-keywords -k t -k n:1,2 -k p:1c,2 -c NOTE: -F locales/babel.cfg --add-location=file --sort-by-file --project=mashang -o build/mashang.pot .
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 120 -D mashang -i build/mashang.pot -d locales
	-$(BIN)/python -m locales.check

lock: install ## write the locked requirements anew
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile -q --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header -o requirements.txt pyproject.toml
	$(BIN)/pip-compile -q --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --allow-unsafe --extra dev -o requirements-dev.txt pyproject.toml

clean: ## remove the environment and what was built
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
