# Two commands matter: `make run` and `make test`. `make help` lists all.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# Most tests wait for no disk where memory can be written to; those that measure time always do.
IN_MEMORY := $(if $(shell test -w /dev/shm && echo yes),PYTEST_DEBUG_TEMPROOT=/dev/shm)

SOAK = PYTHONPATH=.:tests:tests/soak $(BIN)/python tests/soak
SEEDED = $(if $(SEED),--seed $(SEED))
# No address of ours gets into what is locked.
LOCKED = $(BIN)/pip-compile -q --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header
# What `make check` also plays on PostgreSQL; `make postgres` plays more.
ON_POSTGRES := $(addprefix tests/reliability/test_,faults_of_updates.py left_behind.py) \
	$(addprefix tests/stories/test_,story.py expiring.py) tests/storage/test_work.py

.DEFAULT_GOAL := help
.PHONY: help run story test check matrix postgres soak poison races storm install catalogues lock clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(STAMP): requirements-dev.txt pyproject.toml locales/build_hook.py $(wildcard locales/*/LC_MESSAGES/*.po)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

postgres: install ## play more of the tests on PostgreSQL (minutes)
	$(IN_MEMORY) ENGINE=postgresql $(BIN)/python -m pytest -q -n 3 --dist worksteal -m "not alone and not thorough" tests/reliability tests/storage/test_work.py $(addprefix tests/stories/test_,story.py expiring.py answering.py topics.py)

soak: install ## kill the bot again and again: KILLS=1000 SECONDS=60 SEED=7 ENGINE=postgresql MESS=--mess HOOK=--webhook
	$(SOAK) --kills $(or $(KILLS),100) --seconds $(or $(SECONDS),0) --engine $(or $(ENGINE),sqlite) $(MESS) $(HOOK) $(SEEDED)

poison: install ## feed updates that nobody expects: UPDATES=100000 SEED=7
	$(SOAK) --poison $(or $(UPDATES),100000) $(SEEDED)

storm: install ## let hundreds of deadlines end at once, under Telegram's limits
	$(IN_MEMORY) STORM=1 $(BIN)/python -m pytest -q -s tests/reliability/test_digests.py

install: $(STAMP) ## make the environment in .venv

run: install ## open a small city on one page, to play every side of a complaint
	$(BIN)/mashang demo

story: install ## print the whole story of a complaint, played by itself
	$(BIN)/mashang demo --story

test: install ## run the tests, but for the slowest, which `make check` runs
	$(IN_MEMORY) $(BIN)/python -m pytest -q -n 3 --dist worksteal -m "not alone and not thorough"
	$(BIN)/python -m pytest -q -m "alone and not thorough"

check: install ## lint, types, floors, catalogues and every test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m locales.check
	$(IN_MEMORY) MATRIX=500 KILLS=12 RACES=150 $(BIN)/python -m pytest -q -n 3 --dist worksteal -m "not alone" --cov=complaints --cov-report=term:skip-covered --cov-fail-under=90
	$(IN_MEMORY) ENGINE=postgresql $(BIN)/python -m pytest -q -n 3 --dist worksteal -m "not alone and not thorough" $(ON_POSTGRES)
	$(BIN)/python -m pytest -q -m alone

matrix: install ## press every cell of the matrix of rights (minutes)
	$(IN_MEMORY) MATRIX=all $(BIN)/python -m pytest -q tests/stories/test_rights.py

races: install ## race 10,000 answers against their expiries, to the millisecond (minutes)
	$(IN_MEMORY) RACES=$(or $(RACES),10000) $(BIN)/python -m pytest -q -s tests/reliability/test_races.py

catalogues: install ## collect new sentences into the catalogues
	@mkdir -p build
	PYTHONPATH=. $(BIN)/pybabel -q extract --no-default-keywords -k t -k n:1,2 -k p:1c,2 -c NOTE: -F locales/babel.cfg --add-location=file --sort-by-file --project=mashang -o build/mashang.pot .
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 120 -D mashang -i build/mashang.pot -d locales
	-$(BIN)/python -m locales.check

lock: install ## write the locked requirements anew
	$(BIN)/python -m pip install --quiet pip-tools
	$(LOCKED) -o requirements.txt pyproject.toml
	$(LOCKED) --allow-unsafe --extra dev -o requirements-dev.txt pyproject.toml

clean: ## remove the environment and what was built
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
