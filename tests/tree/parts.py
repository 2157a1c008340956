"""The three parts of Warmline that people choose by need, and the folders and files that belong to each.

The toolkit stands on the foundations, the centre on both, and the dialler on all three. The programs and
tables that put the parts together may import everything. docs/explanation/parts.md is about the parts.
"""

from enum import IntEnum
from pathlib import Path

from tests.tree.test_imports import ROOT
from tests.tree.test_layers import modules


class Part(IntEnum):
    """The parts, lowest first: each may import those below it."""

    FOUNDATIONS = 0  # shared by all: rules, records, options, the database, the tree and the output of commands
    TOOLKIT = 1  # scripts of the dialplan, their tests, hooks, `dialplan lint`
    CENTRE = 2  # agents, in-groups, transfers, adoption, recording, workspace, reports
    DIALLER = 3  # automatic calls to leads, and what the law asks about them
    WHOLE = 4  # installation, start, the tables of all commands and routes, the lab, tools


# The longest path that leads to a file decides.
PLACES = {
    "warmline": Part.FOUNDATIONS,
    "warmline/core": Part.CENTRE,
    "warmline/core/replace.py": Part.FOUNDATIONS,
    "warmline/core/rules": Part.FOUNDATIONS,
    "warmline/core/messages": Part.FOUNDATIONS,
    "warmline/core/model": Part.FOUNDATIONS,
    "warmline/core/pacing": Part.DIALLER,
    "warmline/core/dialler": Part.DIALLER,
    "warmline/core/agents/drop_counts.py": Part.DIALLER,
    "warmline/core/agents/ring_hold.py": Part.DIALLER,
    "warmline/simulated_dialling": Part.DIALLER,
    "warmline/agi": Part.TOOLKIT,
    "warmline/ari": Part.TOOLKIT,
    "warmline/dialplan": Part.TOOLKIT,
    "warmline/hooks": Part.TOOLKIT,
    "warmline/store/agi": Part.TOOLKIT,
    "warmline/store/asterisk_records": Part.CENTRE,
    "warmline/store/calls": Part.CENTRE,
    "warmline/store/compliance": Part.DIALLER,
    "warmline/store/daily_reports": Part.CENTRE,
    "warmline/store/dialling": Part.DIALLER,
    "warmline/store/event_hooks": Part.CENTRE,
    "warmline/store/scheduled_reports": Part.CENTRE,
    "warmline/store/events": Part.CENTRE,
    "warmline/store/journal": Part.CENTRE,
    "warmline/store/lookups": Part.CENTRE,
    "warmline/store/journal/hash_chain.py": Part.FOUNDATIONS,
    "warmline/store/journal/imported_rows.py": Part.FOUNDATIONS,
    "warmline/store/journal/storage_state.py": Part.FOUNDATIONS,
    "warmline/store/maintenance": Part.CENTRE,
    "warmline/store/maintenance/backup_and_vacuum.py": Part.FOUNDATIONS,
    "warmline/store/maintenance/database_restore.py": Part.FOUNDATIONS,
    "warmline/store/maintenance/file_replacement.py": Part.FOUNDATIONS,
    "warmline/store/maintenance/new_file.py": Part.FOUNDATIONS,
    "warmline/store/maintenance/schema_check.py": Part.FOUNDATIONS,
    "warmline/store/maintenance/server_database.py": Part.FOUNDATIONS,
    "warmline/store/outbound": Part.DIALLER,
    "warmline/store/privacy": Part.CENTRE,
    "warmline/store/reports": Part.CENTRE,
    "warmline/store/reports/drop_windows.py": Part.DIALLER,
    "warmline/store/wire_names": Part.CENTRE,
    "ari_app": Part.WHOLE,
    "ari_app/agi_process.py": Part.TOOLKIT,
    "ari_app/fastagi.py": Part.TOOLKIT,
    "ari_app/process": Part.FOUNDATIONS,
    "ari_app/live": Part.CENTRE,
    "ari_app/live/dialler_records.py": Part.DIALLER,
    "ari_app/link": Part.CENTRE,
    "ari_app/records": Part.CENTRE,
    "ari_app/supervisor": Part.WHOLE,
    "ari_app/recordings": Part.CENTRE,
    "ari_app/workers": Part.CENTRE,
    "ari_app/switchboard": Part.CENTRE,
    "ari_app/asterisk": Part.CENTRE,
    "ari_app/http": Part.CENTRE,
    "ari_app/http/local": Part.WHOLE,
    "ari_app/http/openapi": Part.WHOLE,
    "ari_app/http/outbound": Part.DIALLER,
    "ari_app/http/routes.py": Part.WHOLE,
    "ari_app/http/v1/diallers.py": Part.DIALLER,
    "ari_app/calls": Part.CENTRE,
    "ari_app/servers": Part.CENTRE,
    "ari_app/dialler": Part.DIALLER,
    "ari_app/background": Part.CENTRE,
    "ari_app/gate": Part.CENTRE,
    "ari_app/background/dialler_metrics.py": Part.DIALLER,
    "lab": Part.WHOLE,
    "cli": Part.WHOLE,
    "cli/tree": Part.FOUNDATIONS,
    "cli/place": Part.FOUNDATIONS,
    "cli/output": Part.FOUNDATIONS,
    "cli/client": Part.FOUNDATIONS,
    "cli/client/lead_records.py": Part.CENTRE,
    "cli/client/list_records.py": Part.CENTRE,
    "cli/client/outbound_records.py": Part.DIALLER,
    "cli/client/recording_records.py": Part.CENTRE,
    "cli/arguments": Part.FOUNDATIONS,
    "cli/arguments/call_filter_options.py": Part.CENTRE,
    "cli/dialplan": Part.TOOLKIT,
    "cli/system/agi.py": Part.TOOLKIT,
    "cli/system/ari_skeleton.py": Part.TOOLKIT,
    "cli/system/hook_skeleton.py": Part.TOOLKIT,
    "cli/system/own_hooks.py": Part.TOOLKIT,
    "cli/system/own_scripts.py": Part.TOOLKIT,
    "cli/system/script_skeleton.py": Part.TOOLKIT,
    "cli/entities": Part.CENTRE,
    "cli/agent": Part.CENTRE,
    "cli/agent/campaign_dialler.py": Part.DIALLER,
    "cli/calls": Part.CENTRE,
    "cli/timeline": Part.CENTRE,
    "cli/audit": Part.CENTRE,
    "cli/audit/audit_attempts.py": Part.DIALLER,
    "cli/audit/audit_compliance.py": Part.DIALLER,
    "cli/audit/audit_drops.py": Part.DIALLER,
    "cli/report": Part.CENTRE,
    "cli/servers": Part.CENTRE,
    "cli/route": Part.CENTRE,
    "cli/leads": Part.CENTRE,
    "cli/leads/dial.py": Part.DIALLER,
    "cli/leads/dial_simulate.py": Part.DIALLER,
    "cli/leads/dial_status.py": Part.DIALLER,
    "cli/leads/dial_stop.py": Part.DIALLER,
    "cli/leads/explain_lead.py": Part.DIALLER,
    "tools": Part.WHOLE,
}

