# `make` alone says what there is. Each target sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/made-from

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-fast test-judge test-cloud lint types template build corpus bench judge faults simulate ten-thousand story fuzz pictures clean

help: ## What there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## Make .venv, with the `cliffhanger` command in it

$(STAMP): requirements-dev.lock pyproject.toml functions/requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Cliffhanger needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	@echo "Setting up $(VENV) (about a minute, once) …" >&2
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

demo: $(STAMP) ## A series, three readers and their mails on this machine (KEEP=1 leaves it running)
	@PYTHONPATH=infra exec $(BIN)/python -m local.demo $(if $(KEEP),--keep)

test: test-fast test-cloud ## All tests

test-fast: $(STAMP) ## The tests without the local cloud: two minutes
	@$(BIN)/pytest -n 2 -m "not cloud and not judge" $(PYTEST)

test-judge: $(STAMP) ## The quick ones of the judges, as far as they are installed (infra/tools/judges.py installs them)
	@PYTHONPATH=infra:. $(BIN)/pytest -n 2 -m judge

test-cloud: $(STAMP) ## The paths of authors, readers and operators on the local cloud, every role enforced; a browser, if there is one
	@$(BIN)/pytest -m cloud

lint: $(STAMP) types ## ruff and mypy over the code
	@$(BIN)/ruff check . infra/build infra/lint
	@$(BIN)/ruff format --check . infra/build infra/lint

types: $(STAMP)
	@$(BIN)/mypy

template: $(STAMP) ## cfn-lint, sam validate and checkov over infra/template.yaml
	@$(BIN)/python infra/lint

build: $(STAMP) ## What `sam deploy` uploads, compiled, every handler imported from it
	@$(BIN)/python infra/build --check

corpus: $(STAMP) ## How well manuscripts are read: fields right per format, hostile files, the cost
	@PYTHONPATH=infra:. $(BIN)/python -m benchmarks.corpus

bench: $(STAMP) ## What a letter and a cold start cost, against bare boto3, tutorials and smtplib (minutes)
	@PYTHONPATH=functions:infra:. $(BIN)/python -m benchmarks.delivery

judge: $(STAMP) ## What readers get: HTML, mail programs, accessibility, spam filters, sizes, books, feeds (DOCS=1 writes docs/judges.md)
	@PYTHONPATH=functions:infra:. $(BIN)/python -m benchmarks.judge $(if $(DOCS),--write)

faults: $(STAMP) ## Crashes at every step, every interleaving, random runs (SEEDS=3000; DOCS=1 writes docs/reliability.md)
	@PYTHONPATH=functions:infra:. $(BIN)/python -m benchmarks.faults --seeds $(or $(SEEDS),3000) $(if $(DOCS),--write)

story: $(STAMP) ## Twelve readers through months of chapters, each at a pace of their own: who got what, day by day
	@PYTHONPATH=functions:infra:. $(BIN)/python -m tests.story

fuzz: $(STAMP) ## Two minutes of manuscripts that were tampered with
	@PYTHONPATH=functions:. $(BIN)/python -m benchmarks.corpus.fuzz --seconds 120 --seed 3

READERS ?= 100000
RATE ?= 200

simulate: $(STAMP) ## A send to READERS at RATE letters a second on a virtual clock: its pace, its bill (100000 at 200)
	@PYTHONPATH=functions:infra:. $(BIN)/python -m benchmarks.simulate --readers $(READERS) --rate $(RATE)

ten-thousand: $(STAMP) ## A send to 10,000 readers by the handlers and adapters over moto in process (minutes)
	@PYTHONPATH=functions:infra:. $(BIN)/python -m benchmarks.simulate.real

pictures: $(STAMP) ## The pictures of the README, from the demo's letters (needs chromium)
	@PYTHONPATH=infra $(BIN)/python -m local.readme_pictures

clean: ## Take away everything that was made
	@rm -rf $(VENV) .tools .demo .aws-sam .mypy_cache .ruff_cache .pytest_cache .hypothesis .bench
