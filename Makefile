# gongkai: one static binary. `make` shows what there is to do.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
export CGO_ENABLED := 0

TOOLS   := $(CURDIR)/.tools/bin
LINT    := $(TOOLS)/golangci-lint
BUILD   := go build -trimpath -ldflags '-s -w'
SYSTEMS := linux/amd64 linux/arm64 linux/loong64 windows/amd64 darwin/arm64
FUZZFOR ?= 20s

.PHONY: help run build test unit lint cross check bench fuzz setup vuln shots clean

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

run: build ## the product with the demo county; prints where to look
	@dist/gongkai demo

build: ## build the binary for this machine into dist/
	@mkdir -p dist
	$(BUILD) -o dist/gongkai ./cmd/gongkai

test: setup lint unit cross ## everything that must pass: set-up, lint, tests, cross-compilation

unit: ## all Go tests, the fuzzers over their seeds
	go vet ./...
	GONGKAI_TEST_POSTGRES="$$(scripts/postgres)" GONGKAI_BROWSER_TESTS=1 go test -timeout 28m ./...

lint: ## golangci-lint with gofumpt
	$(LINT) run --timeout 10m ./...

cross: ## compile for every supported system
	@mkdir -p dist
	@for s in $(SYSTEMS); do \
	  echo "build $$s"; \
	  GOOS=$${s%/*} GOARCH=$${s#*/} $(BUILD) -o dist/gongkai-$${s%/*}-$${s#*/} ./cmd/gongkai; \
	done

check: ## the quick round while working: vet and tests without browser and set-up
	go vet ./...
	GONGKAI_TEST_POSTGRES="$$(scripts/postgres)" go test -timeout 28m ./...

bench: ## benchmarks, and the portal under load beside nginx
	go test -run '^$$' -bench . -benchmem ./...
	scripts/load

fuzz: ## run every fuzzer for FUZZFOR (20s)
	@go list ./internal/... | while read -r pkg; do \
	  for f in $$(go test -list '^Fuzz' "$$pkg" | grep '^Fuzz' || true); do \
	    echo "$$pkg $$f"; go test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZFOR) "$$pkg"; \
	  done; \
	done

setup: ## install what the tests need: PostgreSQL, Chromium, fonts, LibreOffice, golangci-lint
	@scripts/setup

vuln: ## known vulnerabilities of the dependencies; needs the open internet
	go run golang.org/x/vuln/cmd/govulncheck@v1.1.4 ./...

shots: ## screenshots of the finding page and the demo into test/browser/shots/
	GONGKAI_BROWSER_TESTS=1 GONGKAI_SHOTS='$(CURDIR)/test/browser/shots' go test -count=1 -run 'TestBrowser' ./internal/web/finding ./internal/app

clean: ## remove what was built
	rm -rf dist test/browser/shots