# The only imports of a higher part: the file, that part, and the reason. A border that no file crosses costs nothing.
CROSSINGS = {
    ("cli/arguments/completion.py", Part.TOOLKIT): "completes the hooks; loaded when a shell asks for them",
    ("cli/arguments/completion.py", Part.CENTRE): "completes calls and columns of reports; loaded when a shell asks",
    ("cli/arguments/completion.py", Part.DIALLER): "completes drop windows; loaded when a shell asks",
    ("warmline/store/maintenance/database_restore.py", Part.CENTRE): "a restore sets entries aside that wait on disk",
    ("cli/system/own_hooks.py", Part.CENTRE): "`hook test --call` reads a recorded call; loaded for that option",
    ("warmline/core/engine/automatic_calls.py", Part.DIALLER): "the way of the engine to an automatic call",
    ("warmline/core/commands/command_registry.py", Part.DIALLER): "the commands that start and stop a dialler",
    (
        "warmline/core/agents/disposition_undo.py",
        Part.DIALLER,
    ): "a code of an automatic call counts a person for the law",
    ("warmline/core/agents/pause_and_logout.py", Part.DIALLER): "a pause while a lead rings waits for the ring",
    ("ari_app/calls/dial_facts_lookup.py", Part.DIALLER): "the next lead of an agent follows the order of the dialler",
    ("ari_app/background/metrics.py", Part.DIALLER): "`/metrics` is one page for all parts",
    ("ari_app/http/screen/overview.py", Part.DIALLER): "the overview shows the diallers beside in-groups",
    ("ari_app/http/v1/leads.py", Part.DIALLER): "the page of a lead says why the lead is not dialled",
    ("ari_app/http/non_agent/functions/dialling.py", Part.DIALLER): "functions say which leads are dialled next",
    ("ari_app/http/management/config_entities.py", Part.DIALLER): "the answer to a `lead_filter` has the count",
    ("cli/client/config_records.py", Part.DIALLER): "`campaign set lead_filter=` counts what it matches; loaded then",
    ("cli/client/lead_records.py", Part.DIALLER): "`warmline explain lead` says why a lead is not dialled",
    ("cli/client/list_records.py", Part.DIALLER): "the counts of a list say why leads are not dialled",
    ("cli/leads/list_counts.py", Part.DIALLER): "the counts of a list say why leads are not dialled",
}

# Borders that are not drawn, because each costs more than 500 changed lines; docs/explanation/parts.md names them, too:
# - Adoption stands on the calls, recordings and transfers of the centre. Without agents, it needs calls that have no
#   agent session: 20 files of core/calls and core/commands.
# - The records of the dialler are in those of the centre, such as the attempt of a call and the preview of a session.
#   Without them, the journal, its tables and the copies of other processes have two forms.
# - A campaign has the options of all parts. A second table splits schema.sql, the pages and the configuration files.
# - ari_app/app.py, the routes and the commands put all parts together. Leaving out a part needs tables for each choice.


def part_of(file: str) -> Part:
    """Return the part of a file, by its path from the top of the project."""
    path = Path(file)
    return next(PLACES[str(one)] for one in (path, *path.parents) if str(one) in PLACES)


def modules_of(*parts: Part) -> list[str]:
    """Return the dotted names of the modules of these parts. A package that holds other modules is not among them."""
    return [
        name
        for name, file in modules().items()
        if file.name != "__init__.py" and part_of(str(file.relative_to(ROOT))) in parts
    ]
