# Dateline's recipes. `make` lists them; each sets up what it needs and is quick the second time.
# Only Python 3.11+, make and a package index are needed.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo run serve test test-unit test-integration test-prefect check format lint types imports lock golden quality tables bench bench-lake bench-parts test-postgres test-browser fuzz soak clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
HOME_FOLDER ?= $(if $(DATELINE_HOME),$(DATELINE_HOME),$(CURDIR)/data)
CODE := flows tasks tests deploy

help: ## list the recipes
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## make .venv with all that is needed; afterwards .venv/bin/dateline is ready

# The lock is complete, so nothing is resolved (--no-deps): pip would refuse a hashed lock for the extra in
# `sqlalchemy[asyncio]` otherwise. uv installs it some ten times faster than pip (measured), so it comes first, by the
# lock like the rest; where it cannot reach the index that pip is set up for, pip does the work.
INSTALL := install --quiet --no-deps --require-hashes -r requirements.lock
# What a pass and Prefect's server load is compiled here, so that no start does it: without bytecode the server took 12 s
# of CPU to start in place of 6 (measured). Images that forbid Python to write bytecode mean their own, not this.
SITE := $(VENV)/lib/python3*/site-packages
LOADED := alembic aiosqlite cyclopts docket mako prefect/server/database requests uvicorn
WARM := import prefect.server.api.server, trafilatura, flows.monitor, tasks.catalog.recall; tasks.catalog.recall.recall_catalog()
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dateline needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Give another with `make setup PYTHON=python3.12`.")'
	@echo "Setting up $(VENV) (once) ..."
	@[ -x $(BIN)/pip ] || $(PYTHON) -m venv $(VENV)
	@awk '/^uv==/ {on = 1} on {print} on && !/\\$$/ {exit}' requirements.lock > $(VENV)/uv.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $(VENV)/uv.txt
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip $(INSTALL) 2> $(VENV)/uv.log || $(BIN)/pip --disable-pip-version-check $(INSTALL)
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q -j 0 $(addprefix $(SITE)/,$(LOADED))
	@$(BIN)/python -m compileall -q flows tasks
	@env -u PYTHONDONTWRITEBYTECODE PREFECT_HOME=$(VENV)/prefect $(BIN)/python -c '$(WARM)' && touch $@

demo: $(READY) ## the main job against the bundled sample wire, in two polls (a home of its own: ./data-demo)
	@$(BIN)/dateline demo

run: $(READY) ## one pass over the real wires that are due
	@$(BIN)/dateline run

serve: $(READY) ## Prefect with the schedules, until Ctrl-C
	@$(BIN)/dateline serve --home "$(HOME_FOLDER)"

# Three runs: what Prefect leaves to the garbage collector must not fall into another test.
# Workers for the first two, as many as there are cores up to four; one that is free takes tests from one that is not.
# AGAIN=1 runs only what failed last, one after the other; each suite remembers its own, since CI runs some at a time.
AGAIN :=
SUITE = -o cache_dir=.pytest_cache/$@ $(if $(AGAIN),--last-failed)
WORKERS = $(SUITE) $(if $(AGAIN),,-n auto --maxprocesses 4 --dist worksteal)
test: test-unit test-integration test-prefect ## all tests that need nothing but this checkout

test-unit: $(READY) ## the pure parts, the goldens, the house
	@$(BIN)/pytest $(WORKERS) tests/unit tests/golden tests/test_house.py

test-integration: $(READY) ## whole passes over a real lake, loopback wires, killed processes
	@$(BIN)/pytest $(WORKERS) --durations=20 tests/integration

test-prefect: $(READY) ## flows and schedules on a real Prefect server
	@$(BIN)/pytest $(SUITE) tests/prefect

check: format lint types imports ## formatting, lint, types, import directions

format: $(READY) ## is the code formatted? (`make format FIX=1` formats it)
	@$(BIN)/ruff format $(if $(FIX),,--check) --quiet $(CODE) && echo "format: ok"

lint: $(READY) ## ruff (`make lint FIX=1` mends what it can)
	@$(BIN)/ruff check $(if $(FIX),--fix,) --quiet $(CODE) && echo "lint: ok"

