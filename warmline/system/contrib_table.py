"""What the packages of contrib add. `make generate` writes this file from contrib/NAME/package.toml of each.

A command is a row of `cli.tree`; of the other kinds there is `module:attribute`. A core without contrib has no rows.
"""
# ruff: noqa: E501 - a help text is one line

from typing import Any

COMMANDS: tuple[dict[str, Any], ...] = (
    {
        "group": "",
        "name": "dialplan",
        "heading": "Setting up",
        "help": "Check a dialplan of Asterisk.\n\nThe checks also help if Warmline is not installed.",
        "rows": "warmline_contrib.dialplan_lint.lint_rows:DIALPLAN",
        "examples": ("lint", "lint /etc/asterisk/extensions.conf"),
    },
)
ROUTES: tuple[str, ...] = ()
DOCTOR_CHECKS: tuple[str, ...] = ()
APP_TASKS: tuple[str, ...] = ()
