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
MATRIX_READY := $(VENV)/.matrix-setup-done
RELEASE := .venv-release
RELEASE_READY := $(RELEASE)/.setup-done
BIN := $(VENV)/bin
PIP_INSTALL = $(1)/bin/python -m pip install -qq --disable-pip-version-check
INSTALL = $(PIP_INSTALL) --constraint constraints.txt
# Hashes are asked of every file that is installed, so dependencies of dependencies must be in the list as well.
LOCKED = $(PIP_INSTALL) --no-deps --require-hashes --requirement requirements/$(2).txt
PROJECT = $(PIP_INSTALL) --no-deps --no-build-isolation --editable .
GROUPS := benchmarks browser build docs lint matrix release test
RESOLVE = $(BIN)/uv pip compile --quiet --universal --python-version 3.10 --no-header --no-annotate
RESOLVED := $(VENV)/resolved.txt
WITHOUT = awk '/^[^ ]/ {kept = !/^($(1))/} kept' $(RESOLVED)
define LOCK
	$(RESOLVE) $(2) --constraint constraints.txt --generate-hashes > $(RESOLVED)
	{ echo "# The versions of constraints.txt with hashes: made by \`make constraints\`."; \
	  $(call WITHOUT,nvidia-|cuda-|triton|torch=); } > requirements/$(1).txt
endef
OFFLINE := tests/loopback.py
DATA ?= fixtures/
ROWS ?= 3000
MINUTES ?= 30
TORCH := 2.13.0
SCRATCH := build/bench
SECONDS ?= 3600
KILLS ?= 200
MEASURE := PYTHONPATH=. $(EXTRAS)/bin/python -m benchmarks.
SITE := build/site
SARIF := .ci/sarif
SARIF_READY := $(SARIF)/node_modules/.setup-done

.PHONY: help setup hooks demo test snapshots test-extras test-hook test-wheel test-browser test-sarif test-matrix fuzz lint bench soak stages docs site pictures constraints audit wheel sbom clean

help:  ## Show this list.
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 14

setup: $(READY)  ## Install contralint and its tools in .venv.

hooks: $(READY)  ## Have git check each commit and push; see .pre-commit-config.yaml.
	$(BIN)/pre-commit install

demo: $(READY)  ## Scan the example datasets in fixtures/.
	$(BIN)/contralint scan fixtures/ --against fixtures/evaluation/ --exit-zero

test: $(READY)  ## Run the tests; needs no torch.
	$(BIN)/python $(OFFLINE) $(BIN)/python -m pytest -m "not extras and not hook and not browser and not wheel"

snapshots: $(READY)  ## Write the snapshots of output anew; look at them with git diff.
	$(BIN)/python -m pytest --update-snapshots $(shell grep -l snapshots.check tests/test_*.py)

test-extras: $(EXTRAS_READY)  ## Run the tests of the optional extras, in a venv of their own.
	$(EXTRAS)/bin/python $(OFFLINE) $(EXTRAS)/bin/python -m pytest -m extras

test-hook: $(READY)  ## Run the tests of the pre-commit hook, which installs this checkout.
	$(BIN)/python -m pytest -m hook

test-wheel: $(READY)  ## Build the wheel twice, compare, install it by hash in a new environment and run it.
	$(BIN)/python -m pytest -m wheel

test-browser: $(BROWSER_READY)  ## Open reports in a browser and use them; needs Chromium.
	$(BIN)/python -m pytest -m browser

test-sarif: $(READY) $(SARIF_READY)  ## Check SARIF by Microsoft's validator; needs npm.
	$(BIN)/python -m pytest tests/sarif_validator.py

test-matrix: $(MATRIX_READY)  ## Run the tests on every Python found, locked and oldest: make test-matrix TESTS=tests/test_cli_scan.py
	$(BIN)/nox $(if $(TESTS),-- $(TESTS))

fuzz: $(READY)  ## Try hostile inputs on all that reads any; keep what fails: make fuzz MINUTES=30
	PYTHONPATH=tests $(BIN)/python -m fuzz --minutes $(MINUTES)

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

