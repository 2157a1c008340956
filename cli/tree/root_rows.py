"""The commands and groups of `warmline`."""

from cli.tree.tree_row import TreeCommand, TreeGroup

ENTITY = "cli.tree.entity_rows:entity"  # of all that is configured by its name

ROOT = (
    TreeCommand("serve", "cli.system.serve:serve", "Run the app, which owns the live calls, until it is stopped."),
    TreeCommand(
        "guard",
        "cli.system.guard:guard",
        "Send callers to the fallback while the app is stopped or stuck; runs beside it until it is ended itself.",
    ),
    TreeCommand(
        "live", "cli.calls.live:live", "Follow agents, queues and calls until Ctrl-C; piped, a line for each change."
    ),
    TreeCommand(
        "completion",
        "cli.system.shell_completion:completion",
        "Print the script that makes a shell offer commands, names from the database, options and values.",
        "bash > /etc/bash_completion.d/warmline",
    ),
    TreeCommand(
        "install",
        "cli.install.install:install",
        "Join an Asterisk that is there: every change is shown first, and `uninstall` takes back exactly these.",
        "--from-trunk from-trunk --dry-run",
    ),
    TreeCommand(
        "uninstall",
        "cli.install.install:uninstall",
        "Take back exactly what `install` changed; the database with its calls stays. Not while app or guard run.",
    ),
    TreeCommand(
        "history",
        "cli.calls.history:history",
        "The calls of an agent or a number: in or out, when, how long, answered, missed or failed.",
        "1000",
    ),
    TreeGroup("campaign", "The rules an agent works under: recording, transfers, dialling.", ENTITY),
    TreeGroup("ingroup", "An inbound queue with its rules.", ENTITY),
    TreeGroup("agent", "A person who takes calls.", "cli.tree.agent_rows:AGENT"),
    TreeGroup("phone", "A SIP endpoint that exists in Asterisk; Warmline writes no SIP accounts.", ENTITY),
    TreeGroup("did", "A number that callers dial, or a pattern of numbers.", ENTITY),
    TreeGroup("call-time", "The hours in which something is open.", ENTITY),
    TreeGroup("holiday", "A day on which call times are other ones.", ENTITY),
    TreeGroup("container", "A named list that options refer to.", ENTITY),
    TreeGroup("preset", "A number that a toolbar offers a campaign's agents for transfers.", ENTITY),
    TreeGroup("group-alias", "A caller id that may be chosen for a third party by its name.", ENTITY),
    TreeGroup("list", "A list of leads.", ENTITY),
    TreeGroup("lead", "Leads: whom to call, and who calls.", "cli.tree.lead_rows:LEAD"),
    TreeGroup("dnc", "Numbers that must not be dialled.", "cli.tree.lead_rows:DNC"),
    TreeGroup("script", "What agents read to their customers.", ENTITY),
    TreeGroup("disposition", "A code for what came of a call.", ENTITY),
    TreeGroup("pause-code", "A code for why an agent pauses.", ENTITY),
    TreeGroup("setting", "What holds for everything.", "cli.tree.entity_rows:SETTING"),
    TreeGroup("config", "The whole configuration as files, and its history.", "cli.tree.system_rows:CONFIG"),
    TreeGroup("api-user", "Who may use the agent API.", "cli.tree.entity_rows:api_user"),
    TreeGroup("api-token", "A program that uses the JSON API.", "cli.tree.entity_rows:api_token"),
    TreeGroup("call", "Live calls, and the disposition of any call.", "cli.tree.call_rows:CALL"),
    TreeGroup("callback", "Who is to be called back.", "cli.tree.call_rows:CALLBACK"),
    TreeGroup("audit", "What happened, and whether the records are whole.", "cli.tree.audit_rows:AUDIT"),
    TreeGroup("privacy", "What is kept of people, how long, and its end.", "cli.tree.system_rows:PRIVACY"),
    TreeGroup("events", "What happens, as it happens.", "cli.tree.call_rows:EVENTS"),
    TreeGroup("route", "Where a call would go, or went, and why.", "cli.tree.call_rows:ROUTE"),
    TreeGroup("explain", "What the configuration makes of a case, and why.", "cli.tree.call_rows:EXPLAIN"),
    TreeGroup(
        "doctor",
        "Look for what is wrong.",
        "cli.tree.system_rows:DOCTOR",
        "cli.doctor.doctor:doctor",
        "Exit code: 0 all is well, 1 something is broken, 2 something may break. Example: warmline doctor --fix",
    ),
    TreeGroup("db", "The database file.", "cli.tree.system_rows:DB"),
    TreeGroup("lab", "A private Asterisk with Warmline, to try and to test.", "cli.tree.system_rows:LAB"),
)
