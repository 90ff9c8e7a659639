# The words anyone needs: demo, test, verify, build, bench. They install what is missing and rebuild what is old.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.PHONY: help demo test verify build bench install generate format

BIN := $(CURDIR)/node_modules/.bin
# npm runs on the machine's own node: `npm ci` deletes the one it brings.
OWN_PATH := $(subst $(BIN):,,$(PATH))
export PATH := $(BIN):$(OWN_PATH)

INSTALLED := node_modules/.package-lock.json
# The last file a build makes stands for all of them.
DIST := dist/cli/index.js
SOURCES := $(shell find src -name '*.ts') scripts/build.ts tsconfig.json tsconfig.build.json package-lock.json
# git-crypt and git-lfs for the tests.
TEST_TOOLS := node_modules/.test-tools/.made
# For more, such as: make test VITEST_FLAGS='--reporter=verbose land'
VITEST_FLAGS ?=

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

demo: build ## a run of many tasks against a git server on this machine
	node scripts/demo.ts

test: build $(TEST_TOOLS) ## types, style, and all tests
	tsc --noEmit
	biome check .
	vitest run $(VITEST_FLAGS)

verify: test ## test, and that dist/ and all that is generated are made from these sources
	node scripts/generate.ts --check
	node scripts/build.ts --check

bench: build ## measurements, on this machine
	node bench/run.ts

build: install $(DIST) ## dist/, where sources are newer

generate: install ## action.yml, the schema, the README's tables and docs/troubleshooting.md
	node scripts/generate.ts

format: install ## style, where a tool can do it
	biome check --write .

install: $(INSTALLED)
	@node -e 'if (!process.versions.node.startsWith("24.")) throw new Error("node 24 is needed, this is " + process.version + ": npm ci left out the optional dependencies")'

$(INSTALLED): package-lock.json package.json
	@echo npm ci --ignore-scripts
	@PATH='$(OWN_PATH)' npm ci --ignore-scripts --no-fund --no-audit
	@touch $@

$(TEST_TOOLS): scripts/test-tools.sh | $(INSTALLED)
	scripts/test-tools.sh $(@D)

$(DIST): $(SOURCES) | $(INSTALLED)
	node scripts/build.ts
	@touch $(DIST)
