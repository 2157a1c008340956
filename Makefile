# make help: print these lines.
# make demo: play a warm transfer that you can hear.
# make test: run all tests.
# make test-rights: run the tests that depend on users and permissions.
# make soak: search for rare faults, for a day; FUZZ_MINUTES=3 takes two hours.
# make check: check style, types, import rules and dependencies.
# make lab: start a private Asterisk and the workspace to try; prints an address and logins.
# make lab-call: call the lab as a customer with a voice.
# make bench: run the benchmarks.
# make setup: install only what the other targets need.
# make test-browser: test the workspace in Chromium; SHOTS=FOLDER writes screenshots there.
# make wheel: build the wheel and the source archive, in dist/.
# make test-package: test the packages: installed, upgraded from the last release. Needs the network.
# make release: check everything, tag the version and build its packages; TESTED=yes skips the tests.
# make deb: build the Debian package, in DIST (default dist/).
# make acceptance-phones: let phones of other projects work a shift beside the lab's parties. Needs root.
# make acceptance-shift: work whole shifts by keys in five window sizes and three schemes; SHOTS=FOLDER writes screenshots there.
# make acceptance-managers: lead a centre for a day in Chromium, with 100,000 leads; SHOTS=FOLDER writes screenshots there.
# make acceptance-firefox: work whole shifts in Debian's Firefox, by keys and by mouse, with tones; SHOTS=FOLDER as above.
# make acceptance-sandbox: try what a hook can do in its unit, under systemd in a clean Debian. Needs root.
# make acceptance-durability: kill the app beside a late disk 90 times, and fill the disk of 20 recordings, on a real Asterisk. Needs root.
# make acceptance-doors: attack beside callers in real calls, and print a table of what they lost. Needs root.
# make acceptance-database: kill PostgreSQL under turns, 50 times, fill its disk, and write and move the same records in both engines.
# make acceptance-servers: kill servers and the app beside calls on several Asterisks, place callers by Kamailio, and wake frozen apps.
# make generate: write each generated file again: pages, tables of the code, tests/surface.txt.
# make vendor: fetch the files of other projects again, such as lit-html. Needs npm and the network.
# make docs: build the documentation as a website, in .cache/site/docs/index.html.
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
PAGES := $(wildcard *.md) $(shell find docs -type f)

# The folders whose tests start Asterisk and listen to it: these tests wait most of the time. No long file is at the end.
LISTENING := tests/bench tests/lab tests/agi tests/scenarios tests/servers tests/asterisk
# Asterisk and the program that plays for its parties lose no packet beside other work if they may run in real time.
# A user who may not give them that priority has two workers that listen, and nothing computes beside them.
NO_REAL_TIME = $(shell chrt --rr 1 true 2>&1)
LISTENERS = $(if $(NO_REAL_TIME),2,5)
FILE_BY_FILE := -n 3 --dist loadfile --no-loadscope-reorder
TWO_FILES := -n 2 --dist loadfile
# The tests of the APIs alone need the plugin of schemathesis, which takes half a second of each process.
NO_REQUESTS := -p no:schemathesis
# The tests of the source. `make check` has them, too, so CI runs `make test TREE=`.
TREE := tests/tree
# The folders that compute, in three runs of about the same length: the commands, the APIs with the reports, and all others.
COMMANDS := tests/cli tests/docs
APIS := tests/http tests/link tests/reports tests/scheduled_reports $(TREE)
ELSEWHERE := tests/tree tests/package tests/browser tests/phones tests/shift tests/managers tests/doors tests/front $(LISTENING) $(COMMANDS) $(APIS)
COMPUTING := test-commands test-apis test-others
CHECKS := check-source check-types check-pages

# Chromium raises its priority when root starts it, unless it must not.
LOW := nice $(if $(filter 0,$(shell id -u)),setpriv --bounding-set -sys_nice --inh-caps -sys_nice)
IN_CHROMIUM := test-browser-lab test-browser-drawn

# Tests that run on PostgreSQL, too: those of the store, and of imports from other systems.
ON_BOTH_ENGINES := $(addprefix tests/store/,\
	configuration/test_change_plan.py configuration/test_codes.py configuration/test_config.py configuration/test_second_factors.py \
	filters journal/test_hash_chain.py journal/test_journal.py journal/test_moved_rows.py journal/test_open_state.py journal/test_receipt_lookup.py \
	leads/test_dnc.py leads/test_list_change.py leads/test_new_lead_rule.py) tests/cli/imports

