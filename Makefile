# Two commands matter: `make run` and `make test`. `make help` lists all.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# What running needs, and what tests and checks need besides.
RUNNING := $(VENV)/.installed
DEVELOPING := $(VENV)/.installed-dev
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Exactly what is locked, and nothing resolved: no later release changes what is installed.
LOCKED := --no-deps --require-hashes
# Most tests wait for no disk where memory can be written to; those that measure time always do.
IN_MEMORY := $(if $(shell test -w /dev/shm && echo yes),PYTEST_DEBUG_TEMPROOT=/dev/shm)

SOAK = PYTHONPATH=.:tests:tests/soak $(BIN)/python tests/soak
SEEDED = $(if $(SEED),--seed $(SEED))
# uv writes the locks, for every system and Python at once; it installs nothing. No address gets into them.
UV := build/uv/bin
LOCK := $(UV)/uv --no-config pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras \
	--no-header --no-emit-index-url --no-emit-find-links --annotation-style line $(if $(UPGRADE),--upgrade)
# The files whose tests measure time; the others needn't be read to find none there.
ALONE := $(shell grep -rl --include='test_*.py' 'mark.alone' tests)
# What `make check` also plays on PostgreSQL; `make postgres` plays more.
ON_POSTGRES := $(addprefix tests/reliability/test_,faults_of_updates.py left_behind.py) \
	tests/stories/packs/test_story.py tests/stories/company/test_expiring.py tests/storage/test_work.py

# What `make check` runs, how often what is left to chance, and how much of the rules must be run by it. After `make test`
# the tests that it left out are enough: CHECKED="not alone and (thorough or covered)" COVERAGE=
CHECKED ?= not alone
CHECKS ?= MATRIX=500 KILLS=12 RACES=150
COVERAGE ?= --cov=complaints --cov-report=term:skip-covered --cov-fail-under=90

.DEFAULT_GOAL := help
.PHONY: help run story test train evaluate check matrix postgres soak poison races storm bench bench-quick growth install develop wheel catalogues lock clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(RUNNING): requirements.txt requirements-build.txt pyproject.toml locales/build_hook.py $(wildcard locales/*/LC_MESSAGES/*.po)
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet $(LOCKED) -r requirements.txt -r requirements-build.txt
	$(PIP) install --quiet --no-build-isolation --no-deps -e .
	$(PIP) check
	@touch $@

$(DEVELOPING): $(RUNNING) requirements-dev.txt
	$(PIP) install --quiet $(LOCKED) -r requirements-dev.txt
	$(PIP) check
	@touch $@

postgres: develop ## play more of the tests on PostgreSQL (minutes)
	$(IN_MEMORY) ENGINE=postgresql $(BIN)/python -m pytest -q -n 3 --dist loadfile -m "not alone and not thorough" tests/reliability tests/storage/test_work.py tests/stories/packs/test_story.py $(addprefix tests/stories/company/test_,expiring.py answering.py) tests/stories/officer/test_topics.py

soak: develop ## kill the bot again and again: KILLS=1000 SECONDS=60 SEED=7 ENGINE=postgresql MESS=--mess HOOK=--webhook
	$(SOAK) --kills $(or $(KILLS),100) --seconds $(or $(SECONDS),0) --engine $(or $(ENGINE),sqlite) $(MESS) $(HOOK) $(SEEDED)

poison: develop ## feed updates that nobody expects: UPDATES=100000 SEED=7
	$(SOAK) --poison $(or $(UPDATES),100000) $(SEEDED)

bench: develop ## measure the running bot from outside, beside references (10 minutes): docs/performance.md
	@mkdir -p build
	$(BIN)/python -m benchmarks --json build/benchmarks.json

growth: develop ## what takes longer with many stored cases than with few: CASES=200000 (docs/performance.md)
	$(BIN)/python -m benchmarks --growth $(or $(CASES),200000)

bench-quick: develop ## the same with little of everything: that it works
	$(BIN)/python -m benchmarks --quick

storm: develop ## let hundreds of deadlines end at once, under Telegram's limits
	$(IN_MEMORY) STORM=1 $(BIN)/python -m pytest -q -s tests/reliability/test_batching.py

install: $(RUNNING) ## make the environment in .venv, with what running needs

develop: $(DEVELOPING) ## add what tests and checks need

wheel: install ## build the wheel into dist/
	$(PIP) wheel --quiet --no-build-isolation --no-deps --wheel-dir dist .

run: install ## open a small city on one page, to play every side of a complaint
	$(BIN)/mashang demo

story: install ## print the story of a complaint, played by itself, in sixty lines; all of it: WHOLE=yes
	$(BIN)/mashang demo --story $(if $(WHOLE),--whole)

test: develop ## run the tests, but for those that `make check` runs besides
	$(IN_MEMORY) $(BIN)/python -m pytest -q -n 2 --dist loadfile -m "not alone and not thorough and not covered"
	$(BIN)/python -m pytest -q -m "alone and not thorough" $(ALONE)

check: develop ## lint, types, floors, catalogues and every test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m locales.check
	$(IN_MEMORY) $(CHECKS) $(BIN)/python -m pytest -q -n 3 --dist loadfile -m "$(CHECKED)" $(COVERAGE)
	$(IN_MEMORY) ENGINE=postgresql $(BIN)/python -m pytest -q -n 3 --dist loadfile -m "not alone and not thorough" $(ON_POSTGRES)
	$(BIN)/python -m pytest -q -m alone $(ALONE)

train: develop ## learn anew what people's words mean, after a change in complaints/catalogue/examples
	$(BIN)/python -m complaints.training.train

evaluate: develop ## say how well sentences are understood that were held out of the learning
	$(BIN)/python -m complaints.training.evaluate

matrix: develop ## press every cell of the matrix of rights (minutes)
	$(IN_MEMORY) MATRIX=all $(BIN)/python -m pytest -q tests/stories/officer/test_rights.py

races: develop ## race 10,000 answers against their expiries, to the millisecond (minutes)
	$(IN_MEMORY) RACES=$(or $(RACES),10000) $(BIN)/python -m pytest -q -s tests/reliability/test_races.py

catalogues: develop ## collect new sentences into the catalogues
	@mkdir -p build
	PYTHONPATH=. $(BIN)/pybabel -q extract --no-default-keywords -k t -k n:1,2 -k p:1c,2 -c NOTE: -F locales/babel.cfg --add-location=file --sort-by-file --project=mashang -o build/mashang.pot .
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 120 -D mashang -i build/mashang.pot -d locales
	-$(BIN)/python -m locales.check

lock: ## write the locks anew; UPGRADE=yes takes the newest releases
	@test -x $(UV)/uv || { $(PYTHON) -m venv build/uv && $(UV)/python -m pip install --quiet --disable-pip-version-check uv; }
	$(LOCK) -o requirements.txt pyproject.toml
	$(LOCK) -o requirements-build.txt -c requirements.txt --group build
	$(LOCK) -o requirements-dev.txt -c requirements.txt -c requirements-build.txt pyproject.toml --group dev

clean: ## remove the environment and what was built
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
