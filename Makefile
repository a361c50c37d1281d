# The commands of the house; `make` lists them. Everything is built in one configuration, so that
# building, testing and the demonstration share one build: docs/decisions/0008.
CONFIG := release
FLAGS := -c $(CONFIG) --explicit-target-dependency-import-check error
GROUNDWORK := .build/$(CONFIG)/groundwork
PRINTED := Examples/zhongyuan/figures.csv

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
.PHONY: help demo test check build bench clean

help: ## Lists these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Builds, creates the demonstration district and serves it on http://127.0.0.1:8080
	@scripts/setup demo
	swift build $(FLAGS) --product groundwork
	exec $(GROUNDWORK) demo

test: check ## The whole gate: format, tidy, both engines, figures, browser (what CI runs)
	@work=$$(mktemp -d)
	chmod 711 "$$work" # PostgreSQL, which is not root, has its folder inside.
	finish() {
	    trap '' INT TERM # A second signal must not leave the server running.
	    scripts/postgres stop "$$work/postgres" >/dev/null || true
	    rm -rf "$$work"
	}
	trap finish EXIT
	url=$$(scripts/postgres start "$$work/postgres")
	broken=0
	GROUNDWORK_TEST_POSTGRES="$$url" swift test $(FLAGS) --skip-build --disable-xctest 2>&1 |
	    tee "$$work/swift.log" || broken=1
	check_figures() { # FOLDER: makes the demonstration there, compares each printed figure
	    $(GROUNDWORK) demo --no-serve --data "$$work/$$1" &&
	        $(GROUNDWORK) figures check --data "$$work/$$1" $(PRINTED)
	}
	unset DATABASE_URL
	check_figures on-sqlite 2>&1 | tee "$$work/sqlite.log" || broken=1
	export DATABASE_URL="$$url&schema=figures"
	check_figures on-postgres 2>&1 | tee "$$work/postgres.log" || broken=1
	unset DATABASE_URL
	scripts/browser $(GROUNDWORK) 2>&1 | tee "$$work/browser.log" || broken=1
	grep ' Test run with ' "$$work/swift.log" || true
	cat "$$work"/*.log | awk -v broken=$$broken '$(tally)'

# Adds up the stages; one that broke without saying how many tests failed counts as one failure.
define tally
/ Test run with [0-9]+ tests? / { sub(/.* Test run with /, ""); passed += $$1 }
/^✘ Test .* failed after / && !/^✘ Test run / { failed++; passed-- }
/^[0-9]+ (passed, [0-9]+ failed|matched, [0-9]+ differ)$$/ { passed += $$1; failed += $$3 }
END {
    if (broken && !failed) failed = 1
    printf "%d passed, %d failed\n", passed, failed
    exit failed > 0
}
endef

check: ## Format and the tidy tests: style as far as a machine can tell
	@scripts/setup test
	scripts/check $(FLAGS)

build: ## The program and its tests
	@scripts/setup demo
	swift build $(FLAGS) --build-tests

bench: ## The performance goals on both engines, as ratios within one run
	@scripts/setup test
	swift build $(FLAGS) --product groundwork
	swift build $(FLAGS) --product bench
	exec Benchmarks/run

clean: ## Removes what was built, the demonstration district and the browser tests' environment
	@rm -rf .build .venv data
