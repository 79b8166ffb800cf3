# make demo   the MNIST map, made and served      (ARGS="--no-serve" only makes it)
# make test   every check there is: ruff, mypy, vitest, pytest with the browser tests
PYTHON ?= python3
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

BUILD_INPUTS := pyproject.toml constraints.txt CMakeLists.txt viewer/package-lock.json \
	$(shell find native viewer/src viewer/public viewer/index.html viewer/*.ts viewer/*.json -type f 2>/dev/null)

.PHONY: demo test install clean
.DELETE_ON_ERROR:

demo: $(VENV)/.installed
	$(BIN)/terrella demo $(ARGS)

test: $(VENV)/.installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	npm --prefix viewer run --silent lint
	npm --prefix viewer run --silent check
	npm --prefix viewer test
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

install: $(VENV)/.installed

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Terrella needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version). Name another: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@command -v npm > /dev/null || { echo "Terrella's viewer is built with Node 20 or newer; npm was not found. Install Node.js first."; exit 2; }
	@command -v c++ > /dev/null || { echo "Terrella's engine is built with a C++17 compiler; c++ was not found. Install g++ 12 or newer first."; exit 2; }
	$(PYTHON) -m venv $(VENV)

# The package is installed in place, so that a change of Python code needs no new build; native code and the viewer do.
$(VENV)/.installed: $(BUILD_INPUTS) | $(VENV)/bin/python
	$(PIP) --upgrade pip
	$(PIP) --group build
	$(PIP) --no-build-isolation --editable .
	touch $@

$(VENV)/.installed-for-tests: $(VENV)/.installed
	$(PIP) --group test --group test-models
	touch $@

clean:
	rm -rf $(VENV) build dist viewer/dist viewer/node_modules
