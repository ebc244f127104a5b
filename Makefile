# `make help` lists what there is. The work is done by dotnet and by the scripts in tests/.
.DEFAULT_GOAL := help
.PHONY: help build run test bench lint clean

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

run: build ## the daemon in a network namespace of its own; nothing on this machine changes
	@exec $(AS_ROOT) out/nodeagent run --sandbox

test: ## every test: lint, unit, fuzz, kernel, VM; ends with "N passed, N failed, N skipped"
	@tests/run

bench: ## the benchmarks: ratios against peers, each held to its ceiling
	@bench/run

lint: ## formatting, leftovers, shell scripts
	@dotnet restore -v quiet NodeAgent.sln </dev/null
	@tests/lint

clean: ## remove what a build makes
	@rm -rf out
	@find . -path ./.git -prune -o -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +
