# Two commands are all a newcomer needs: make demo, make test. Both need python3 >= 3.11 and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# what wxqr is measured against lives apart
PEERS := .venv-bench
PORT ?= 8400

# where Python may not keep what it has compiled, every worker and every program under test compiles all of it anew
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test check bench lock pictures clean

demo: $(VENV)/.installed
	$(BIN)/wxqr sandbox --port $(PORT)

# neighbours stay with one worker, which so starts few browsers; who is done takes from the others
test: $(VENV)/.dev
	$(BIN)/pytest -n 3 --dist worksteal

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev $(PEERS)/.tried
	$(BIN)/python -m bench

# the READMEs open with them; they want Chromium
pictures: $(VENV)/.dev
	$(BIN)/python docs/pictures.py

# the lock names no index: it is good wherever the same files are served
lock: $(VENV)/.dev
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --no-annotate --extra build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --no-annotate --extra build --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --no-annotate --group bench -c requirements-dev.lock -o requirements-bench.lock

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "wxqr needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.installed
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

# where they cannot be had, wxqr is measured without them, and says so
$(PEERS)/.tried: requirements-bench.lock
	rm -rf $(PEERS)
	$(PYTHON) -m venv $(PEERS)
	-$(PEERS)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-bench.lock
	touch $@

clean:
	rm -rf $(VENV) $(PEERS) bench/.cache build dist *.egg-info