.PHONY: setup help demo generate test test-listening $(COMPUTING) test-rights test-package test-browser $(IN_CHROMIUM) soak acceptance-durability acceptance-sandbox acceptance-phones acceptance-doors acceptance-shift acceptance-managers acceptance-firefox acceptance-servers acceptance-database check $(CHECKS) bench lab lab-call docs wheel release deb vendor
.DELETE_ON_ERROR:

# The lock is for two makes at once.
MAKE_VENV = mkdir -p .cache && PYTHON="$(PYTHON)" flock --close .cache/setup.lock lab/make-venv $(VENV)

setup:
	@$(MAKE_VENV) asterisk

help:
	@sed -nE 's/^# (make [a-z-]+): /\1\t/p' Makefile | expand -t 32

demo: setup
	@$(VENV)/bin/warmline demo $(if $(DIR),--dir $(DIR))

generate: $(VENV)/ready
	@$(RUN) -m tools.pages

# Tests start hundreds of programs. Python compiles the modules once, also if the shell says that it must not keep them.
test test-listening $(COMPUTING) test-rights test-package test-browser $(IN_CHROMIUM) check: export PYTHONDONTWRITEBYTECODE :=

# Four runs side by side. The output of those that compute is printed when all have ended.
test:
	@rm -f $(COMPUTING:%=.cache/%.log)
	@result=0; $(if $(NO_REAL_TIME),$(MAKE) --no-print-directory test-listening || result=$$?;) \
	$(MAKE) --no-print-directory --keep-going --jobs=4 $(if $(NO_REAL_TIME),,test-listening) $(COMPUTING) || result=$$?; \
	cat $(COMPUTING:%=.cache/%.log) 2>/dev/null; exit $$result

# Each worker runs a whole file: the tests of a file share a lab.
test-listening: setup
	$(IN_MEMORY) $(RUN) -m pytest $(NO_REQUESTS) -n $(LISTENERS) --dist loadfile --no-loadscope-reorder $(LISTENING)

# All other tests. The low priority leaves the processors to Asterisk and its listeners, whose packets must be in time.
# One process for each run: pytest-xdist drops tests of schemathesis, because they share one id.
test-commands: RUNS := $(NO_REQUESTS) $(COMMANDS)
test-apis: RUNS := $(APIS)
test-others: RUNS := $(NO_REQUESTS) $(ELSEWHERE:%=--ignore=%)
$(COMPUTING): setup
	@nice $(IN_MEMORY) $(RUN) -m pytest $(RUNS) >.cache/$@.log 2>&1

# Three runs side by side: the output of each is printed when it has ended.
check: $(VENV)/ready
	@$(MAKE) --no-print-directory --keep-going --jobs=3 --output-sync=target $(CHECKS)

check-source:
	$(RUN) -m pytest -q tests/tree

check-types:
	$(VENV)/bin/mypy --strict

check-pages: $(SITE)/built
	$(VENV)/bin/ruff check
	$(RUN) -m tools.pages --check
	$(RUN) -m pip check

# The tests that depend on users and permissions, for a second run as another user.
test-rights: setup
	$(IN_MEMORY) $(RUN) -m pytest $(FILE_BY_FILE) @tests/knows_rights.txt

# The packages as users install them. pip fetches what the environments need. The first file needs the Debian package late,
# and the third one builds it. The worker of a file with one test gets the fourth one as well, so that is short.
PACKAGES := $(patsubst %,tests/package/test_%.py,deb_upgrade upgrade deb release wheel container types media_deb)
test-package: setup
	$(IN_MEMORY) $(RUN) -m pytest $(NO_REQUESTS) $(FILE_BY_FILE) \
		--durations=5 $(PACKAGES) $(filter-out $(PACKAGES),$(wildcard tests/package/test_*.py))

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

wheel: $(VENV)/ready
	@$(RUN) -m tools.release wheel

release: setup
	@$(RUN) -m tools.release check
	$(if $(TESTED),,@$(MAKE) --no-print-directory check test test-package)
	@$(RUN) -m tools.release tag

