# Köprü. A fresh clone needs Python 3.11 or newer and make; nothing else.
#
#   make run [PORT=8000] [STORE=var/store]   install, build, fill an empty store, serve
#   make test                                install what tests need, run all of them
#   make check                               style, types and import rules only
#   make bench, make soak                    long measurements; tables to copy into docs/
#   make bench-sparql [QUICK=1]              SPARQL servers side by side; writes docs/sparql-bench.md
#   make bench-recommend                     how fast partners are ranked over the world
#   make bench-gaps                          how fast gaps, ways and consortia are found
#   make bench-web                           how long one waits before the explorer and the map
#   make report-card                         how well: train, evaluate, write the card (an hour or more)
#   make messages, make lock                 after changing a sentence, a dependency

PORT ?= 8000
HOST ?= 127.0.0.1
STORE ?= var/store
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
WEB := $(shell find viz/web -path viz/web/node_modules -prune -o -type f -print 2>/dev/null)
CATALOGUES := $(wildcard ontology/locale/*/LC_MESSAGES/kopru.po)

# Tables of the world's ties and cities; not part of the program.
DATA ?= $(or $(KOPRU_REFERENCE_DATA),../shared)/data

.PHONY: run test check bench bench-ingest bench-sparql bench-web bench-gaps bench-recommend report-card soak messages lock clean tools

run: .stamps/built
	@$(BIN)/kopru serve --store "$(STORE)" --host "$(HOST)" --port "$(PORT)"

test: .stamps/test tools check
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

check: .stamps/test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python hatch_build.py types

bench: .stamps/test .stamps/peers/done
	@for program in bench/bench_*.py; do $(BIN)/python $$program || exit 1; done

bench-sparql: .stamps/test .stamps/peers/done
	@$(BIN)/python bench/bench_sparql.py $(if $(QUICK),--quick,--docs docs)

# The servers that ours is compared with, in an environment of their own: what they bring along
# (uvloop, httptools) would change how ours runs.
.stamps/peers/done: .stamps/venv requirements/bench.lock
	@echo "Installing the servers to compare with (once) ..."
	@$(PYTHON) -m venv .stamps/peers
	@.stamps/peers/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/bench.lock
	@command -v virtuoso-t >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq virtuoso-opensource-7-bin >/dev/null; \
	else echo "virtuoso-t is missing: it is left out (on Debian: apt-get install virtuoso-opensource-7-bin)"; fi
	@touch $@

bench-ingest: .stamps/test
	@$(BIN)/python bench/bench_ingest.py
	@$(BIN)/python bench/again.py

bench-recommend: .stamps/test
	@$(BIN)/python bench/bench_recommend.py

bench-gaps: .stamps/test
	@$(BIN)/python bench/bench_gaps.py

bench-web: .stamps/test tools
	@$(BIN)/python bench/bench_web.py

report-card: .stamps/evaluate
	@$(BIN)/kopru evaluate --lang en --twins $(DATA)/twins.csv.gz --memberships $(DATA)/memberships.csv.gz \
		--cities $(DATA)/cities.csv.gz --projects $(DATA)/interreg_participations.csv.gz --seeds 3 --rings both \
		--out graph/ranking/evaluation/report_card.json --out docs/report-card.md

soak: .stamps/test
	@for program in bench/soak_*.py; do $(BIN)/python $$program || exit 1; done

# Debian's browser, spreadsheet program and SPARQL server for the tests that use them, where this user may.
tools:
	@missing=; \
	command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing="$$missing chromium"; \
	command -v soffice >/dev/null || missing="$$missing libreoffice-calc-nogui"; \
	command -v virtuoso-t >/dev/null || missing="$$missing virtuoso-opensource-7-bin"; \
	if [ -z "$$missing" ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing$$missing ..."; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null; \
	else echo "Some tests need what is missing here (on Debian: apt-get install$$missing)"; fi

.stamps/venv:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and was not found."; exit 1; }
	@echo "Making .venv with $(PYTHON) ..."
	@$(PYTHON) -m venv .venv || { echo "venv is missing (on Debian: apt-get install python3-venv)"; exit 1; }
	@mkdir -p .stamps && touch $@

.stamps/run: .stamps/venv requirements/run.lock
	@echo "Installing (once) ..."
	@$(PIP) install --require-hashes -r requirements/run.lock
	@touch $@

# Node.js builds the pages' scripts; the one on the path serves if it is new enough.
.stamps/node: .stamps/run requirements/node.lock
	@node -e 'const [a,b]=process.versions.node.split(".").map(Number); process.exit(a>22||(a==22&&b>=12)||(a==20&&b>=19)?0:1)' 2>/dev/null \
		&& command -v npm >/dev/null || $(PIP) install --require-hashes -r requirements/node.lock
	@touch $@

.stamps/built: .stamps/node pyproject.toml hatch_build.py $(WEB) $(CATALOGUES)
	@echo "Building ..."
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.stamps/test: .stamps/built requirements/test.lock
	@echo "Installing what the tests need (once) ..."
	@$(PIP) install --require-hashes -r requirements/test.lock
	@touch $@

.stamps/evaluate: .stamps/test requirements/evaluate.lock
	@$(PIP) install --require-hashes -r requirements/evaluate.lock
	@touch $@

# Brings new sentences into the Turkish catalogue; a test names those without a translation.
messages: .stamps/test
	@$(BIN)/python -m babel.messages.frontend -q extract -F babel.cfg --no-default-keywords \
		-k N_ -k translate -k _ -k t --add-location=file --sort-output --no-wrap --project=kopru --version=0 \
		--copyright-holder=Köprü --msgid-bugs-address= -o .stamps/kopru.pot .
	@$(BIN)/python -m babel.messages.frontend -q update -D kopru -i .stamps/kopru.pot -d ontology/locale -l tr \
		--no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	@$(BIN)/python hatch_build.py

lock: .stamps/venv
	@$(PIP) install uv
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--no-emit-index-url --no-emit-find-links pyproject.toml requirements/build.in -o requirements/run.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--no-emit-index-url --no-emit-find-links --extra test -c requirements/run.lock \
		pyproject.toml requirements/build.in -o requirements/test.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--no-emit-index-url --no-emit-find-links requirements/node.in -o requirements/node.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--no-emit-index-url --no-emit-find-links requirements/bench.in -o requirements/bench.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--no-emit-index-url --no-emit-find-links -c requirements/run.lock requirements/evaluate.in \
		-o requirements/evaluate.lock

clean:
	@rm -rf .stamps .venv viz/static/build viz/web/node_modules
