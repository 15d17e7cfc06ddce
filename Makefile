# Every command of the project; `make help` lists them. Each one sets up what it needs.

MODEL ?=
ARGS ?=
DATA ?=
PORT ?= 8000
STUDY ?= studies/zoo
BENCH_JSON ?=

PY := .venv/bin/python
NODE_AT_LEAST := 20.19

# A stamp is named after the checksum of what it stands for, so that file times decide nothing.
key = $(shell { pwd; cat $(1); } 2>/dev/null | cksum | cut -d ' ' -f 1)
PY_READY := .venv/.ready-$(call key,requirements/lock.txt requirements/lock-nodeps.txt setup.cfg)
WEB_READY := web/node_modules/.ready-$(call key,web/package-lock.json)
PEERS_READY := benchmarks/node_modules/.ready-$(call key,benchmarks/package-lock.json)
CHROMIUM_READY := .venv/.chromium
PAGE_READY := web/build/.ready
ONNX_TF_READY := .venv-onnx-tf/.ready-$(call key,requirements/onnx-tf.txt requirements/onnx-tf-nodeps.txt)

PYTHONS := $(or $(PYTHON),python3.11 python3.12 python3)
NO_PYTHON = facecast needs Python 3.11 or 3.12, and none of these is one that runs: $(PYTHONS); install one, or name it: make PYTHON=/path/to/python
NO_PYTHON_311 = the onnx-tf converter needs Python 3.11, for TensorFlow 2.15 has no build for later ones; install python3.11, or name it: make converter-onnx-tf PYTHON=/path/to/python3.11
NO_NODE = facecast needs Node $(NODE_AT_LEAST) or later with npm, and found $(shell node --version 2>/dev/null || echo none); install one and call make again

# $(call with_python,candidates,versions,arguments,complaint): a candidate must really run, for the
# shim of a version manager may be on PATH without its Python.
with_python = @for python in $(1); do \
    $$python -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] not in sys.argv)' $(2) 2>/dev/null \
      && exec $$python requirements/install.py $(3); \
  done; echo "error: $(4)" >&2; exit 2

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup lint test train zoo export bench screenshots serve clean converter-onnx-tf

help:
	@echo "facecast: labelled faces in, a verified static page out."
	@echo
	@echo "  make export             build and prove dist/site from every model in models/"
	@echo "       MODEL=name         ... from one model;  ARGS='--variant u8' passes options on"
	@echo "       ARGS='--clips DIR' ... with your clips to act after"
	@echo "  make serve PORT=8000    show dist/site on this machine"
	@echo "  make test               prove the project: lint, the page's tests, the Python tests"
	@echo "  make lint               formatting, lint and types of both languages"
	@echo "  make train DATA=folder  fit models/emotion on labelled faces (MODEL=name; ARGS=--help)"
	@echo "  make zoo DATA=folder    ten nets side by side on labelled faces, then each in the browser (hours)"
	@echo "       ARGS='--nets a,b'  ... these nets (ARGS=--help);  STUDY=studies/zoo is where it goes"
	@echo "  make screenshots        pictures of every view of dist/site, into dist/screenshots"
	@echo "  make bench              export, then measure the site beside its peers (a quarter of an hour)"
	@echo "       BENCH_JSON=file    ... and keep all samples;  ARGS=--help lists pages, plots, comparisons"
	@echo "       make fails with 2 for all reasons; python -m benchmarks all ends with 0 (within bounds),"
	@echo "       1 (a figure is over its bound) or 3 (invalid: measure again)"
	@echo "  make setup              only install: .venv, the page's packages, a browser"
	@echo "  make converter-onnx-tf  build the onnx-tf converter's environment (Python 3.11)"
	@echo "  make clean              remove what was built; what was installed stays"
	@echo
	@echo "Every command installs what it needs on its first call and works offline afterwards."
	@echo "PYTHON=python3.12 chooses the interpreter that .venv is made from."

# npm runs inside web/, for --prefix would hide the machine's own npmrc.
# Node is looked at first: it fails in a moment, where Python's packages take minutes.
setup: $(WEB_READY) $(PY_READY) $(CHROMIUM_READY) $(PAGE_READY)

