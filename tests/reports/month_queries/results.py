"""Queries of `dids`, `dispositions`, `undispositioned` and `callbacks`."""
# ruff: noqa: S608 - only constants of the test

from tests.reports.month_queries.proof import AGENT_NAME, CONTACT, CONVERSION, SALE, Proof, quotient, sums

LAST_CODE = "ifnull((SELECT status FROM disposition_entry AS e WHERE e.call = call.id ORDER BY id DESC), status)"
LENGTH = "iif(connected IS NULL, 0, ifnull(ended, :now) - connected)"
IN_PERIOD = "arrived >= :start AND arrived < :end"

# A call that came, with the one result that it had.
CAME = f"""CREATE TEMP TABLE fact AS SELECT dialled AS did, 1 AS calls, result = 'answered' AS answered,
        result = 'abandoned' AS abandoned, result = 'elsewhere' AS elsewhere, result = 'refused' AS refused,
        result = 'fallback' AS fallback, result = 'dialplan' AS dialplan, result = 'waiting' AS waiting, waited, length,
        code IN ({SALE}) AS sales, code IN ({CONTACT}) AS contacts
    FROM (SELECT dialled, CASE WHEN connected IS NOT NULL THEN 'answered' WHEN ended IS NULL THEN 'waiting'
            WHEN id IN (SELECT id FROM fallback) THEN 'fallback' WHEN status = 'DROP' THEN 'abandoned'
            WHEN status IN ('AFTHRS', 'NANQUE', 'MAXCAL') OR id NOT IN (SELECT call FROM queue_wait) THEN 'refused'
            ELSE 'elsewhere' END AS result,
            ifnull((SELECT sum(ifnull(w.ended, :now) - entered) FROM queue_wait AS w WHERE w.call = call.id), 0)
                AS waited, {LENGTH} AS length, {LAST_CODE} AS code
        FROM call WHERE direction = 'in' AND {IN_PERIOD}
        UNION ALL SELECT dialled, CASE WHEN goto <> '' THEN 'dialplan'
            WHEN reason = 'hung up before queue' THEN 'abandoned' ELSE 'fallback' END, 0, 0, '' FROM fallback
        WHERE id NOT IN (SELECT id FROM call) AND at >= :start AND at < :end)"""

# A call with its last code.
CODED = f"""CREATE TEMP TABLE fact AS SELECT code, 1 AS calls, connected IS NOT NULL AS answered, length,
        code IN ({SALE}) AS sales, code IN ({CONTACT}) AS contacts
    FROM (SELECT connected, {LENGTH} AS length, {LAST_CODE} AS code FROM call WHERE {IN_PERIOD})"""
MEANING = "ifnull((SELECT {} FROM disposition WHERE id = code), '')"

# A call without a code: it has none at all, or the last code of the agent is that of a transfer.
BARE = f"""CREATE TEMP TABLE fact AS SELECT c.agent, skipped, call.*, {LENGTH} AS length
    FROM (SELECT id, last_agent AS agent, '' AS skipped FROM call WHERE status = '' AND last_agent <> ''
            AND connected IS NOT NULL AND ended IS NOT NULL AND id NOT IN (SELECT call FROM disposition_entry)
        UNION ALL SELECT e.call, e.agent, "by" FROM disposition_entry AS e WHERE "by" = 'transfer_no_dispo'
            AND at = (SELECT max(at) FROM disposition_entry AS o WHERE o.call = e.call
                AND (o.agent = e.agent OR o."by" = 'transfer_no_dispo'))) AS c
    JOIN call ON call.id = c.id WHERE {IN_PERIOD}"""

# A callback whose time was in the period.
PROMISED = """CREATE TEMP TABLE fact AS SELECT agent, 1 AS promised, state = 'cancelled' AS cancelled,
        state = 'completed' AND late <= 3600 AS kept, state = 'completed' AND late > 3600 AS late,
        state = 'pending' AND over >= 3600 AS missed, state = 'pending' AND over < 3600 AS due
    FROM (SELECT *, (ended - at) / 1e6 AS late, (:now - at) / 1e6 AS over FROM callback
        WHERE at >= :start AND at < :end)"""

PROOFS = {
    "dids": Proof(
        ("did",),
        "did",
        (CAME,),
        {
            **sums("calls answered abandoned elsewhere refused fallback dialplan waiting waited length sales contacts"),
            "average_waited": quotient("waited", "calls"),
            "average_length": quotient("length", "answered"),
            **CONVERSION,
        },
        {"did": "did", "name": "ifnull((SELECT did_description FROM did WHERE id = fact.did), '')"},
    ),
    "dispositions": Proof(
        ("status",),
        "code",
        (CODED,),
        {
            **sums("calls answered length sales contacts"),
            "share": "1.0 * sum(calls) / (SELECT nullif(sum(calls), 0) FROM fact)",
            "average_length": quotient("length", "answered"),
            **CONVERSION,
        },
        {
            "status": "code",
            "name": MEANING.format("status_name"),
            "category": MEANING.format("category"),
            "sale": MEANING.format("sale"),
            "contact": MEANING.format("customer_contact"),
        },
    ),
    "undispositioned": Proof(
        ("call",),
        "id",
        (BARE,),
        {"calls": "count(*)", "length": "ifnull(sum(length), 0)"},
        {
            "call": "id",
            "arrived": "arrived",
            "agent": "agent",
            "name": AGENT_NAME.format("fact.agent"),
            "number": "number",
            "ingroup": "ingroup",
            "skipped": "skipped",
        },
    ),
    "callbacks": Proof(
        ("agent",),
        "agent",
        (PROMISED,),
        {
            **sums("promised kept late missed due cancelled"),
            "kept_share": quotient("kept", "promised -due -cancelled"),
        },
        {"agent": "agent", "name": AGENT_NAME.format("fact.agent")},
    ),
}
