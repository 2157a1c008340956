"""The view of transfers, in which a dial and the command that ends it are one row."""
# ruff: noqa: S608 - only constants of the code

from pages.analysis.view_columns import AnalysisView, ViewColumn, group, named, quoted, span, times
from warmline.core.model.commands import Kind
from warmline.store.reports.transfers import DIALS, KINDS, LEAVES, PENDING

_AFTER = (str(Kind.LEAVE_3WAY_CALL), str(Kind.HANGUP_XFER))  # the ends of a consultation
# A dial that the agent's later leave or hang-up ended; that row has the target of the dial.
_DIAL_OF = """{dial}.call = {after}.call AND {dial}.agent = {after}.agent AND {dial}.requested < {after}.requested
            AND ({dial}.outcome = 'completed' OR ifnull({dial}.ended, {after}.requested) >= {after}.requested)"""

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
        CASE WHEN closer.id IS NOT NULL THEN receipt.ended
            WHEN receipt.kind IN ({quoted(LEAVES)}) AND call."left" >= receipt.requested AND NOT EXISTS (
                SELECT 1 FROM receipt AS later WHERE later.call = receipt.call AND later.kind IN ({quoted(LEAVES)})
                AND later.outcome = 'completed' AND later.requested > receipt.requested
                AND later.requested <= call."left"
            ) THEN call."left" END AS handed,
        iif(closer.id IS NOT NULL, closer.ended, call.ended) AS handed_until
    FROM receipt
    LEFT JOIN call ON call.id = receipt.call
    LEFT JOIN receipt AS dial ON dial.id = (
        SELECT earlier.id FROM receipt AS earlier
        WHERE {_DIAL_OF.format(dial="earlier", after="receipt")}
            AND earlier.kind IN ({quoted(DIALS)}) AND receipt.kind IN ({quoted(_AFTER)})
            AND receipt.outcome IS NOT 'refused' AND receipt.call <> ''
        ORDER BY earlier.requested DESC LIMIT 1
    )
    LEFT JOIN agent_interval AS closer ON closer.id = (
        SELECT stretch.id FROM agent_interval AS stretch
        WHERE stretch.call = receipt.call AND stretch.call <> '' AND stretch.agent <> receipt.agent
            AND stretch.state = 'INCALL' AND stretch.started <= receipt.ended
            AND ifnull(stretch.ended, receipt.ended) >= receipt.ended
            AND receipt.kind = '{Kind.LEAVE_3WAY_CALL}' AND receipt.outcome = 'completed'
        ORDER BY stretch.started DESC LIMIT 1
    )
    WHERE receipt.kind IN ({quoted(KINDS)}) AND NOT (receipt.kind IN ({quoted(DIALS)}) AND EXISTS (
        SELECT 1 FROM receipt AS after
        WHERE {_DIAL_OF.format(dial="receipt", after="after")}
            AND after.kind IN ({quoted(_AFTER)}) AND after.outcome IS NOT 'refused' AND receipt.call <> ''
            AND NOT EXISTS (
                SELECT 1 FROM receipt AS nearer
                WHERE {_DIAL_OF.format(dial="nearer", after="after")}
                    AND nearer.kind IN ({quoted(DIALS)}) AND nearer.requested > receipt.requested
            )
    ))
) AS moved
LEFT JOIN agent ON agent.id = moved.agent
LEFT JOIN ingroup AS target ON target.id = moved.to_ingroup
LEFT JOIN agent AS taker ON taker.id = moved.taken_by""",
)
