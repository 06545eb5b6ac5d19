# Two commands do everything, set-up included: `make publish` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: publish test lint types tests bench pictures clean

publish: $(VENV)/.for-publish  ## build the leaflets into output/
	$(BIN)/python publish.py build

test: $(VENV)/.for-test lint types tests  ## lint, types, tests with every validator

lint: $(VENV)/.for-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.for-test
	$(BIN)/mypy

tests: $(VENV)/.for-test
	$(BIN)/python -m pytest --numprocesses 2 --dist loadgroup --cov --cov-report term:skip-covered --cov-fail-under 95

bench: $(VENV)/.for-test  ## measure against other tools, about 10 minutes
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python benchmarks/compare.py

pictures: $(VENV)/.for-test  ## the page pictures of the README
	$(BIN)/python setup/page_pictures.py

$(VENV)/.for-publish: pyproject.toml setup/prepare
	setup/prepare publish $(PYTHON) $(VENV)
	touch $@

$(VENV)/.for-test: pyproject.toml setup/prepare $(VENV)/.for-publish
	setup/prepare test $(PYTHON) $(VENV)
	touch $@

clean:
	rm -rf output $(VENV) .tools .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage*