# Longer runs of the tests that find rare cases: see docs/contributing/testing.md. Each entry point is fuzzed for FUZZ_MINUTES.
FUZZ_MINUTES ?= 60
soak: setup
	WARMLINE_SOAK=50 $(RUN) -m pytest -n 2 -m hypothesis tests/core tests/options tests/system tests/leads tests/agi tests/asterisk tests/store/events tests/store/leads \
		tests/store/journal/test_replay.py tests/store/journal/test_open_state.py tests/store/dialling/test_filter_matches.py tests/http/agc tests/http/server tests/http/workspace/phone tests/lab/test_sip_parties_tones.py \
		--ignore=tests/core/pacing --ignore=tests/core/dialler
	WARMLINE_SOAK=20 $(RUN) -m pytest -n 2 tests/store/reports/test_agent_day.py tests/store/maintenance/test_backup_and_vacuum.py tests/store/journal/test_round_trip.py tests/core/pacing tests/core/dialler \
		tests/store/dialling/test_dialled_by_the_rules.py tests/store/dialling/test_any_number_by_the_rules.py tests/store/dialling/test_dialled_at_any_moment.py tests/store/journal/test_dialler_replay.py
	WARMLINE_SOAK=1 $(RUN) -m pytest -s tests/store/dialling/test_leads_in_front.py tests/store/dialling/test_hopper_and_explanation.py tests/store/journal/test_killed.py tests/core/explain/test_recording_explanation.py tests/store/reports/test_call_candidates.py tests/store/filters tests/http/test_passed_sockets.py tests/http/local/test_local_server.py tests/http/workspace/test_feed.py tests/link/test_workers_killed.py
	WARMLINE_SOAK=10 $(RUN) -m pytest tests/http/v1/test_json_openapi.py
	WARMLINE_SOAK=1 $(RUN) -m pytest -s tests/http/people/test_shift.py
	WARMLINE_SOAK=1 $(RUN) -m pytest -s tests/scenarios tests/bench/test_all_run.py tests/cli/install tests/lab/test_page_commands_start.py
	$(RUN) -m tests.http.disposition_killed 200
	$(RUN) -m tests.durability 200
	WARMLINE_SOAK=1 $(RUN) -m pytest tests/docs/test_additions.py tests/cli/help tests/cli/system/test_after_an_upgrade.py tests/cli/config/test_config_killed.py
	WARMLINE_SOAK=1 $(RUN) -m pytest tests/browser/test_cut_network.py
	$(RUN) -m tests.browser.reload_soak 100
	$(RUN) -m tests.browser.reload_soak 100 --chaos
	$(RUN) -m tests.fuzz --minutes $(FUZZ_MINUTES) --each
	$(RUN) -m tests.core.servers.many_servers 100000 1
	$(RUN) -m tests.core.servers.mixed_servers 100 1
	$(RUN) -m tests.servers.chaos --minutes 30
	$(RUN) -m tools.proofs calls
	$(RUN) -m tools.proofs dialchaos
	$(RUN) -m tools.proofs leadkills --rows 20000

# Kills and losses of power at every turn of 200 simulated scenes, then 90 kills on a real Asterisk. The kills are beside
# a locked database, a full file system, and a process that can write nothing. The full file system needs root.
acceptance-durability: setup
	unshare --mount $(RUN) -m pytest -s tests/scenarios/faults/recordings_on_full_disk.py
	$(RUN) -m tests.durability 200
	unshare --mount sh -c 'mkdir -p .cache/full && mount -t tmpfs -o size=8m tmpfs .cache/full && \
		WARMLINE_SOAK=1 LAB_DATABASES="$$PWD/.cache/full" $(RUN) -m pytest tests/scenarios/restarts/test_killed_beside_a_late_disk.py -k confirmed'
	WARMLINE_SOAK=1 $(RUN) -m pytest tests/scenarios/restarts/test_killed_beside_a_late_disk.py -k unrecorded

# The unit of the worker process, in which hooks run, and a media server by its package, under systemd in a clean Debian.
# Needs root.
acceptance-sandbox: setup
	$(RUN) -m pytest -s tests/package/hook_sandbox.py
	WARMLINE_SOAK=1 $(RUN) -m pytest tests/package/test_media_deb.py

