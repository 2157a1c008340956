# make help: print these lines.
# make setup: install what all targets need: 750 MB, and 330 MB for Asterisk in your cache folder.
# make demo: play a warm transfer, and write it to handoff.wav; the first time it installs 90 MB, and Asterisk.
# make lab: start a private Asterisk and the workspace to try; prints an address and logins.
# make lab-call: call the lab as a customer with a voice.
# make check: check style, types, import rules, dependencies and the website of the docs, .cache/site/docs/index.html.
# make test: run all tests, but those of the night, tests/by_night.txt.
# make quick: run the tests that are near to what differs from main, for a minute; BASE=COMMIT: from that commit.
# make test-browser: test the workspace in Chromium; SHOTS=FOLDER writes screenshots there.
# make test-package: test the packages: installed, upgraded from the last release. Needs the network.
# make generate: write each generated file again: pages, tables of the code, tests/surface.txt.
# make wheel: build the wheels, of all and of the scripts, and the source archive, in dist/; CORE=yes: without contrib.
# make deb: build the Debian package, in DIST (default dist/).
# make release: check everything, tag the version and build its packages; TESTED=yes skips the tests.
# tools/nightly: list the proofs that take minutes to hours; tools/nightly NAME runs one.

.DEFAULT_GOAL := help

# Debian's Python, with which the Debian package runs, takes a fifth less time than one that is built without optimization.
DEBIANS := /usr/bin/python3
PYTHON ?= $(shell $(DEBIANS) -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(DEBIANS) || echo python3)
LAB ?= .cache/lab
VENV := .venv
RUN := $(VENV)/bin/python

DIST ?= dist

# Temporary files are in memory: each commit to a database on a disk waits for the disk.
IN_MEMORY := tests/in-memory

