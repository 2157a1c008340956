"""Queries of `missed` and `drops`: callers whom no agent took, and waits that ended without an agent."""

from tests.reports.month_queries.proof import Proof, quotient, sums

# A call that no agent took, unless a later call with the number was connected. Callers without a number are one row.
LOST = """CREATE TEMP TABLE fact AS SELECT * FROM (
        SELECT id, number, arrived AS at, dialled, ingroup,
            ifnull((SELECT reason FROM fallback WHERE fallback.id = call.id), status) AS reason,
            ifnull((SELECT sum(ended - entered) FROM queue_wait AS w WHERE w.call = call.id), 0) AS waited
        FROM call WHERE direction = 'in' AND connected IS NULL AND ended IS NOT NULL
        UNION ALL SELECT id, number, at, dialled, '', reason, 0 FROM fallback
        WHERE goto = '' AND id NOT IN (SELECT id FROM call)) AS lost
    WHERE at >= :start AND at < :end AND NOT EXISTS (SELECT 1 FROM call
        WHERE ltrim(call.number, '+') = ltrim(lost.number, '+') AND lost.number <> ''
            AND connected IS NOT NULL AND arrived > lost.at)"""
LAST = "(SELECT {} FROM fact AS l WHERE ltrim(l.number, '+') = ltrim(fact.number, '+') ORDER BY at DESC, id DESC)"

# A wait without an agent, with the next place of the call. An option's value is in the notes of the call.
LEFT = """CREATE TEMP TABLE fact AS SELECT ingroup, outcome, 1 AS calls, ended - entered AS waited,
        EXISTS (SELECT 1 FROM queue_wait AS n WHERE n.call = w.call AND n.entered > w.entered
            AND n.outcome = 'ANSWERED') AS answered,
        coalesce((SELECT n.ingroup FROM queue_wait AS n WHERE n.call = w.call AND n.entered >= w.ended AND n.id <> w.id
                ORDER BY n.entered),
            (SELECT reason FROM fallback WHERE fallback.id = w.call AND reason <> 'hung up before queue'),
            iif(outcome = 'DROP', 'hung up', (SELECT replace(value, option || '=', '') FROM call, json_each(call.why)
                WHERE call.id = w.call AND value LIKE option || '=%'
                ORDER BY json_each.key DESC)), (SELECT 'ended by ' || ended_by FROM call WHERE id = w.call)) AS went
    FROM (SELECT *, CASE outcome WHEN 'TIMEOT' THEN 'drop_action' WHEN 'AFTHRS' THEN 'after_hours_action'
        WHEN 'WAITTO' THEN 'wait_time_option' ELSE 'no option' END AS option FROM queue_wait) AS w
    WHERE outcome NOT IN ('', 'ANSWERED', 'WITHDRAWN') AND entered >= :start AND entered < :end
    UNION ALL SELECT '', 'FALLBACK', 1, 0, 0, reason FROM fallback
    WHERE goto = '' AND reason <> 'hung up before queue' AND id NOT IN (SELECT id FROM call) AND at >= :start
        AND at < :end"""

PROOFS = {
    "missed": Proof(
        ("number",),
        LAST.format("number"),
        (LOST,),
        {"times": "count(*)", "waited": "ifnull(sum(waited), 0)", "callers": "count(DISTINCT ltrim(number, '+'))"},
        {
            "number": LAST.format("number"),
            "last": "max(at)",
            "ingroup": LAST.format("ingroup"),
            "did": LAST.format("dialled"),
            "reason": LAST.format("reason"),
            "call": LAST.format("id"),
            "callback": "(SELECT min(at) FROM callback WHERE state = 'pending' AND callback.number <> '' "
            "AND ltrim(callback.number, '+') = ltrim(fact.number, '+'))",
        },
    ),
    "drops": Proof(
        ("ingroup", "outcome", "went"),
        "ingroup || '|' || outcome || '|' || went",
        (LEFT,),
        {
            **sums("calls answered waited"),
            "average_waited": quotient("waited", "calls"),
            "longest": "ifnull(max(waited), 0)",
        },
        {
            "ingroup": "ingroup",
            "name": "ifnull((SELECT group_name FROM ingroup WHERE id = fact.ingroup), '')",
            "outcome": "outcome",
            "went": "went",
        },
    ),
}
