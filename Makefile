# Two commands do all the set-up: `make run` reads the bundled example reports, `make test` runs the tests.
PYTHON ?= python3
BIN := .venv/bin
LEDGER ?= build/examples.db
# How many reports of the pool `make bench` reads beside its peers.
SAMPLE ?= 200

.PHONY: run test check eval bench train clean

run: .venv/ready
	@mkdir -p $(dir $(LEDGER))
	@$(BIN)/kronik add examples --db $(LEDGER)
	@$(BIN)/kronik timeline --db $(LEDGER)

test: .venv/ready-test
	$(BIN)/python -m pytest

check: .venv/ready-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/kronik check

eval: .venv/ready
	$(BIN)/python benchmarks/evaluate.py
	$(BIN)/python benchmarks/evaluate.py --fast

bench: .venv/ready
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/speed.py --fast
	$(BIN)/python benchmarks/peers.py --sample $(SAMPLE)

# Makes the reader's weights anew from ../shared; an hour or two on two cores.
train: .venv/ready
	$(BIN)/python -m pip install --quiet -e '.[train]'
	$(BIN)/python -m training.train

# uv makes the environment where it is there; otherwise venv and an upgraded pip do.
.venv/ready: pyproject.toml
	@if command -v uv >/dev/null 2>&1; then \
	  { [ -x $(BIN)/python ] || uv venv --quiet --python $(PYTHON) .venv; } && uv pip install --quiet --python $(BIN)/python -e .; \
	else \
	  { [ -x $(BIN)/python ] || $(PYTHON) -m venv .venv; } && $(BIN)/python -m pip install --quiet --upgrade pip && \
	  $(BIN)/python -m pip install --quiet -e .; \
	fi
	@touch $@

.venv/ready-test: .venv/ready
	@if command -v uv >/dev/null 2>&1; then uv pip install --quiet --python $(BIN)/python -e '.[test]'; \
	else $(BIN)/python -m pip install --quiet -e '.[test]'; fi
	@touch $@

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache
