# `make help` lists what there is. The work is done by dotnet and by the scripts in tests/.
.DEFAULT_GOAL := help
.PHONY: help build install run test bench lint clean

export DOTNET_NOLOGO := 1
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_CLI_USE_MSBUILD_SERVER := 0

# The sandbox needs CAP_NET_ADMIN in a network namespace: whoever is not root gets a user namespace.
AS_ROOT := $(if $(filter 0,$(shell id -u)),,unshare --user --map-root-user --net --mount)

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile | expand -t 14

build: ## the program, runnable at out/nodeagent
	@dotnet publish -c Release -v quiet -p:PublishDocumentationFiles=false -p:PublishReferencesDocumentationFiles=false -o out src/Agent </dev/null
	@echo "built out/nodeagent"

PREFIX ?= /usr
UNITS ?= /usr/lib/systemd/system

install: ## what `make build` left and the systemd units, under DESTDIR; enables and starts nothing
	@test -x out/nodeagent || { echo "install: out/nodeagent is not there: make build" >&2; exit 1; }
	@install -d "$(DESTDIR)$(PREFIX)/lib" "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(UNITS)"
	@# The whole folder is swapped: a daemon that runs keeps the files it has open.
	@rm -rf "$(DESTDIR)$(PREFIX)/lib/nodeagent.new" "$(DESTDIR)$(PREFIX)/lib/nodeagent.old"
	@mkdir "$(DESTDIR)$(PREFIX)/lib/nodeagent.new"
	@find out -maxdepth 1 -type f -exec install -m 644 -t "$(DESTDIR)$(PREFIX)/lib/nodeagent.new" {} +
	@chmod 755 "$(DESTDIR)$(PREFIX)/lib/nodeagent.new/nodeagent"
	@! test -d "$(DESTDIR)$(PREFIX)/lib/nodeagent" || mv "$(DESTDIR)$(PREFIX)/lib/nodeagent" "$(DESTDIR)$(PREFIX)/lib/nodeagent.old"
	@mv "$(DESTDIR)$(PREFIX)/lib/nodeagent.new" "$(DESTDIR)$(PREFIX)/lib/nodeagent"
	@rm -rf "$(DESTDIR)$(PREFIX)/lib/nodeagent.old"
	@ln -sfn ../lib/nodeagent/nodeagent "$(DESTDIR)$(PREFIX)/bin/nodeagent"
	@sed 's#/usr/lib/nodeagent/#$(PREFIX)/lib/nodeagent/#' systemd/nodeagent.service >"$(DESTDIR)$(UNITS)/nodeagent.service"
	@install -m 644 systemd/nodeagent.socket "$(DESTDIR)$(UNITS)/nodeagent.socket"

run: build ## the daemon in a network namespace of its own; nothing on this machine changes
	@exec $(AS_ROOT) out/nodeagent run --sandbox

test: ## every test: lint, unit, fuzz, kernel, interop, VM; ends with "N passed, N failed, N skipped"
	@tests/run

bench: ## the benchmarks: ratios against peers, each held to its ceiling
	@bench/run

lint: ## formatting, leftovers, shell scripts
	@dotnet restore -v quiet NodeAgent.sln </dev/null
	@tests/lint

clean: ## remove what a build makes
	@rm -rf out
	@find . -path ./.git -prune -o -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +
