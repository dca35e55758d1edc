# Each of these works alone in a fresh clone: it needs Python 3.11 or newer, git and make.

PYTHON ?= python3
OLDEST := 3.11
BIN := .venv/bin
MAP := output/two-koreas.html

# The recipes in the order in which they build on each other.
RECIPES := countries coasts lines boundaries seas eez belts basemap gazetteer regions sites systems


.PHONY: map test check check-all bench layers clean
.DEFAULT_GOAL := map

map: .venv/.geomap
	@$(BIN)/geomap map seeds/two-koreas-one-day.md -o $(MAP) --overwrite

test: .venv/.dev
	@$(BIN)/python -m pytest -n 2

check: test
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy --strict

# Every picture of every article in all sizes; ARTICLES names a folder of your own.
check-all: check
	@$(BIN)/python tests/pictures.py $(ARTICLES)

# Figures depend on the machine and on what else it does. ROWS names some (make bench ROWS=rings,zones), ARTICLES a folder
# of .txt files of your own, NUMBER how many articles the memory is tried with.
bench: .venv/.dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check flashgeotext
	@PYTHONPATH=tests $(BIN)/python -m benchmarks $(if $(ROWS),--rows "$(ROWS)") $(if $(ARTICLES),--articles "$(ARTICLES)") \
		$(if $(NUMBER),--number "$(NUMBER)")

layers: .venv/.recipes
	@command -v npm >/dev/null || { echo "the recipes fetch Natural Earth with npm: install it first" >&2; exit 1; }
	@for recipe in $(RECIPES); do echo "layers/recipes/$$recipe.py"; $(BIN)/python layers/recipes/$$recipe.py || exit 1; done
	@$(BIN)/geomap layers check

clean:
	@rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find geomap tests layers -name __pycache__ -type d -prune -exec rm -rf {} +
	@find output -type f ! -name .gitignore -delete

# A stamp for each set of dependencies: a second run installs nothing.
.venv/.geomap: EXTRAS :=
.venv/.dev: EXTRAS := [dev]
.venv/.recipes: EXTRAS := [recipes]
.venv/.geomap .venv/.dev .venv/.recipes: .venv/.made pyproject.toml
	@echo "installing geomap$(EXTRAS) into .venv" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".$(EXTRAS)"
	@$(BIN)/python -m compileall -q geomap
	@touch $@

.venv/.made:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < tuple(map(int, '$(OLDEST)'.split('.'))))" || { \
		echo "geomap needs Python $(OLDEST) or newer, and '$(PYTHON)' is not; name one, as in: make PYTHON=python3.12" >&2; \
		exit 1; }
	@$(PYTHON) -m venv .venv || { \
		echo "'$(PYTHON)' cannot make a virtual environment; on Debian, install python3-venv" >&2; exit 1; }
	@touch $@