# Four phones as agent, customer and third party, judged by the packets on loopback. The first run fetches them, and builds
# pjsua, for which it needs gcc, g++ and make.
acceptance-phones: setup
	$(RUN) -m pytest --durations=5 tests/phones

# Attacks beside callers in a lab, and one row for each, with what the callers lost. It installs nothing; the clock needs
# Debian's package faketime.
acceptance-doors: setup
	$(RUN) -m pytest -s tests/doors

# An agent and a supervisor work by the keyboard alone, at 1280, 800, 640 (200 % zoom), 390 and 360 pixels. Each step is
# judged in light, dark and forced colours.
acceptance-shift: setup
	@$(RUN) -m tests.browser.chromium
	$(RUN) -m pytest --browser chromium --durations=5 tests/shift $(if $(SHOTS),--shots $(abspath $(SHOTS)))

# A manager's first day with a lab's logins alone, and a supervisor who sees nothing of another group. The calls of
# yesterday need Debian's package faketime.
acceptance-managers: setup
	@$(RUN) -m tests.browser.chromium
	$(IN_MEMORY) $(RUN) -m pytest -s --browser chromium --durations=5 tests/managers $(if $(SHOTS),--shots $(abspath $(SHOTS)))

# A day of calls, and a supervisor who listens, whispers and barges in, proved by tones; then the same shifts.
acceptance-firefox: setup
	@$(RUN) -m tests.browser.firefox.program
	$(RUN) -m pytest --browser firefox --durations=5 tests/browser/test_workday.py tests/browser/test_listening.py
	$(RUN) -m pytest --browser firefox --durations=5 tests/shift $(if $(SHOTS),--shots $(abspath $(SHOTS)))

# Calls on several Asterisks under one app, and a fault of a server or of the app beside them. Each party plays a tone.
# Then Debian's Kamailio, with the printed configuration, before parties that stand for servers and before Asterisks.
# Two files at a time, because these tests wait most of the time. The chaos at the end draws faults for two minutes, and
# make soak for thirty.
acceptance-servers: setup
	WARMLINE_SOAK=1 $(RUN) -m pytest $(NO_REQUESTS) $(TWO_FILES) -rP --durations=5 tests/servers tests/front tests/gate/test_frozen_app.py tests/lab/test_servers_demo.py
	$(RUN) -m tests.gate 100
	$(RUN) -m tests.servers.chaos --minutes 2

# Debian's PostgreSQL 15, run by an ordinary user, with a synchronous standby beside it.
acceptance-database: setup
	WARMLINE_SOAK=50 $(RUN) -m pytest $(NO_REQUESTS) -s --durations=5 tests/postgresql/test_primary_killed.py
	WARMLINE_SOAK=5 $(RUN) -m pytest $(NO_REQUESTS) -s --durations=5 tests/postgresql --deselect tests/postgresql/test_primary_killed.py
	$(RUN) -m pytest $(NO_REQUESTS) $(TWO_FILES) --engine postgresql $(ON_BOTH_ENGINES)
	$(RUN) -m pytest $(NO_REQUESTS) $(TWO_FILES) --engine postgresql tests/scenarios -k 'simulated or real'

docs: $(SITE)/built
	@echo "$(CURDIR)/$(SITE)/docs/index.html"

# Fails at a link or an anchor that leads nowhere, and at a page that docs/index.md does not list.
$(SITE)/built: $(VENV)/ready $(PAGES)
	$(VENV)/bin/sphinx-build --quiet --fresh-env --write-all --fail-on-warning --keep-going -c docs . $(SITE)
	@touch $@

deb: $(VENV)/ready
	@PYTHON=$(CURDIR)/$(RUN) packaging/debian/make $(DIST)

bench: setup
	$(RUN) -m tools.bench all

vendor: $(VENV)/ready
	@$(RUN) -m tools.release.vendor

lab: setup
	@$(VENV)/bin/warmline lab up --dir $(LAB)

lab-call: setup
	@$(VENV)/bin/warmline lab call --dir $(LAB)

# The stamp is newer than what it was made from: the next make has nothing to do.
$(VENV)/ready: packaging/requirements.lock tests/datasette.lock pyproject.toml
	@$(MAKE_VENV)
