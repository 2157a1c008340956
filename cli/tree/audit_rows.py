"""The commands of `warmline audit`."""

from cli.tree.tree_row import TreeCommand

AUDIT = (
    TreeCommand(
        "calls",
        "cli.audit.audit_calls:show",
        "The calls there were, the oldest first: who, when, how long, what came of them.",
        "--since yesterday --ingroup SALESLINE --outcome missed",
    ),
    TreeCommand(
        "transfers",
        "cli.audit.audit_transfers:show",
        "Every transfer: by whom, to where, what came of it; after a leave, how long the others talked on, "
        "who hung up.",
        "--since 7d --by outcome",
    ),
    TreeCommand(
        "recordings",
        "cli.audit.audit_recordings:show",
        "The recordings of the calls there were: the rule that asked for each, and its file; exit 1 if one "
        "is wrong.\n\n"
        "A file is `whole`, `missing`, `changed` (by its size; with --read by its sha256) or `unreadable`.",
        "--day yesterday --wrong",
    ),
    TreeCommand(
        "agents",
        "cli.audit.audit_agents:show",
        "Every agent's time: logged in, talking, on hold, after calls, waiting, paused; how many calls, how long each.",
        "--day today --csv",
    ),
    TreeCommand(
        "agent",
        "cli.audit.audit_agent:show",
        "Every second of an agent's sessions on one day: by state, by pause code, calls, dispositions.\n\n"
        "The sums are compared with the journal; exit 1 if they do not agree.",
        "1000 --day today",
    ),
    TreeCommand(
        "ingroups",
        "cli.audit.audit_ingroups:show",
        "How in-groups served: calls that came into line, had an agent in time, hung up or went elsewhere; "
        "how long callers waited for an agent (half of them, 90 % and 95 % no longer than that); when they "
        "came.",
        "SALESLINE --since 7d",
    ),
    TreeCommand(
        "dispositions",
        "cli.audit.audit_dispositions:show",
        "Each disposition with the number of calls that have it, the most frequent first.",
        "--between 2026-11-01..2026-12-01 --campaign TESTCAMP",
    ),
    TreeCommand(
        "config",
        "cli.audit.audit_config:show",
        "Every change of the configuration: who, when, which options, before and after. No secret is kept or shown.",
        "--since 7d --who ada",
    ),
    TreeCommand(
        "api",
        "cli.audit.audit_api:show",
        "Every command that was asked for: by whom, through what, how often, with what outcome, how long it took.",
        "--since 1h --by 6666",
    ),
    TreeCommand(
        "webhooks",
        "cli.audit.audit_webhooks:show",
        "Each webhook with its tries, the newest first. Of an address only the host is shown: the rest may "
        "be a secret.",
        "--since 1h",
    ),
    TreeCommand(
        "call",
        "cli.audit.audit_call:show",
        "One call's whole story: each party's line, the commands, the recordings, the disposition.",
        "last",
    ),
    TreeCommand(
        "reconcile",
        "cli.audit.audit_reconcile:show",
        "Compare the records with Asterisk's CDR, CEL or queue_log, for as long as the file reaches.\n\n"
        "Lists calls that only one side has, and answers and ends that differ. Exit 2 if there are "
        "any.",
        "--cdr /var/log/asterisk/cdr-csv/Master.csv",
    ),
    TreeCommand(
        "replay",
        "cli.audit.audit_replay:show",
        "Give the core every input of a call again, or of the whole journal: the same must come of it.\n\n"
        "Exit 2 at a difference. Rows that another version of the core wrote, or whose payload was erased, "
        "cannot be replayed: exit 1.",
        "last",
    ),
    TreeCommand(
        "verify",
        "cli.audit.audit_verify:show",
        "Whether any record was changed, removed or cut off, or anything has no end, code or file; exit 1 if so.",
    ),
)
