"""Fixtures by name: each plugin holds those for one thing that a test may need."""

pytest_plugins = (
    "tests.fix_api",
    "tests.fix_gateway",
    "tests.fix_stack",
    "tests.fix_streams",
)