SITE := .cache/site
PAGES := $(wildcard *.md contrib/*/README.md examples/README.md) $(shell find docs -type f)

# The folders whose tests start Asterisk and listen to it: these tests wait most of the time. No long file is at the end.
LISTENING := tests/lab tests/agi tests/scenarios tests/asterisk
# Asterisk and the program that plays for its parties lose no packet beside other work if they may run in real time.
# A user who may not give them that priority has two workers that listen, and nothing computes beside them.
NO_REAL_TIME = $(shell chrt --rr 1 true 2>&1)
LISTENERS = $(if $(NO_REAL_TIME),2,6)
FILE_BY_FILE := -n 3 --dist loadfile --no-loadscope-reorder
# The requests that `tools/nightly properties` generates alone need the plugin of schemathesis, half a second of each process.
NO_REQUESTS := -p no:schemathesis
# The tests of the source. `make check` has them, too, so CI runs `make test TREE=`.
TREE := tests/tree
# The folders that compute, in three runs of about the same length: the commands, the APIs with the reports, and all others.
COMMANDS := tests/cli tests/docs
APIS := tests/http tests/link tests/reports tests/scheduled_reports $(TREE)
ELSEWHERE := tests/tree tests/package tests/browser $(LISTENING) $(COMMANDS) $(APIS)
COMPUTING := test-commands test-apis test-others
# What tests/by_night.txt lists is left to `tools/nightly`.
DAY := $(NO_REQUESTS) --by-day
CHECKS := check-source check-types check-pages check-scripts

# Chromium raises its priority when root starts it, unless it must not.
LOW := nice $(if $(filter 0,$(shell id -u)),setpriv --bounding-set -sys_nice --inh-caps -sys_nice)
IN_CHROMIUM := test-browser-lab test-browser-drawn

.PHONY: setup setup-run help demo generate quick test test-listening test-walk $(COMPUTING) test-package test-browser $(IN_CHROMIUM) check $(CHECKS) lab lab-call release wheel deb
.DELETE_ON_ERROR:

# The lock is for two makes at once.
MAKE_VENV = mkdir -p .cache && PYTHON="$(PYTHON)" flock --close .cache/setup.lock lab/make-venv $(VENV)

setup:
	@$(MAKE_VENV) all asterisk

# What runs needs an eighth of the packages.
setup-run:
	@$(MAKE_VENV) run asterisk

help:
	@sed -nE 's/^# (make [a-z-]+|tools.nightly): /\1\t/p' Makefile | expand -t 20

demo: setup-run
	@$(VENV)/bin/warmline demo $(if $(DIR),--dir $(DIR))

generate: $(VENV)/ready
	@$(RUN) -m tools.pages

# Tests start hundreds of programs. Python compiles the modules once, also if the shell says that it must not keep them.
quick test test-listening test-walk $(COMPUTING) test-package test-browser $(IN_CHROMIUM) check: export PYTHONDONTWRITEBYTECODE :=

quick: $(VENV)/ready
	@$(IN_MEMORY) $(RUN) -m tools.quick $(ARGS)

# Five runs side by side. The output of those that compute is printed when all have ended.
test:
	@rm -f $(COMPUTING:%=.cache/%.log) .cache/test-walk.log
	@result=0; $(if $(NO_REAL_TIME),$(MAKE) --no-print-directory --keep-going test-listening test-walk || result=$$?;) \
	$(MAKE) --no-print-directory --keep-going --jobs=5 $(if $(NO_REAL_TIME),,test-listening test-walk) $(COMPUTING) || result=$$?; \
	cat $(COMPUTING:%=.cache/%.log) .cache/test-walk.log 2>/dev/null; exit $$result

# Each worker runs a whole file: the tests of a file share a lab.
test-listening: setup
	$(IN_MEMORY) $(RUN) -m pytest $(DAY) -n $(LISTENERS) --dist loadfile --no-loadscope-reorder $(LISTENING)

# All other tests. The low priority leaves the processors to Asterisk and its listeners, whose packets must be in time.
test-commands: RUNS := $(COMMANDS)
test-apis: RUNS := $(APIS)
test-others: RUNS := $(ELSEWHERE:%=--ignore=%)
$(COMPUTING): setup
	@nice $(IN_MEMORY) $(RUN) -m pytest $(DAY) $(RUNS) >.cache/$@.log 2>&1

# An agent's day in Chromium by keys; the rest is `make test-browser`. A machine that has no Chromium and cannot fetch it has no walk.
test-walk: setup
	@{ $(RUN) -m tests.browser.chromium || { echo "no walk in Chromium: it is missing"; exit 0; }; \
	$(LOW) $(RUN) -m pytest $(DAY) tests/browser/test_workday.py -k keys; } >.cache/$@.log 2>&1

# Three runs side by side: the output of each is printed when it has ended.
check: $(VENV)/ready
	@$(MAKE) --no-print-directory --keep-going --jobs=3 --output-sync=target $(CHECKS)

check-source:
	$(RUN) -m pytest -q tests/tree

check-types:
	$(VENV)/bin/mypy --strict

check-pages: $(SITE)/built
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check --quiet
	$(RUN) -m tools.pages --check
	$(RUN) -m pip check

# Deno follows the types of each file that begins with @ts-check. It needs no network, and a file that has not changed takes no time.
check-scripts:
	$(VENV)/bin/oxfmt --check '**/*.js' '**/*.css'
	$(VENV)/bin/oxlint
	@! grep --recursive --files-without-match --include='*.js' --exclude-dir=vendor '^// @ts-check$$' workspace | sed 's|$$|: begin it with // @ts-check|' | grep .
	DENO_DIR=.cache/deno DENO_NO_UPDATE_CHECK=1 $(VENV)/bin/deno check --quiet --config tools/deno.json workspace

# The packages as users install them. pip fetches what the environments need. The first file needs the Debian package late,
# and the third one builds it. The worker of a file with one test gets the fourth one as well, so that is short.
PACKAGES := $(patsubst %,tests/package/test_%.py,deb_upgrade upgrade deb types wheel container media_deb)
FILES ?= $(PACKAGES) $(filter-out $(PACKAGES),$(wildcard tests/package/test_*.py))
test-package: setup
	$(IN_MEMORY) $(RUN) -m pytest $(NO_REQUESTS) $(FILE_BY_FILE) --durations=5 $(FILES)

# The workspace in Debian's Chromium, in two runs side by side: beside a real Asterisk, and before invented screens. The
# second one has `pages` and `attacks`, too, which judge no sound. It computes most of the time; its output is printed at the end.
# The first run may fetch Chromium.
test-browser: setup
	@$(RUN) -m tests.browser.chromium
	@$(RUN) -m tests.browser.coturn
	@rm -f .cache/test-browser-drawn.log
	@$(MAKE) --no-print-directory --keep-going --jobs=2 $(IN_CHROMIUM); \
	result=$$?; cat .cache/test-browser-drawn.log; exit $$result

$(IN_CHROMIUM): WORKSPACE = -m pytest $(NO_REQUESTS) --durations=5 --half $(@:test-browser-%=%) tests/browser $(if $(SHOTS),--shots $(abspath $(SHOTS)))
test-browser-lab:
	$(RUN) $(WORKSPACE)
test-browser-drawn:
	@$(LOW) $(RUN) $(WORKSPACE) >.cache/$@.log 2>&1

release: setup
	@$(RUN) -m tools.release check
	$(if $(TESTED),,@$(MAKE) --no-print-directory check test test-package)
	@$(RUN) -m tools.release tag

# Fails at a link or an anchor that leads nowhere, and at a page that docs/index.md does not list.
$(SITE)/built: $(VENV)/ready $(PAGES)
	$(VENV)/bin/sphinx-build --quiet --fresh-env --write-all --fail-on-warning --keep-going -c docs . $(SITE)
	@touch $@

wheel: $(VENV)/ready
	@CORE=$(CORE) $(RUN) -m tools.release wheel

deb:
	@$(MAKE_VENV) run
	@PYTHON=$(CURDIR)/$(RUN) packaging/debian/make $(DIST)

lab: setup-run
	@$(VENV)/bin/warmline lab up --dir $(LAB)

lab-call: setup-run
	@$(VENV)/bin/warmline lab call --dir $(LAB)

# The stamp is newer than what it was made from: the next make has nothing to do.
$(VENV)/ready: packaging/requirements.lock pyproject.toml
	@$(MAKE_VENV)
