"""What the packages of contrib add. `make generate` writes this file from contrib/NAME/package.toml of each.

A command is a row of `cli.tree`; of the other kinds there is `module:attribute`. A core without contrib has no rows.
"""
# ruff: noqa: E501 - a help text is one line

from typing import Any

COMMANDS: tuple[dict[str, Any], ...] = (
    {
        "group": "own-script",
        "name": "record",
        "target": "warmline_contrib.agi_sessions.record_command:record",
        "help": "Run an AGI script and record its session.\n\nThe dialplan runs this command in place of the script. The call is served as before, and the file gets the lines of Asterisk and of the script. PINs and other typed keys are masked.",
        "examples": ("/var/lib/warmline/ticket.session ticket", "/var/lib/warmline/ticket.session agi://127.0.0.1:4574/ticket 4711"),
        "access": "local",
    },
    {
        "group": "own-script",
        "name": "test",
        "target": "warmline_contrib.agi_sessions.play_command:test",
        "help": "Play a recorded session against a script.\n\nThe script works on a copy of the database. A server at agi:// works on its own database. The exit code is 2 if a command of the script differs from the session.",
        "examples": ("ticket.session ./ticket", "ticket.session ./ticket --json"),
        "access": "local",
    },
    {
        "group": "audit",
        "name": "compliance",
        "heading": "Calls and agents",
        "target": "warmline_contrib.compliance.audit_compliance:show",
        "help": "Check calls to leads against the law.\n\nEach line has a claim, such as the legal hours. It shows how many calls were checked, how many break the claim, and the first of them with its evidence. The calls are those of the dialler, and those that agents began by the next lead. Only the former are checked for ring time, agent, message and drops. A call is `undecided` if its records do not prove the claim. With --call, the report has the evidence of one call, also outside the period. If a claim is broken, the exit code is 1.",
        "examples": ("--campaign TESTCAMP --since 30d", "--call 01J9ZK3T5M8Q --json"),
        "access": "reports:read",
        "whole": True,
    },
    {
        "group": "",
        "name": "dialplan",
        "heading": "Setting up",
        "help": "Check a dialplan of Asterisk.\n\nThe checks also help if Warmline is not installed.",
        "rows": "warmline_contrib.dialplan_lint.lint_rows:DIALPLAN",
        "examples": ("lint", "lint /etc/asterisk/extensions.conf"),
    },
    {
        "group": "",
        "name": "front",
        "heading": "Setting up",
        "help": "Configure the front of several servers.\n\nA front is a SIP proxy that shares callers out to several Asterisk servers and knows the phones.",
        "rows": "warmline_contrib.front.front_rows:FRONT",
        "examples": ("config --listen 10.0.0.2:5060 --trunk 203.0.113.10", "config --dispatcher"),
    },
    {
        "group": "",
        "name": "import",
        "heading": "Configuration",
        "help": "Convert what another system has.\n\nThe commands only read there. They write configuration files, which you can look at before you apply them. Leads come in with `warmline lead import`.",
        "rows": "warmline_contrib.imports.import_rows:IMPORT",
        "examples": ("queues /etc/asterisk/queues.conf --to ./converted", "queues queues.tsv queue_members.tsv --to ./new --json"),
    },
    {
        "group": "config",
        "name": "vicidial",
        "target": "warmline_contrib.imports.vicidial.config_vicidial:vicidial",
        "help": "Convert a campaign of VICIdial into files.\n\nThe command reads tables that `mysql --batch` has written: vicidial_campaigns, vicidial_lists, vicidial_lead_recycle and vicidial_call_times. It writes files for `warmline config apply`. Each value that differs from the default of Warmline has a line: as what it is read, or why it is not needed or refused.",
        "examples": ("vicidial_campaigns.tsv --to ./converted", "vicidial_campaigns.tsv vicidial_lists.tsv --to ./new --json"),
        "access": "anywhere",
    },
)
CONFIG_APPLIED: tuple[str, ...] = (
    "warmline_contrib.imports.applied_import:keep",
)
ROUTES: tuple[str, ...] = (
    "warmline_contrib.vicidial_api.non_agent_endpoint:routes",
)
API: tuple[str, ...] = (
    "warmline_contrib.compliance.compliance_api:API",
)
DOCTOR_CHECKS: tuple[str, ...] = (
    "warmline_contrib.front.front_check:CHECKS",
)
APP_TASKS: tuple[str, ...] = (
    "warmline_contrib.front.front_link:create_coroutines",
)
NEW_SCRIPT_FILES: tuple[str, ...] = (
    "warmline_contrib.agi_sessions.new_session:add_session",
)
