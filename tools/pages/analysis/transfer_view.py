"""The view of transfers, in which a dial and the command that ends it are one row."""
# ruff: noqa: S608 - only constants of the code

from tools.pages.analysis.view_columns import AnalysisView, ViewColumn, group, named, span, times
from warmline.store.reports.transfer_parts import DIALS, LEFT_ALONE, RECEIPTS, dial_before, quoted
from warmline.store.reports.transfers import KINDS, PENDING

TRANSFERS = AnalysisView(
    (
        ViewColumn("transfer", "moved.id", "the id of the command"),
        ViewColumn("call", "moved.call", "the id of the call"),
        ViewColumn("kind", "moved.kind", "the command, such as `LEAVE_3WAY_CALL` or `BLIND_TRANSFER`"),
        ViewColumn("outcome", f"ifnull(moved.outcome, '{PENDING}')", "`completed`, or why not, such as `no_answer`"),
        ViewColumn("cause", "moved.cause", "the reason of the outcome in words"),
        *named("agent", "moved.agent", "the agent who transferred", "full_name", "agent.full_name"),
        group("agent"),
        ViewColumn("number", "moved.customer", "the number of the customer"),
        ViewColumn("to_number", "moved.to_number", "the target, if it is a number"),
        *named(
            "to_ingroup", "moved.to_ingroup", "the target, if it is an in-group", "to_group_name", "target.group_name"
        ),
        *named(
            "to_agent",
            "moved.taken_by",
            "the agent who took over, or the wanted one",
            "to_full_name",
            "taker.full_name",
        ),
        *times("requested", "moved.requested", "the time of the command"),
        *times("ended", "moved.ended", "the time of the outcome"),
        *times("left", "moved.handed", "when the agent left the others alone"),
        span("after_seconds", "moved.handed", "moved.handed_until", "how long the others talked after the agent left"),
        ViewColumn("given_by", "moved.given_by", "the user or the program that gave the command"),
        ViewColumn("source", "moved.source", "the interface of the command"),
    ),
    f"""FROM (
    SELECT receipt.id, receipt.call, receipt.kind, receipt.outcome, receipt.cause, receipt.agent, receipt.requested,
        receipt.ended, receipt."by" AS given_by, receipt.source, ifnull(call.number, '') AS customer,
        ifnull(dial.number, receipt.number) AS to_number, ifnull(dial.ingroup, receipt.ingroup) AS to_ingroup,
        coalesce(closer.agent, dial.to_agent, receipt.to_agent) AS taken_by,
        iif(closer.id IS NOT NULL, receipt.ended, {LEFT_ALONE}) AS handed,
        iif(closer.id IS NOT NULL, closer.ended, call.ended) AS handed_until
    {RECEIPTS}
    WHERE receipt.kind IN ({quoted(KINDS)}) AND NOT (receipt.kind IN ({quoted(DIALS)}) AND EXISTS (
        SELECT 1 FROM receipt AS after
        WHERE after.call = receipt.call AND receipt.call <> '' AND receipt.id = {dial_before("after")}
    ))
) AS moved
LEFT JOIN known_agent AS agent ON agent.id = moved.agent
LEFT JOIN ingroup AS target ON target.id = moved.to_ingroup
LEFT JOIN known_agent AS taker ON taker.id = moved.taken_by""",
)
