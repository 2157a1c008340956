"""The layers: which folders a folder may import, and that a name is one thing."""

from collections import defaultdict
from pathlib import Path

from tests.tree.test_imports import PACKAGES, ROOT, imports, python_files

# Lowest first. A file imports from its own folder and from those above it here. A folder is its own files, without what
# is in folders below it: `ari_app` is what puts the parts of the application together.
LAYERS = (
    "warmline",
    # the core: no I/O, no clock
    "warmline/core",
    "warmline/core/rules",
    "warmline/core/messages/values",
    "warmline/core/messages",
    "warmline/core/model",
    "warmline/core/pacing",
    "warmline/core/indexes",
    "warmline/core/queue/matching",
    "warmline/core/world",
    "warmline/core/permission",
    "warmline/core/receipts",
    "warmline/core/servers",
    "warmline/core/webhooks",
    "warmline/core/queue",
    "warmline/core/agents",
    "warmline/core/media",
    "warmline/core/calls/of_lead",
    "warmline/core/calls/sip",
    "warmline/core/calls",
    "warmline/core/dialler",
    "warmline/core/commands",
    "warmline/core/engine",
    "warmline/core/screen",
    "warmline/core/explain",
    # shared by the app, the command line and the AGI scripts
    "warmline/access",
    "warmline/text",
    "warmline/system/socket_messages",
    "warmline/system",
    "warmline/options/values",
    "warmline/options/campaign",
    "warmline/options",
    "warmline/leads",
    "warmline/simulated_dialling",
    "warmline/dialplan",
    # the client of Asterisk's REST interface
    "warmline/ari/client",
    # the database
    "warmline/store",
    "warmline/store/postgresql",
    "warmline/store/database",
    "warmline/store/recordings",
    "warmline/store/notes",
    "warmline/store/agi",
    "warmline/store/migrations",
    "warmline/store/wire_names",
    "warmline/store/events",
    "warmline/store/journal",
    "warmline/store/maintenance",
    "warmline/store/configuration",
    "warmline/store/lead_changes",
    "warmline/store/imports",
    "warmline/store/leads",
    "warmline/store/dialling",
    "warmline/store/calls",
    "warmline/store/event_hooks",
    "warmline/store/reports",
    "warmline/store/compliance",
    "warmline/store/daily_reports",
    "warmline/store/scheduled_reports",
    "warmline/store/lookups",
    "warmline/store/outbound",
    "warmline/store/asterisk_records",
    "warmline/store/privacy",
    # hooks
    "warmline/hooks",
    # AGI and ARI scripts
    "warmline/agi/questions",
    "warmline/agi",
    "warmline/agi/sessions",
    "warmline/agi/testing",
    "warmline/ari",
    "warmline/ari/testing",
    # the application
    "ari_app/process",
    "ari_app/live",
    "ari_app/link",
    "ari_app/records",
    "ari_app/supervisor",
    "ari_app/recordings",
    "ari_app/workers",
    "ari_app/switchboard",
    "ari_app/asterisk",
    "ari_app/http/server/limits",
    "ari_app/http/server",
    "ari_app/http/streams",
    "ari_app/calls",
    "ari_app/servers",
    "ari_app/dialler",
    "ari_app/background",
    "ari_app/gate",
    "ari_app/http/v1/bodies",
    "ari_app/http/v1",
    "ari_app/http/management",
    "ari_app/http/outbound",
    "ari_app/http/imports",
    "ari_app/http/people",
    "ari_app/http/past",
    "ari_app/http/servers",
    "ari_app/http/screen",
    "ari_app/http/openapi",
    "ari_app/http/workspace",
    "ari_app/http/workspace/phone",
    "ari_app/http/local",
    "ari_app/http/agc/requests",
    "ari_app/http/agc/functions",
    "ari_app/http/agc",
    "ari_app/http/non_agent/requests",
    "ari_app/http/non_agent/functions",
    "ari_app/http/non_agent",
    "ari_app/http",
    "ari_app",
    # the lab
    "lab/sip",
    "lab",
    "lab/outbound",
    "lab/servers",
    # the command line
    "cli/tree",
    "cli/place",
    "cli/output",
    "cli/client",
    "cli/arguments",
    "cli/guess_tables",
    "cli/arguments/sentences",
    "cli/help",
    "cli/install",
    "cli/front",
    "cli/doctor/facts",
    "cli/doctor/checks",
    "cli/doctor",
    "cli/dialplan",
    "cli/imports",
    "cli/imports/freepbx",
    "cli/imports/vicidial",
    "cli/imports/vicidial/rows",
    "cli/entities",
    "cli/leads",
    "cli/agent",
    "cli/calls",
    "cli/timeline",
    "cli/audit",
    "cli/report",
    "cli/servers",
    "cli/route",
    "cli/system",
    "cli",
    # tools that are not shipped
    "tools",
    "tools/simulation",
    "tools/simulation/asterisk",
    "tools/simulation/call_centre",
    "tools/simulation/postgresql",
    "tools/simulation/dialling",
    "tools/pages/analysis",
    "tools/pages/recorded",
    "tools/pages/features",
    "tools/pages",
    "tools/bench/tools",
    "tools/bench/calls",
    "tools/bench/core",
    "tools/bench/reports",
    "tools/bench/capacity",
    "tools/bench/flood",
    "tools/bench/chaos",
    "tools/bench/dialling",
    "tools/bench/restarts",
    "tools/bench/pacing",
    "tools/bench/million",
    "tools/bench/database",
    "tools/bench",
    "tools/release",
)

Arrow = tuple[str, str]


def modules() -> dict[str, Path]:
    """Every module of product and tools by its dotted name."""
    files = [file for package in PACKAGES if package != "agi-bin" for file in python_files(package)]
    return {".".join(parts_of(file)): file for file in files}


def parts_of(file: Path) -> tuple[str, ...]:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


def folder(file: Path) -> str:
    return str(file.relative_to(ROOT).parent)


def arrows() -> dict[Arrow, list[str]]:
    """Return each pair of folders of which the first imports the second, with the files that do."""
    known = modules()
    found: dict[Arrow, list[str]] = defaultdict(list)
    for file in known.values():
        for name in imports(file):
            if name in known and folder(known[name]) != folder(file):
                found[folder(file), folder(known[name])].append(str(file.relative_to(ROOT)))
    return found


def test_every_folder_has_its_layer() -> None:
    assert {folder(file) for file in modules().values()} == set(LAYERS)


def test_a_folder_imports_the_layers_below_it() -> None:
    crossed = {arrow: files for arrow, files in arrows().items() if LAYERS.index(arrow[0]) < LAYERS.index(arrow[1])}
    assert crossed == {}


def test_no_two_folders_import_each_other() -> None:
    found = arrows()
    assert [(one, other) for one, other in found if (other, one) in found] == []


def test_an_import_against_the_layers_is_seen() -> None:
    found = arrows()
    assert ("ari_app/http", "ari_app/http/v1") in found
    assert ("cli", "ari_app") not in found and ("warmline/core/engine", "warmline/core/calls") in found