soak: $(READY)  ## Watch changing data for an hour, and kill hundreds of runs: make soak SECONDS=3600 KILLS=200
	PYTHONPATH=. $(BIN)/python -m benchmarks.soak --seconds $(SECONDS)
	rm -rf build/soak && mkdir -p build/soak
	PYTHONPATH=.:tests $(BIN)/python tests/killed_cache.py build/soak $(KILLS)
	PYTHONPATH=.:tests $(BIN)/python tests/killed_review.py build/soak $(KILLS)
	PYTHONPATH=.:tests $(BIN)/python tests/killed_runs.py build/soak $(KILLS)

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

pictures: $(BROWSER_READY)  ## Draw docs/pictures/ from real output, and a real review in Chromium.
	$(BIN)/python docs/loop_pictures.py

constraints: $(MATRIX_READY)  ## Resolve constraints.txt and requirements/ anew, for every Python and platform.
	echo "torch==$(TORCH)" > $(VENV)/torch.txt
	$(RESOLVE) pyproject.toml --constraint $(VENV)/torch.txt --all-extras $(GROUPS:%=--group %) > $(RESOLVED)
	{ echo "# Exact versions of all that set-up installs, for every Python and platform: made by \`make constraints\`."; \
	  echo "# With hashes: requirements/. Accelerator libraries are left out: torch itself names their versions."; \
	  $(call WITHOUT,nvidia-|cuda-|triton); } > constraints.txt
	$(call LOCK,run,pyproject.toml --extra parquet)
	$(call LOCK,build,--group build)
	$(call LOCK,develop,pyproject.toml --extra parquet --group build --group lint --group test)
	$(call LOCK,extras,pyproject.toml --all-extras --group build --group test)
	$(call LOCK,release,--group build --group release)

audit: $(RELEASE_READY)  ## Look up known vulnerabilities of everything that set-up installs; needs their index.
	$(RELEASE)/bin/pip-audit --strict --disable-pip --no-deps --requirement constraints.txt

wheel: $(RELEASE_READY)  ## Build the wheel and the sources in dist/, the same to the last byte wherever they are built.
	$(RELEASE)/bin/hatchling build --directory dist

sbom: wheel  ## Write beside the wheel what it is made of and needs, as CycloneDX.
	$(PYTHON) -m venv --clear --without-pip build/sbom
	$(RELEASE)/bin/python -m pip --python build/sbom/bin/python install -qq --no-deps --require-hashes --requirement requirements/run.txt
	$(RELEASE)/bin/python -m pip --python build/sbom/bin/python install -qq --no-deps dist/*.whl
	$(RELEASE)/bin/cyclonedx-py environment build/sbom/bin/python --pyproject pyproject.toml --output-reproducible \
	  --spec-version 1.6 --output-file dist/contralint.cdx.json

clean:  ## Remove everything that these targets make.
	rm -rf $(VENV) $(EXTRAS) $(RELEASE) .nox $(SARIF)/node_modules build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): pyproject.toml requirements/develop.txt
	@test -n "$(PYTHON)" || { echo "contralint needs Python 3.10 or newer" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(call LOCKED,$(VENV),develop)
	$(call PROJECT,$(VENV))
	touch $@

$(BROWSER_READY): $(READY)
	$(call INSTALL,$(VENV)) --group browser
	touch $@

$(DOCS_READY): $(READY)
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "the site needs Python 3.11 or newer" >&2; exit 1; }
	$(call INSTALL,$(VENV)) --group docs
	touch $@

$(EXTRAS_READY): pyproject.toml constraints.txt requirements/extras.txt
	@test -n "$(PYTHON)" || { echo "contralint needs Python 3.10 or newer" >&2; exit 1; }
	$(PYTHON) -m venv $(EXTRAS)
	echo '*' > $(EXTRAS)/.gitignore
	$(call LOCKED,$(EXTRAS),extras)
	$(call INSTALL,$(EXTRAS)) torch
	$(call PROJECT,$(EXTRAS))
	touch $@

$(MATRIX_READY): $(READY)
	$(call INSTALL,$(VENV)) --group matrix
	touch $@

$(RELEASE_READY): requirements/release.txt
	@test -n "$(PYTHON)" || { echo "contralint needs Python 3.10 or newer" >&2; exit 1; }
	$(PYTHON) -m venv $(RELEASE)
	echo '*' > $(RELEASE)/.gitignore
	$(call LOCKED,$(RELEASE),release)
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
