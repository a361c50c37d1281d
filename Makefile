# The commands of the house; `make` lists them. Everything is built in one configuration, so that
# building, testing and the demonstration share one build: docs/decisions/0008.
CONFIG := release
FLAGS := -c $(CONFIG) --explicit-target-dependency-import-check error
GROUNDWORK := .build/$(CONFIG)/groundwork
STAGES := FLAGS='$(FLAGS)' GROUNDWORK=$(GROUNDWORK) scripts/test

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
.PHONY: help demo test test-swift test-figures test-browser check build bench bench-scale clean

help: ## Lists these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Builds, creates the demonstration district and serves it on http://127.0.0.1:8080
	@scripts/setup demo
	swift build $(FLAGS) --product groundwork
	exec $(GROUNDWORK) demo

test: check ## The whole gate: format, tidy, both engines, figures, browser (what CI runs)
	@$(STAGES) swift figures browser

test-swift: build ## The tests in Swift, stores on both engines
	@$(STAGES) swift

test-figures: build ## The figures of both example districts, on both engines
	@$(STAGES) figures

test-browser: build ## The walks through a real browser
	@$(STAGES) browser

check: ## Format and the tidy tests: style as far as a machine can tell
	@scripts/setup test
	scripts/check $(FLAGS)

build: ## The program and its tests
	@scripts/setup test
	swift build $(FLAGS) --build-tests

bench: ## The performance goals on both engines, as ratios within one run
	@scripts/setup test
	swift build $(FLAGS) --product groundwork
	swift build $(FLAGS) --product bench
	exec Benchmarks/run

bench-scale: ## Figures over 2,000,000 records, beside PostgreSQL, DuckDB and Roundup
	@scripts/setup scale
	swift build $(FLAGS) --product groundwork
	swift build $(FLAGS) --product bench
	exec .build/scale/bin/python -B Benchmarks/scale/run

clean: ## Removes what was built, the demonstration district and the browser tests' environment
	@rm -rf .build .venv data