$(PY_READY):
	@echo "Installing Python packages into .venv (once; some minutes and gigabytes) ..."
	$(call with_python,$(PYTHONS),3.11 3.12,.venv --lock requirements/lock.txt --no-deps requirements/lock-nodeps.txt --project,$(NO_PYTHON))
	@rm -f .venv/.ready-* && touch $@

$(WEB_READY):
	@node -e 'const v = process.versions.node.split(".").map(Number), w = "$(NODE_AT_LEAST)".split(".").map(Number); process.exit(v[0] > w[0] || (v[0] === w[0] && v[1] >= w[1]) ? 0 : 1)' 2>/dev/null \
	  && npm --version >/dev/null 2>&1 || { echo "error: $(NO_NODE)" >&2; exit 2; }
	@echo "Installing the page's packages (once) ..."
	@cd web && npm ci --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@

$(CHROMIUM_READY): | $(PY_READY)
	@if $(PY) -m export.chromium --install; then touch $@; \
	  else echo "warning: set-up goes on without a browser; export will need one" >&2; fi

# What ours is measured beside; without a network the rest is still measured, and told to be less.
$(PEERS_READY): | $(WEB_READY)
	@echo "Installing the peers that the benchmark measures beside (once) ..."
	@if cd benchmarks && npm ci --no-audit --no-fund --no-update-notifier --loglevel=error; then \
	  rm -f node_modules/.ready-* && touch node_modules/$(notdir $@); \
	  else echo "warning: the benchmark goes on without its peers; their figures will be missing" >&2; fi

# A first build, so that an export need not wait for it; later ones follow the page's sources.
$(PAGE_READY): | $(WEB_READY) $(PY_READY)
	@$(PY) -m export page
	@touch $@

lint: $(PY_READY) $(WEB_READY)
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@cd web && npm run --silent lint
	@cd web && npm run --silent typecheck
	@cd benchmarks && ../web/node_modules/.bin/biome check
	@if [ -d benchmarks/node_modules ]; then web/node_modules/.bin/tsc --noEmit -p benchmarks; fi

test: setup
	@$(MAKE) --no-print-directory lint
	@cd web && npm test --silent
	@if $(PY) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))'; then $(MAKE) --no-print-directory converter-onnx-tf; fi
	@$(PY) -m pytest -n 2 --clean-checkout $(ARGS)

train: $(PY_READY)
	@$(PY) -m train fit $(DATA) $(if $(DATA),--name $(or $(MODEL),emotion)) $(ARGS)

# Without DATA there is nothing to measure: train tells how it is used.
zoo: setup
	@$(PY) -m train zoo $(if $(DATA),"$(DATA)" --out "$(STUDY)") $(ARGS)
	@$(if $(DATA),$(if $(filter -h --help,$(ARGS)),,$(PY) -m benchmarks study "$(STUDY)"))

export: setup
	@$(PY) -m export $(if $(MODEL),--model models/$(MODEL)) --out dist $(ARGS)

bench: setup $(PEERS_READY)
	@$(PY) -m benchmarks all $(if $(BENCH_JSON),--json "$(BENCH_JSON)") $(ARGS)

screenshots: setup
	@$(PY) -m tests.web.screenshots $(ARGS)

serve: $(PY_READY)
	@$(PY) -m export serve dist/site --port $(PORT)

converter-onnx-tf: $(ONNX_TF_READY)

$(ONNX_TF_READY):
	@echo "Installing the onnx-tf converter into .venv-onnx-tf (once) ..."
	$(call with_python,$(or $(PYTHON),.venv/bin/python $(PYTHONS)),3.11,.venv-onnx-tf --lock requirements/onnx-tf.txt --no-deps requirements/onnx-tf-nodeps.txt,$(NO_PYTHON_311))
	@rm -f .venv-onnx-tf/.ready-* && touch $@

clean:
	rm -rf dist web/build benchmarks/build .mypy_cache .pytest_cache .ruff_cache .coverage
