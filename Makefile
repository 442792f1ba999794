# Cairn. `make run` on a fresh machine ends with the product answering and the
# demo loaded; `make test` proves it. Both install what they need.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run build dev check test fault fuzz bench clean

help: ## say what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

run: build ## build, load the demo, and serve on http://127.0.0.1:3000
	@scripts/run.sh

build: ## build the release binary, with everything inside it
	@scripts/bootstrap.sh
	@scripts/build.sh

dev: ## serve from a debug build and rebuild on every change
	@scripts/bootstrap.sh
	@scripts/dev.sh

check: ## what is quick to check: format, lints, unit tests
	@scripts/bootstrap.sh
	@scripts/test.sh quick

test: ## everything that must hold before a change lands
	@scripts/bootstrap.sh --test
	@scripts/test.sh all

fault: ## kill the server a hundred times under a crowd, on both databases
	@scripts/bootstrap.sh --test
	@scripts/build.sh site
	@scripts/fault.sh

fuzz: ## change what comes from outside at random, two minutes for each reader
	@scripts/bootstrap.sh --test
	@scripts/fuzz.sh 120

bench: ## measure pages, answers, attempts and badges per second, as JSON
	@scripts/bootstrap.sh --test >&2
	@scripts/build.sh >&2
	@scripts/bench.sh

clean: ## forget build output (not the data)
	@source scripts/env.sh && rm -rf "$$CARGO_TARGET_DIR" target
