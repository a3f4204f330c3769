# Set-up and the jobs of every day. Needs git, make and Python 3.10 or newer.

PYTHON ?= python3
DEST ?= build/plan
DESIGN ?= $(firstword $(wildcard $(DEST)/sources/*/DESIGN.md))
COUNT ?= 1000
LOCK ?= requirements-lock.txt
LONG := test_earlier_commits.py test_plans_of_the_first_edition.py test_histories.py test_public_situations.py
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)

.PHONY: plan draft show test lint reference backtest lowest bench bench-smoke soak golden lock docs clean

plan: $(VENV)/.ready  ## Run the session: asks in a terminal, or takes PLAN=examples/….yml
	@$(BIN)/python scripts/run_plan.py "$(PLAN)" "$(DEST)"

draft: $(VENV)/.ready  ## Draft a plan from descriptions: FROM="openapi.yaml …" CONNECTOR=acme
	@$(BIN)/python scripts/draft_plan.py $(FROM) $(if $(CONNECTOR),--connector "$(CONNECTOR)") $(if $(TOP),--top $(TOP))

show: $(VENV)/.ready build/show/node_modules  ## DESIGN=….md as one HTML page that stands alone
	@$(BIN)/python scripts/render_design.py "$(DESIGN)" build/show/plan.html \
		--mermaid build/show/node_modules/mermaid/dist/mermaid.min.js

build/show/node_modules:
	npm install --silent --no-audit --no-fund --prefix build/show mermaid@11

test: $(VENV)/.ready  ## The tests
	$(BIN)/python -m pytest -q

lint: $(VENV)/.ready  ## Lints and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PYTHONPATH=extensions $(BIN)/lint-imports --no-cache

golden: $(VENV)/.ready  ## Regenerate the checked-in output of the examples; review the diff
	$(BIN)/python scripts/write_golden.py

bench: $(VENV)/.ready  ## Measure a session beside a blank template; OTHER=path/to/template adds one
	$(BIN)/python benchmarks/run.py $(if $(OTHER),--other "$(OTHER)")

bench-smoke: $(VENV)/.ready  ## Check that the benchmark works, not how fast anything is
	$(BIN)/python benchmarks/run.py --smoke

$(VENV)/.ready: $(LOCK)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet -r $(LOCK)
	@touch $@

lock:  ## Pin the newest versions of what the tests and checks need, for each Python
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet uv
	build/lock/bin/uv pip compile --quiet --universal --upgrade --python-version 3.10 \
		--no-annotate --custom-compile-command "make lock" requirements-dev.txt -o requirements-lock.txt

reference: $(VENV)/.ready  ## Regenerate what is written from the code: docs, schema, Cookiecutter front
	$(BIN)/python scripts/write_reference.py

backtest: $(VENV)/.ready  ## Hold the risks against what really went wrong in other connectors
	$(BIN)/python scripts/run_backtest.py

lowest: BIN := $(subst $(VENV),build/lowest,$(BIN))
lowest:  ## The sessions and updates once more, with the lowest versions that are promised
	$(PYTHON) -m venv build/lowest
	$(BIN)/python -m pip install --quiet -r requirements-lowest.txt
	$(BIN)/python -m pytest -q tests/test_golden.py tests/update $(addprefix --ignore=tests/update/,$(LONG))

soak: $(VENV)/.ready  ## Many random histories of a plan; resumable, COUNT=1000 says how many
	$(BIN)/python scripts/run_soak.py --count $(COUNT)

docs: $(VENV)/.ready  ## Build the documentation site, strictly
	$(BIN)/python -m pip install --quiet -r requirements-docs.txt
	$(BIN)/zensical build --strict

clean:  ## Remove what was built
	rm -rf $(VENV) build