types: $(READY) ## mypy, strict
	@$(BIN)/mypy && $(BIN)/mypy deploy/apply_automations.py

imports: $(READY) ## import-linter: which layer may import which
	@$(BIN)/lint-imports

lock: $(READY) ## resolve requirements.lock anew within the bounds of pyproject.toml
	@$(BIN)/uv pip compile --quiet pyproject.toml --extra dev --universal --generate-hashes --no-header --no-annotate \
	  $(if $(UPGRADE),--upgrade,) -o requirements.lock && ! grep -n '://' requirements.lock

golden: $(READY) ## read the golden stories again and rewrite their readings; look at the diff before you commit it
	@$(BIN)/python -m tests.golden.rewrite

quality: $(READY) ## how good topics and readings are: recall, false alarms, precision, speed, each with its goal
	@$(BIN)/python -m tests.quality

tables: $(READY) ## build countries.csv and leaders.csv from their public sources
	@$(BIN)/python deploy/tables/build_tables.py

# The peers that the bench compares with have an environment of their own. What cannot be had is left out, and told.
PEERS := .venv-bench
$(PEERS)/.ready: tests/bench/requirements.txt $(READY)
	@echo "Setting up $(PEERS), for the peers of the bench (once) ..."
	@$(PYTHON) -m venv $(PEERS)
	@VIRTUAL_ENV=$(PEERS) $(BIN)/uv pip install --quiet --no-deps -r $< 2> $(PEERS)/uv.log \
	  || $(PEERS)/bin/pip install --quiet --disable-pip-version-check --no-deps -r $< \
	  || echo "The peers could not be installed (see $(PEERS)/uv.log): the bench goes on without them."
	@touch $@

bench: $(READY) $(PEERS)/.ready ## extraction beside its peers, on the same pages in one run (a quarter of an hour; PAGES=40 for a look)
	@$(BIN)/python -m tests.bench.extraction $(if $(PAGES),--pages $(PAGES) --rounds 1)

bench-lake: $(READY) ## the lake at 1,000,000 articles, built anew (half an hour, 8 GB; ARTICLES=200000 for a look, KEEP=FOLDER keeps it)
	@$(BIN)/python -m tests.bench.million $(or $(ARTICLES),1000000) $(KEEP)

bench-parts: $(READY) ## the other benches: polls, faults, gaps, the lake ... (minutes)
	@for file in $(filter-out $(addprefix tests/bench/,extraction.py million.py lake_pass.py),$(wildcard tests/bench/*.py)); do \
	  echo "== $$file"; $(BIN)/python -m "$$(echo $${file%.py} | tr / .)" || exit 1; done

fuzz: $(READY) ## real feeds mutated, 10,000 of them: nothing raised, none slow, one bad entry costs no other (minutes; CASES=, SEED=)
	@$(BIN)/python -m tests.fuzz_feeds $(or $(CASES),10000) $(or $(SEED),1)

soak: $(READY) ## kill -9 a hundred passes over 5,000 items, a hundred that deliver, a hundred writes and upkeeps; edits and noise (an hour)
	@$(BIN)/python -m tests.soak.kills && $(BIN)/python -m tests.soak.deliveries && $(BIN)/python -m tests.soak.versions
	@$(BIN)/python -m tests.soak.upkeeps && $(BIN)/python -m tests.soak.beside

# Both servers are on loopback and gone afterwards. DATELINE_TEST_LAKE: the files of tests/integration that
# tests/lake_profile.py lists run here once more, each home with a database and a prefix of its own.
test-postgres: $(READY) ## the lake's tests with its metadata in Postgres and its files in S3 (needs Debian's postgresql, or DATELINE_TEST_POSTGRES)
	@DATELINE_TEST_LAKE=postgres+s3 bash tests/postgres/with_postgres.sh $(BIN)/python -m tests.postgres.with_s3 \
	  $(BIN)/pytest $(WORKERS) tests/postgres tests/integration

test-browser: $(READY) ## a run's page and the published page in Chromium (needs Debian's chromium; skipped where there is none)
	@$(BIN)/pytest $(SUITE) tests/browser

clean: ## remove the environments and the demo's home (never ./data)
	@rm -rf $(VENV) $(PEERS) data-demo
