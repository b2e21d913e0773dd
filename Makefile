# Two commands matter on a fresh machine: `make demo` and `make test`. `make help` lists all.
# Variables: PYTHON (the interpreter to build on), VENV (where the environment goes), OUT.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV ?= .venv
OUT ?= out
BIN := $(VENV)/bin
RUN := $(VENV)/.installed
FULL := $(VENV)/.installed-test

# The first interpreter that is new enough; asked for only where it is needed.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && \
	{ command -v $$p; break; }; done)

# The package is installed editable, so that the data beside it is read where it stands (the copy of
# the data that the wheel target lays into the environment is not used).
define install
	@test -n "$(PYTHON)" && "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed and was not found; install it, or name it: make $(or $(MAKECMDGOALS),demo) PYTHON=/path/to/python3" >&2; \
		exit 1; }
	@echo "Preparing $(VENV) (once; a few minutes with an empty cache) ..." >&2
	@if command -v uv >/dev/null 2>&1; then \
		{ $(BIN)/python -c '' 2>/dev/null || uv venv --quiet --clear --python "$(PYTHON)" $(VENV); } && \
		uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --build-constraint constraints.txt --editable "$(1)"; \
	else \
		{ $(BIN)/python -m pip --version >/dev/null 2>&1 || "$(PYTHON)" -m venv --clear $(VENV); } && \
		PIP_CONSTRAINT=constraints.txt PIP_DISABLE_PIP_VERSION_CHECK=1 \
		$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable "$(1)"; \
	fi
endef

.PHONY: help
help: ## list all targets
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/\1|\2/' | \
		while IFS='|' read -r name what; do printf '  make %-15s %s\n' "$$name" "$$what"; done

$(RUN): pyproject.toml constraints.txt
	$(call install,.)
	@touch $@

$(FULL): pyproject.toml constraints.txt
	$(call install,.[test])
	@touch $(RUN) $@

.PHONY: demo
demo: $(RUN) ## align the bundled sample draft and show what is covered; files go to out/
	@$(BIN)/nis2-align demo --out $(OUT)

.PHONY: app
app: $(RUN) ## start the app on this machine, for this machine only
	$(BIN)/nis2-align app

.PHONY: test
test: lint ## style, types, floors, then all tests, a process for each core
	$(BIN)/python -m pytest --numprocesses auto --dist loadscope

.PHONY: lint
lint: $(FULL) ## style, types and floors only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: knockouts
knockouts: $(FULL) ## delete and weaken clauses of a real law, report which grades follow
	$(BIN)/python benchmarks/knockouts.py

.PHONY: fit
fit: $(FULL) ## fit the models of grading on the labelled acts, write mappings/weights/grade.yaml
	$(BIN)/python benchmarks/fit.py

.PHONY: accuracy
accuracy: $(FULL) ## measure against the labelled acts, write docs/accuracy.md and docs/accuracy.json
	$(BIN)/python benchmarks/knockouts.py --slice --json docs/knockouts.json
	$(BIN)/python benchmarks/accuracy.py --ablation --knockouts docs/knockouts.json

.PHONY: fuzz
fuzz: $(FULL) ## read 20 000 harmed files, write the figures into docs/reliability.md
	$(BIN)/python -m tests.hostile.fuzz --write docs/reliability.md

.PHONY: reading-cost
reading-cost: $(FULL) ## measure what a process for each file costs, for docs/reliability.md
	$(BIN)/python benchmarks/reading_cost.py --write docs/reliability.md

.PHONY: ingest
ingest: $(FULL) ## measure how PDF files and scans are read, write the figures into docs/performance.md
	$(BIN)/python benchmarks/ingest.py --write docs/performance.md

.PHONY: drafts
drafts: $(FULL) ## measure how provisions are paired across drafts, for docs/comparing.md
	$(BIN)/python benchmarks/drafts.py --write docs/comparing.md

.PHONY: way
way: $(FULL) ## time the way through the app, for docs/performance.md; needs Chromium
	$(BIN)/python benchmarks/way.py --write docs/performance.md

.PHONY: trial
trial: $(FULL) ## time the trial of a clause beside grading all again, for docs/performance.md
	$(BIN)/python benchmarks/trial.py --write docs/performance.md

.PHONY: cli-docs
cli-docs: $(FULL) ## write docs/cli.md from the commands' own help
	$(BIN)/python benchmarks/cli_docs.py

.PHONY: tour
tour: $(FULL) ## take pictures of the app's pages, write docs/tour.md; needs Chromium
	$(BIN)/python -m benchmarks.tour

.PHONY: samples
samples: $(FULL) ## rebuild the sample draft's DOCX and PDF from its text
	$(BIN)/python corpus/samples/build_samples.py

.PHONY: golden
golden: $(FULL) ## rewrite the golden files; read the difference before committing it
	NIS2_ALIGN_GOLDEN=write $(BIN)/python -m pytest tests/golden

.PHONY: schema
schema: $(FULL) ## hold the catalogue and the results against their JSON Schemas
	$(BIN)/python -m pytest tests/unit/catalogue tests/unit/export -k schema

.PHONY: wheel
wheel: $(FULL) ## build the wheel into dist/
	$(BIN)/python -m build --wheel --no-isolation

.PHONY: pins
pins: ## renew constraints.txt from pyproject.toml; needs uv
	@uv=$$(command -v uv || command -v $(BIN)/uv) || { echo "uv is needed to renew the pins: pip install uv" >&2; exit 1; }; \
	{ printf '%s\n' '# Made by `make pins` from pyproject.toml; not edited by hand. Serves uv and pip alike.' && \
	  $$uv pip compile --quiet --upgrade --universal --python-version 3.11 --extra test \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml; \
	} > constraints.new && mv constraints.new constraints.txt

.PHONY: clean
clean: ## remove the environment, caches and everything built
	rm -rf $(VENV) build dist $(OUT) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
