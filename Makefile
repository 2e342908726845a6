# Everything one does with this repository, one line of explanation each: `make help`.
#
# The Python environment lives in .venv and is filled from the hash-pinned files under requirements/. A stamp in
# .venv holds what was installed, so that nothing is done twice.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes
# Extras are kept (fonttools[woff]): pip, asked for hashes, takes no release without one for a requirement with it.
LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-annotate --no-header --no-strip-extras
TWO := -n 2 --dist worksteal
# The suite fills gigabytes: with large pages, taken in large steps, it needs a tenth less time. Other systems pass over it.
MEMORY := GLIBC_TUNABLES=glibc.malloc.hugetlb=1:glibc.malloc.top_pad=67108864:glibc.malloc.trim_threshold=1000000000
CHECKED := ucapdesk tests benchmarks main.py

.DEFAULT_GOAL := help
.PHONY: help setup run test check format bench soak atspi heard package installer wine deb debian twice macos migration texts pictures lock locks clean

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## /  \1|/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do \
		printf '%-12s%s\n' "$$name" "$$text"; done

setup: $(VENV)/dev.stamp ## make .venv with everything needed to work on the program
	@sh requirements/system.sh window || true

run: $(VENV)/runtime.stamp ## open the program; the first time it asks how to begin (ARGS=… is handed on)
	@sh requirements/system.sh window || true
	@$(BIN)/python main.py $(ARGS)

test: $(VENV)/dev.stamp ## run the whole suite, without a screen (ARGS="-k visit" runs a part)
	@sh requirements/system.sh test
	@$(MEMORY) $(BIN)/python -m pytest $(or $(WORKERS),$(TWO)) $(ARGS)

check: $(VENV)/dev.stamp ## lint, types, layers, licences, texts: all that is read rather than run
	@$(BIN)/ruff check $(CHECKED) resources db packaging
	@$(BIN)/ruff format --check --quiet $(CHECKED) resources db packaging
	@$(BIN)/mypy $(CHECKED)
	@cd packaging && MYPYPATH=.. ../$(BIN)/mypy --config-file ../pyproject.toml *.py
	@$(BIN)/python -m pytest -q -p no:xdist tests/architecture

format: $(VENV)/dev.stamp ## write all Python files in the one agreed form
	@$(BIN)/ruff check --fix --quiet $(CHECKED) resources db packaging || true
	@$(BIN)/ruff format $(CHECKED) resources db packaging

bench: $(VENV)/bench.stamp ## measure beside other programs and write benchmarks/RESULTS.md
	@$(BIN)/python -m benchmarks $(ARGS)

soak: $(VENV)/dev.stamp ## the suite with thousands of examples and every crash point, and at other hours and places (takes hours)
	@sh requirements/system.sh soak
	@failed=0; UCAPDESK_SOAK=1 $(BIN)/python -m pytest $(or $(WORKERS),$(TWO)) $(ARGS) || failed=1; \
		sh tests/any_clock.sh $(or $(WORKERS),$(TWO)) $(ARGS) && exit $$failed

atspi: $(VENV)/dev.stamp ## read every page over a real accessibility bus, as a screen reader does (ARGS="de home week" for some)
	@sh requirements/system.sh atspi
	@PYTHON=$(BIN)/python sh tests/atspi/read_pages.sh $(ARGS)

heard: $(VENV)/dev.stamp ## go through journeys by keys and compare what the screen reader Orca says (ARGS=--write keeps it, ARGS=J3 goes through one)
	@sh requirements/system.sh atspi
	@PYTHON=$(BIN)/python sh tests/atspi/hear_journeys.sh $(ARGS)

package: $(VENV)/dev.stamp ## build the wheel into dist/
	@$(BIN)/python -m pip --disable-pip-version-check wheel --quiet --no-deps --no-build-isolation -w dist .
	@ls dist/*.whl

installer: $(VENV)/dev.stamp ## build the Windows installer into dist/ (docs/packaging.md says with what)
	@PYTHONPATH=. QT_QPA_PLATFORM=offscreen $(BIN)/python packaging/make_installer.py

migration: $(VENV)/dev.stamp ## write the step of migration for changed declarations (NAME="vehicles")
	@$(BIN)/python -m db.migrations.new_step $(NAME)

wine: $(VENV)/dev.stamp ## try that installer under Wine; ARGS=suites runs test suites there too
	@PYTHONPATH=. QT_QPA_PLATFORM=offscreen $(BIN)/python packaging/try_wine.py $(ARGS)

deb: $(VENV)/dev.stamp ## build the package for Debian and Ubuntu into dist/
	@PYTHONPATH=. QT_QPA_PLATFORM=offscreen $(BIN)/python packaging/make_deb.py

debian: $(VENV)/dev.stamp ## try that package in fresh systems, as root (ARGS="bookworm trixie")
	@PYTHONPATH=. QT_QPA_PLATFORM=offscreen $(BIN)/python packaging/try_deb.py $(ARGS)

twice: $(VENV)/dev.stamp ## build both twice, the second time from a clone elsewhere, and compare the bytes
	@PYTHONPATH=. $(BIN)/python packaging/build_twice.py $(ARGS)

macos: $(VENV)/dev.stamp ## build the disk image for macOS into dist/, on a Mac
	@sh packaging/make_macos.sh

texts: $(VENV)/dev.stamp ## collect the texts of the program into resources/locale and compile them
	@$(BIN)/python resources/locale/catalogue.py

pictures: $(VENV)/dev.stamp ## draw the windows and papers into docs/pictures
	@$(BIN)/python -m tests.helpers.pictures docs/pictures

lock: $(VENV)/dev.stamp ## take the newest releases into requirements/*.txt (needs uv: .venv/bin/pip install uv)
	@$(LOCK) --upgrade -o requirements/runtime.txt pyproject.toml requirements/build.in
	@$(LOCK) --upgrade -c requirements/runtime.txt --extra dev -o requirements/dev.txt pyproject.toml requirements/build.in
	@$(LOCK) --upgrade -c requirements/dev.txt --extra dev --extra bench -o requirements/bench.txt pyproject.toml requirements/build.in

locks: runtime.resolved dev.resolved bench.resolved ## see whether each lock can be installed anew, with hashes (-j3 -k: all at once)

%.resolved: requirements/%.txt $(VENV)/bin/python
	@$(PIP) --dry-run --ignore-installed -r $< || { echo "$< cannot be installed as it stands; make lock writes it anew"; exit 1; }

clean: ## remove what was built, measured and cached, but not .venv
	@rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis htmlcov .coverage ucapdesk-sample

# The environment. Each stamp stands for one lock file installed, and the program itself on top of it (editable).

$(VENV)/bin/python:
	@sh requirements/system.sh venv
	@echo "Making $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/%.stamp: requirements/%.txt pyproject.toml | $(VENV)/bin/python
	@cmp -s requirements/$*.txt $(VENV)/$*.lock || { \
		echo "Installing what requirements/$*.txt names (once; about 200 MB to fetch) …"; \
		$(PIP) -r requirements/$*.txt; }
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation -e .
	@cp requirements/$*.txt $(VENV)/$*.lock
	@touch $@
