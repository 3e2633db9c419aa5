# Two commands: `make serve` and `make test`. Each sets up what it needs.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
RIVALS := benchmarks/.tools/rivals

.PHONY: serve test test-long lint format browser postgresql proxies measure bench kills wrk clean lock

serve: $(VENV)/.run
	$(BIN)/sourcebook serve --port $(PORT)

# Each process of the browser's tests has a browser and servers of its own.
test: $(VENV)/.test browser postgresql proxies lint
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --ignore tests/browser
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal tests/browser

# The same with every test in its long form: more examples, more failovers.
test-long: export TEST_LONG = 1
test-long: test

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Bytes, times and scores of the running site; benchmarks/README.md tells how to read them.
measure: $(VENV)/.test browser
	@$(BIN)/python -m benchmarks.measure

# Against others, against its bars, and against an earlier commit: half an hour with nothing else
# running. Part of it: make bench SIZES=six,2500 ONLY=pages BEFORE=778d6df OUTPUT=part.md
bench: $(VENV)/.test $(RIVALS)/.ready wrk
	@$(BIN)/python -m benchmarks.bench $(if $(SIZES),--sizes $(SIZES)) $(if $(ONLY),--only $(ONLY)) \
	    $(if $(ENGINES),--engines $(ENGINES)) $(if $(BEFORE),--before $(BEFORE)) \
	    $(if $(SCOREBOARD),--scoreboard $(SCOREBOARD)) $(if $(OUTPUT),--output $(OUTPUT))

# Loads that are killed at random moments; for sqlite, duckdb or postgresql.
kills: $(VENV)/.test
	@$(BIN)/python -m benchmarks.kills --engine $(or $(ENGINE),sqlite) --kills $(or $(KILLS),200)

wrk:
	@sh scripts/install-package.sh wrk wrk "the benchmarks" "the six companies cannot be measured"

$(RIVALS)/.ready: benchmarks/rivals/requirements.txt
	$(PYTHON) -m venv $(RIVALS)
	$(RIVALS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

# The tests drive Debian's Chromium; where it cannot be installed they skip and say so.
browser:
	@sh scripts/install-package.sh /usr/bin/chromium-headless-shell chromium-headless-shell "the browser tests" "the browser tests will skip"

# The tests start and stop servers of their own; where there is none they skip and say so.
postgresql:
	@sh scripts/install-postgresql.sh

# The tests put those of docs/deploy.md in front of the site; where one is missing they skip and say so.
proxies:
	@sh scripts/install-package.sh /usr/sbin/nginx nginx-light "the tests of proxies" "those of nginx will skip"
	@sh scripts/install-package.sh caddy caddy "the tests of proxies" "those of Caddy will skip"

$(VENV)/.python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Sourcebook needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.python requirements.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# Needs uv. The lock files name versions and hashes, and no address.
lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet -o requirements.txt
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet -c requirements.txt -o requirements-dev.txt
	uv pip compile benchmarks/rivals/requirements.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet -o benchmarks/rivals/requirements.txt

clean:
	rm -rf $(VENV) benchmarks/.tools .mypy_cache .ruff_cache .pytest_cache .hypothesis sourcebook.egg-info
	@git worktree prune 2>/dev/null || true
