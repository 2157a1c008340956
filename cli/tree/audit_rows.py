"""The commands of `warmline audit`."""

from cli.tree.tree_row import LOCAL, WHOLE, TreeCommand, added_rows, under

REPORTS = under(
    "Calls and agents",
    TreeCommand(
        "calls",
        "cli.audit.audit_calls:show",
        "List past calls, the oldest first.\n\n"
        "Each call has its number, agent, in-group, length and outcome. The last line counts the outcomes.",
        ("--since yesterday --ingroup SALESLINE --outcome missed", "--since 30d --notes delivery"),
        access="calls:read",
    ),
    TreeCommand(
        "call",
        "cli.audit.audit_call:show",
        "Show the whole story of a call.\n\n"
        "The story has a timeline for each party, the commands, the recordings and the disposition. With --html it is "
        "a page with a picture, in one file that you can send. The page needs no network and contains no script.",
        ("last", "01J9ZK3T5M8Q --html call.html --with-audio"),
        access="calls:read",
        whole=True,
        table="steps",
    ),
    TreeCommand(
        "agent",
        "cli.audit.audit_agent:show",
        "Account for the day of an agent.\n\n"
        "The report accounts for every second of the day's sessions, by state and by pause code. It also lists "
        "the calls and the dispositions. The command compares the sums with the journal, in which Warmline records "
        "every event and command. If a sum differs, the exit code is 1.",
        ("1000", "1000 --day yesterday"),
        access=LOCAL,
        table="sessions",
    ),
    TreeCommand(
        "transfers",
        "cli.audit.audit_transfers:show",
        "List transfers and their outcomes.\n\n"
        "Each transfer has its agent, target and outcome. For a leave, the report also shows how long the "
        "remaining parties talked, and which of them hung up.",
        ("--since 7d --outcome busy", "--day today --agent 1000"),
        access=LOCAL,
    ),
    TreeCommand(
        "attempts",
        "cli.audit.audit_attempts:show",
        "Count calls to leads and their contacts.\n\n"
        "Each line has the calls of a campaign, a list or an hour, with one origin. `dialler` are automatic calls, and "
        "`agent` and `callback` those that agents began by the next lead. The contact rate is the share of dialled "
        "numbers at which a person answered. A call that the last look before dialling refused was not dialled.",
        ("--since 7d --by hour", "--campaign TESTCAMP --by list --json"),
        access="reports:read",
        whole=True,
    ),
    TreeCommand(
        "drops",
        "cli.audit.audit_drops:show",
        "Count dropped persons by legal window.\n\n"
        "A dropped person answered an automatic call and heard no agent in time. Each line has the persons who "
        "answered in a window, the dropped ones, and the drop rate. Some of them hung up first, and a fault caused "
        "others. If more than adaptive_dropped_percentage of the campaign were dropped in a window, the exit code "
        "is 1.",
        ("--campaign TESTCAMP", "--window DAY --json"),
        access="reports:read",
        whole=True,
    ),
    *added_rows("audit", "Calls and agents"),
    TreeCommand(
        "recordings",
        "cli.audit.audit_recordings:show",
        "List recordings and check their files.\n\n"
        "Each recording has the rule that started it, and the state of its file: `whole`, `missing`, `changed` "
        "or `unreadable`. It is `unmeasured` if its server left the settings before that. A file is `changed` if "
        "its size is wrong. With --read its sha256 is checked, too. If a file is missing, changed or unreadable, the "
        "exit code is 1.",
        ("--day yesterday --wrong", "--since 7d --read"),
        access=LOCAL,
    ),
)

CHANGES = under(
    "Changes and programs",
    TreeCommand(
        "config",
        "cli.audit.audit_config:show",
        "List changes of the configuration.\n\n"
        "Each change has its time, its author, and the previous and the new values of the options. Secrets are "
        "neither stored nor shown.",
        ("--since 7d --who ada", "--entity campaign --name TESTCAMP"),
        access=LOCAL,
    ),
    TreeCommand(
        "leads",
        "cli.audit.audit_leads:show",
        "List changes of leads, with their authors.\n\n"
        "Each change has the list, the lead or the number of leads, and the changed fields. An import, a reset or a "
        "change of many leads is one line. Numbers, names and other texts of a person are neither stored nor shown. "
        "Changes by calls are in the records of the calls.",
        ("--since 7d --who 6666", "--list 101 --action import"),
        access=LOCAL,
    ),
    TreeCommand(
        "api",
        "cli.audit.audit_api:show",
        "Count commands by client and outcome.\n\n"
        "Each line has a client, its program and a command. It shows how often the client sent the command, "
        "the outcomes and the durations.",
        ("--since 1h --by 6666", "--day today --kind DIAL"),
        access=LOCAL,
    ),
    TreeCommand(
        "webhooks",
        "cli.audit.audit_webhooks:show",
        "List webhooks and their attempts.\n\n"
        "The newest webhook comes first. Only the host of each address is shown, because the rest may be a "
        "secret.",
        ("--since 1h", "--call 01J9ZK3T5M8Q"),
        access=LOCAL,
        table=WHOLE,
    ),
)

CHECKS = under(
    "Checks of the records",
    TreeCommand(
        "verify",
        "cli.audit.audit_verify:show",
        "Check that the records are complete.\n\n"
        "The command finds records that were changed or removed, calls without an end or a code, and "
        "recordings without a file. If it finds any, the exit code is 1. Otherwise it prints the last hash of "
        "each chain, the head. Store the heads elsewhere: with --expect they show later whether rows were "
        "removed from the end.",
        ("", "--read"),
        access=LOCAL,
        table="findings",
    ),
    TreeCommand(
        "replay",
        "cli.audit.audit_replay:show",
        "Replay calls, and compare the results.\n\n"
        "The command reads every recorded input of a call, and applies Warmline's rules to it again. Without CALL "
        "it does so for the whole journal. If the decisions differ from the recorded ones, the exit code is 2. "
        "If rows cannot be replayed, the exit code is 1. The reason is that their payload was erased, "
        "or that another version of Warmline wrote them.",
        ("last", "--json"),
        access=LOCAL,
    ),
)

AUDIT = (*REPORTS, *CHANGES, *CHECKS)
