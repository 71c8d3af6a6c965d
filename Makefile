# make demo      the whole thing on this machine, from nothing
# make test      all tests, real broker, registry and database included
# make check     the short loop: lint, types, import rules, tests without services
# make setup     the environment alone        make down   stop what demo started
# make format    lay out the code             make lock   resolve the dependencies anew
# make sign-in   sign-in over a real Keycloak, which it fetches (a minute; not part of make test)
# make worlds    ten thousand random worlds against the store (hours; make test tries two hundred)

.PHONY: setup demo test check down lock format lint types imports unit worlds sign-in

bin := .venv/bin
locks := requirements/build.txt pyproject.toml ops/local/bootstrap

setup: .venv/.setup-run

.venv/.setup-run: requirements/run.txt $(locks)
	@ops/local/bootstrap run
	@touch $@

# Whoever has the tests' environment has the product's too.
.venv/.setup-test: requirements/test.txt $(locks)
	@ops/local/bootstrap test
	@touch .venv/.setup-run $@

demo: setup
	@$(bin)/sangam demo

down: setup
	@$(bin)/sangam down

# Two at a time, each one's output in one piece.
check: .venv/.setup-test
	@$(MAKE) --no-print-directory --keep-going -j2 --output-sync=target types unit lint imports

lint:
	$(bin)/ruff check --quiet .
	$(bin)/ruff format --check --quiet .

types:
	$(bin)/mypy

imports:
	@told=$$($(bin)/lint-imports --no-cache) || { echo "$$told"; exit 1; }

unit:
	$(bin)/python -m pytest -q -m "not stack and not keycloak"

test: check
	$(bin)/python -m pytest -q -m stack

sign-in: .venv/.setup-test
	$(bin)/python -m pytest -q -m keycloak

worlds: .venv/.setup-test
	SANGAM_WORLDS=10000 $(bin)/python -m pytest -q tests/projections/store/test_any_order.py

format: .venv/.setup-test
	$(bin)/ruff check --fix --quiet .
	$(bin)/ruff format .

compile := $(bin)/uv pip compile --quiet --upgrade --universal --generate-hashes
lock: .venv/.setup-test
	$(compile) --extra local --extra test pyproject.toml -o requirements/test.txt
	$(compile) --extra local -c requirements/test.txt pyproject.toml -o requirements/run.txt
	$(compile) --group build -c requirements/test.txt -o requirements/build.txt
	$(compile) --extra bench pyproject.toml -o requirements/bench.txt
	$(bin)/python -m ops.local.parts_list
