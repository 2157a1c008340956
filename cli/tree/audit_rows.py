"""The commands of `warmline audit`."""

from cli.tree.tree_row import TreeCommand, under

REPORTS = under(
    "Calls and agents",
    TreeCommand(
        "calls",
        "cli.audit.audit_calls:show",
        "List past calls, the oldest first.\n\n"
        "Each call has its number, agent, in-group, length and outcome. The last line counts the outcomes.",
        ("--since yesterday --ingroup SALESLINE --outcome missed", "--day monday --days"),
    ),
    TreeCommand(
        "call",
        "cli.audit.audit_call:show",
        "Show the whole story of a call.\n\n"
        "The story has a line of time for each party, the commands, the recordings and the disposition.",
        ("last", "01J9ZK3T5M8Q --json"),
    ),
    TreeCommand(
        "agents",
        "cli.audit.audit_agents:show",
        "Sum up the time of every agent.\n\n"
        "The time logged in is divided into talking, hold, after calls, waiting and pauses. The number of calls and "
        "their average length follow.",
        ("--day today", "--since 7d --campaign TESTCAMP --csv"),
    ),
    TreeCommand(
        "agent",
        "cli.audit.audit_agent:show",
        "Account for the day of an agent.\n\n"
        "Every second of the day's sessions, by state and by pause code, with the calls and dispositions. The sums "
        "are compared with the journal; exit code 1 if they differ.",
        ("1000", "1000 --day yesterday"),
    ),
    TreeCommand(
        "ingroups",
        "cli.audit.audit_ingroups:show",
        "Measure the service of in-groups.\n\n"
        "The report counts calls offered, answered in time, lost and sent elsewhere. It also has the waiting times: "
        "half, 90 % and 95 % of the callers waited no longer.",
        ("SALESLINE --since 7d", "--day yesterday --csv"),
    ),
    TreeCommand(
        "transfers",
        "cli.audit.audit_transfers:show",
        "List transfers and their outcomes.\n\n"
        "Each transfer has its agent, target and outcome. After a leave it also has how long the others talked on, "
        "and who hung up.",
        ("--since 7d --by outcome", "--day today --agent 1000"),
    ),
    TreeCommand(
        "dispositions",
        "cli.audit.audit_dispositions:show",
        "Count calls by disposition.\n\nThe most frequent disposition comes first.",
        ("--between 2026-11-01..2026-12-01 --campaign TESTCAMP", "--day today --agent 1000"),
    ),
    TreeCommand(
        "recordings",
        "cli.audit.audit_recordings:show",
        "List recordings and check their files.\n\n"
        "Each recording has its recording rule and the state of its file: `whole`, `missing`, `changed` (by its size; "
        "with --read by its sha256) or `unreadable`. Exit code 1 if a file is not whole.",
        ("--day yesterday --wrong", "--since 7d --read"),
    ),
)

CHANGES = under(
    "Changes and programs",
    TreeCommand(
        "config",
        "cli.audit.audit_config:show",
        "List changes of the configuration.\n\n"
        "Each change has its time, its person and the options before and after. Secrets are neither kept nor shown.",
        ("--since 7d --who ada", "--entity campaign --name TESTCAMP"),
    ),
    TreeCommand(
        "api",
        "cli.audit.audit_api:show",
        "Count commands by client and outcome.\n\n"
        "Each line has who asked, through which program, how often, with what outcome, and how long it took.",
        ("--since 1h --by 6666", "--day today --kind DIAL"),
    ),
    TreeCommand(
        "webhooks",
        "cli.audit.audit_webhooks:show",
        "List webhooks and their attempts.\n\n"
        "The newest webhook comes first. Only the host of an address is shown, as the rest may be a secret.",
        ("--since 1h", "--call 01J9ZK3T5M8Q"),
    ),
)

CHECKS = under(
    "Checks of the records",
    TreeCommand(
        "verify",
        "cli.audit.audit_verify:show",
        "Check that the records are complete.\n\n"
        "A record that was changed, removed or cut off is reported. So are calls without an end or a code, and "
        "recordings without a file. Exit code 1 if anything is found.",
        ("", "--read"),
    ),
    TreeCommand(
        "replay",
        "cli.audit.audit_replay:show",
        "Replay calls, and compare the results.\n\n"
        "The core gets every input of a call again, or of the whole journal, and must decide the same. Exit code 2 if "
        "it does not. Exit code 1 for rows that cannot be replayed: their payload was erased, or another version of "
        "the core wrote them.",
        ("last", "--json"),
    ),
    TreeCommand(
        "reconcile",
        "cli.audit.audit_reconcile:show",
        "Compare the records with Asterisk's files.\n\n"
        "The file is a CDR, CEL or queue_log. Calls that only one side has are listed, and different answers or "
        "ends. Exit code 2 if there are any.",
        ("--cdr /var/log/asterisk/cdr-csv/Master.csv", "--queue-log /var/log/asterisk/queue_log --within 5"),
    ),
)

AUDIT = (*REPORTS, *CHANGES, *CHECKS)
