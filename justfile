# `uv run just` lists these.

default:
    @just --list

# The demo federation on 127.0.0.1:8000
demo *ARGS:
    uv run sheke demo {{ ARGS }}

# All tests, or those named
test *ARGS:
    uv run pytest {{ ARGS }}

# Formatting, linters, types
check:
    uv run ruff format --check .
    uv run ruff check .
    uv run djlint --lint --quiet sheke
    uv run mypy sheke

# Mend what formatting can mend
format:
    uv run ruff format .
    uv run ruff check --fix .
    uv run djhtml --tabwidth 2 sheke

# Collect and compile the Chinese texts of one app
texts APP:
    cd sheke/{{ APP }} && uv run django-admin makemessages -l zh_Hans --no-location --no-obsolete
    cd sheke/{{ APP }} && uv run django-admin compilemessages -l zh_Hans

# The benchmark of the whole way; prints JSON
bench *ARGS:
    uv run python -m bench.report --json {{ ARGS }}

# Exact versions for pyproject.toml's constraint-dependencies
pins:
    uv lock --upgrade
    uv run python scripts/pins.py
