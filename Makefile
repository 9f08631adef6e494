# `make demo` and `make test` set themselves up in .venv; any Python from 3.10 on will do.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python3.10; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null && { echo $$python; break; }; done)
VENV := .venv
EXTRAS := .venv-extras
READY := $(VENV)/.setup-done
EXTRAS_READY := $(EXTRAS)/.setup-done
BROWSER_READY := $(VENV)/.browser-setup-done
DOCS_READY := $(VENV)/.docs-setup-done
BENCHMARKS_READY := $(EXTRAS)/.benchmarks-setup-done
BIN := $(VENV)/bin
INSTALL = $(1)/bin/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt
DATA ?= fixtures/
ROWS ?= 3000
TORCH := 2.13.0
SCRATCH := build/bench
MEASURE := PYTHONPATH=. $(EXTRAS)/bin/python -m benchmarks.
SITE := build/site
SARIF := .ci/sarif
SARIF_READY := $(SARIF)/node_modules/.setup-done

.PHONY: help setup hooks demo test snapshots test-extras test-hook test-browser test-sarif lint bench stages docs site picture constraints clean

help:  ## Show this list.
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 14

setup: $(READY)  ## Install contralint and its tools in .venv.

hooks: $(READY)  ## Have git check each commit and push; see .pre-commit-config.yaml.
	$(BIN)/pre-commit install

demo: $(READY)  ## Scan the example datasets in fixtures/.
	$(BIN)/contralint scan fixtures/ --against fixtures/evaluation/ --exit-zero

test: $(READY)  ## Run the tests; needs no torch.
	$(BIN)/python -m pytest -m "not extras and not hook and not browser"

snapshots: $(READY)  ## Write the snapshots of output anew; look at them with git diff.
	$(BIN)/python -m pytest --update-snapshots $(shell grep -l snapshots.check tests/test_*.py)

test-extras: $(EXTRAS_READY)  ## Run the tests of the optional extras, in a venv of their own.
	$(EXTRAS)/bin/python -m pytest -m extras

test-hook: $(READY)  ## Run the tests of the pre-commit hook, which installs this checkout.
	$(BIN)/python -m pytest -m hook

test-browser: $(BROWSER_READY)  ## Open reports in a browser and use them; needs Chromium.
	$(BIN)/python -m pytest -m browser

test-sarif: $(READY) $(SARIF_READY)  ## Check SARIF by Microsoft's validator; needs npm.
	$(BIN)/python -m pytest tests/sarif_validator.py

lint: $(READY)  ## Check style, types and layers.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(BENCHMARKS_READY)  ## Run the small benchmarks, beside the peers, on generated rows: make bench ROWS=3000
	mkdir -p $(SCRATCH)
	$(MEASURE)generate --rows $(ROWS) --conflicts 20 > $(SCRATCH)/rows.jsonl
	$(MEASURE)deduplication $(SCRATCH)/rows.jsonl
	$(MEASURE)profiles $(SCRATCH)/rows.jsonl
	$(MEASURE)near_pairs $(SCRATCH)/rows.jsonl
	$(MEASURE)encoder_speed $(SCRATCH)/rows.jsonl --texts 500
	$(MEASURE)growth --rows $(ROWS)

stages: $(READY)  ## Time the stages of a scan: make stages DATA=folder/
	$(BIN)/contralint scan $(DATA) --exit-zero --statistics --verbose

docs: $(READY)  ## Write the pages and schemas made from rules, commands and settings.
	$(BIN)/python docs/rule_pages.py
	$(BIN)/python docs/reference_pages.py

# Every page anew, since Sphinx warns of the pages that it reads. A page that asks another host for anything is no page.
site: $(DOCS_READY)  ## Build the documentation site in build/site; warnings are errors.
	$(BIN)/python -m sphinx --fail-on-warning --keep-going --fresh-env --quiet \
	  --builder html --doctree-dir build/doctrees docs $(SITE)
	! grep -rnE '<(link|script|img|iframe)[^>]* (href|src)="(https?:)?//' --include='*.html' $(SITE)

picture: $(READY)  ## Draw docs/terminal.svg from the output of a real scan.
	$(BIN)/python docs/terminal_picture.py

constraints: $(READY)  ## Resolve constraints.txt anew, for every Python and platform.
	$(call INSTALL,$(VENV)) uv
	echo "torch==$(TORCH)" > $(VENV)/torch.txt
	{ echo "# Exact versions of all that set-up installs, for every Python and platform: made by \`make constraints\`."; \
	  echo "# Accelerator libraries are left out: torch itself names their versions."; \
	  $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.10 --all-extras --quiet \
	    --constraint $(VENV)/torch.txt --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	    --group benchmarks --group build --group docs --group lint --group test \
	    | grep -Ev '^(nvidia-|cuda-|triton)'; } > $(VENV)/constraints.txt
	mv $(VENV)/constraints.txt constraints.txt

clean:  ## Remove everything that these targets make.
	rm -rf $(VENV) $(EXTRAS) $(SARIF)/node_modules build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "contralint needs Python 3.10 or newer" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(call INSTALL,$(VENV)) editables hatchling pip
	$(call INSTALL,$(VENV)) --no-build-isolation --editable '.[parquet]' --group test --group lint
	touch $@

$(BROWSER_READY): $(READY)
	$(call INSTALL,$(VENV)) --group browser
	touch $@

$(DOCS_READY): $(READY)
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "the site needs Python 3.11 or newer" >&2; exit 1; }
	$(call INSTALL,$(VENV)) --group docs
	touch $@

$(EXTRAS_READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "contralint needs Python 3.10 or newer" >&2; exit 1; }
	$(PYTHON) -m venv $(EXTRAS)
	echo '*' > $(EXTRAS)/.gitignore
	$(call INSTALL,$(EXTRAS)) editables hatchling pip
	$(call INSTALL,$(EXTRAS)) --no-build-isolation --editable '.[bench,hf,llm,parquet,ray,sentence-transformers,training]' --group test
	touch $@

$(BENCHMARKS_READY): $(EXTRAS_READY)
	$(call INSTALL,$(EXTRAS)) --group benchmarks
	touch $@

# The package marks its program executable in a script of its own; none but this one is run.
$(SARIF_READY): $(SARIF)/package.json $(SARIF)/package-lock.json
	@command -v npm >/dev/null || { echo "the validator of SARIF needs npm" >&2; exit 1; }
	npm ci --prefix $(SARIF) --ignore-scripts --no-fund --no-audit
	chmod u+x $(SARIF)/node_modules/@microsoft/sarif-multitool-*/Sarif.Multitool
	touch $@
