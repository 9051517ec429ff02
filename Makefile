# make help lists what this can do. Needs make, git and a Python >= 3.11 with venv; nothing else.
.DEFAULT_GOAL := help
.PHONY: help run setup test lint types rules system lock bench bundle clean

PORT ?= 8000
HOST ?= 127.0.0.1
ZHUANBAN_WORKSPACE ?= $(CURDIR)/var

# The first Python that is new enough; python3 where none is, so that set-up can say what is missing.
ifndef PYTHON
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; exit; }; done; echo python3)
endif
BIN := .venv/bin

define SETUP
@command -v $(PYTHON) >/dev/null 2>&1 || { echo "$(PYTHON) is missing: install Debian's packages python3 and python3-venv, then run make again."; exit 1; }
@$(PYTHON) tools/setup.py
endef

help: ## list what make can do
	@echo "make run [PORT=8000] [HOST=127.0.0.1]   set up, make a demo workspace in var/ once, and serve it"
	@echo "make test                               lint, types, contracts and tests on one database, without a browser"
	@echo "ZHUANBAN_TESTS=full make test           both databases, browser journeys and documents as well"
	@echo "make setup                              bring .venv (with development tools), assets and catalogues up to date"
	@echo "make lint                               only the checks that run nothing"
	@echo "make system                             Debian packages for browser journeys and documents (as root)"
	@echo "make lock                               write the locks anew"
	@echo "make bench                              measure the figures of bench/README.md"
	@echo "make bundle                             make bundle/: what make run needs, for a machine without a network"
	@echo "make clean                              remove what set-up made; var/ stays"

run: export ZHUANBAN_WORKSPACE := $(ZHUANBAN_WORKSPACE)
run:
	$(SETUP) --production
	@[ -e "$(ZHUANBAN_WORKSPACE)/workspace.json" ] || $(BIN)/zhuanban demo
	@exec $(BIN)/zhuanban serve --host "$(HOST)" --port "$(PORT)"

setup:
	$(SETUP)

test: setup lint
	@$(BIN)/python -m tools.suite

lint: setup
	@$(MAKE) --silent --jobs 2 types rules

types:
	@$(BIN)/mypy
	@$(BIN)/mypy tools

rules:
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-cache >.venv/contracts.txt 2>&1 || { cat .venv/contracts.txt; exit 1; }
	@$(BIN)/djlint src --lint --quiet
	@$(BIN)/python tools/catalogues.py --check
	@$(BIN)/python tools/messages.py

system:
	@sh tools/system.sh

lock: setup
	@$(BIN)/python tools/locks.py

bench: setup
	@for file in bench/*.sh bench/measure_*.py; do \
		[ -e "$$file" ] || continue; echo "== $$file"; \
		case $$file in *.sh) bash "$$file" ;; *) $(BIN)/python "$$file" ;; esac || exit 1; done

bundle: setup
	@$(BIN)/python -m tools.bundle

clean:
	rm -rf .venv bundle bundle.new node_modules build src/zhuanban/site/static/vendor src/zhuanban/kit/charts/fonts
	rm -rf .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} +
	find src -name '*.mo' -delete
