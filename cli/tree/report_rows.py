"""The commands of `warmline report`."""

from cli.tree.tree_row import TreeCommand


def _report(name: str, help_: str, *examples: str) -> TreeCommand:
    return TreeCommand(name, f"cli.report.report_command:{name}", help_, examples, access="reports:read")


REPORT = (
    _report(
        "day",
        "Count the calls of a day by in-group.\n\n"
        "The report has the service level, the average handling time and the conversion of each in-group. It also "
        "counts the calls that agents dialled, and those that took the fallback.",
        "--day today",
        "--since 7d --ingroup SALESLINE --csv",
    ),
    _report(
        "interval",
        "Count the calls by half hour, or by --by.\n\n"
        "The report has the same figures as `warmline report day`, for each interval of the day.",
        "--day yesterday",
        "--since thisweek --by 1d",
    ),
    _report(
        "agents",
        "Sum up times, calls and sales of agents.\n\n"
        "Each agent has a first login, a last logout, the time in each state, the number of calls, codes and the "
        "conversion.",
        "--day today",
        "--since 7d --group EAST --csv",
    ),
    _report(
        "closers",
        "Show the results of handed-over calls.\n\n"
        "The report counts the calls that were handed to closers, by the closer who took them. The row without an "
        "agent has the calls that no closer took.",
        "--day today",
        "--since 7d --agent 1002",
    ),
    _report(
        "transfers",
        "Count transfers by agent or by target.\n\n"
        "A dial and the leave after it are one warm transfer. Commands that Warmline refused are counted apart. "
        "`warmline audit transfers` lists each command.",
        "--day today",
        "--since 7d --by target",
    ),
    _report(
        "dids",
        "Count calls by dialled number.\n\nEach call is counted once, by its result.",
        "--day today",
        "--since lastweek --csv",
    ),
    _report(
        "dispositions",
        "Count calls by disposition.\n\n"
        "Each call counts once, with its last disposition. The most frequent disposition comes first. The codes that "
        "each agent gave are in `warmline report agents --fields agent,codes`.",
        "--day today",
        "--between 2026-11-01..2026-12-01 --campaign TESTCAMP",
    ),
    _report(
        "callbacks",
        "Show which callbacks were kept in time.\n\n"
        "The period is that of the promised times. A callback is kept if the customer was reached at most one hour "
        "after that time.",
        "--day yesterday",
        "--since thisweek --agent 1000",
    ),
    _report(
        "missed",
        "List callers whom no agent has reached.\n\n"
        "A caller is left out as soon as a later call with the same number was answered.",
        "--day today",
        "--since yesterday --ingroup SALESLINE",
    ),
    _report(
        "drops",
        "Show where calls without an agent went.\n\n"
        "Each row has an in-group, the outcome of the wait, and the next place of the call. Calls that took the "
        "fallback are listed by reason.",
        "--day today",
        "--since 7d --ingroup SALESLINE",
    ),
    _report(
        "undispositioned",
        "List calls without a disposition.\n\n"
        "The agent of such a call can still be in wrap-up, or was not asked: `skipped` names the option, "
        "`transfer_no_dispo`. To give the call a code, use `warmline call set-disposition`.",
        "--since yesterday",
        "--since 7d --agent 1000",
    ),
)
