"""Queries of `transfers` and `closers`, from the commands of the agents."""
# ruff: noqa: S608 - only constants of the test

from tests.reports.month_queries.proof import (
    AGENT_NAME,
    CODE,
    CONTACT,
    CONVERSION,
    HANDLING,
    SALE,
    SPENT,
    WORK,
    Proof,
    quotient,
    sums,
)

DIALS = "('DIAL_WITH_CUSTOMER', 'PARK_CUSTOMER_DIAL')"
KINDS = """('BLIND_TRANSFER', 'LOCAL_CLOSER', 'DIAL_WITH_CUSTOMER', 'PARK_CUSTOMER_DIAL', 'LEAVE_3WAY_CALL',
    'LEAVE_VM')"""

# A transfer command, with the accepted one that followed it in the same call: a leave, or the next transfer.
COMMAND = f"""CREATE TEMP TABLE command AS SELECT *, ifnull(outcome, '') = 'refused' AS no, kind IN {DIALS} AS dials,
    (SELECT kind || outcome FROM receipt AS f WHERE f.call = r.call AND f.kind IN {KINDS} AND f.outcome <> 'refused'
        AND f.requested > r.requested ORDER BY f.requested) IS 'LEAVE_3WAY_CALLcompleted' AS followed,
    (SELECT "left" FROM call WHERE id = r.call AND "left" >= r.requested AND NOT EXISTS (SELECT 1 FROM receipt AS f
        WHERE f.call = r.call AND f.kind IN {KINDS} AND f.kind <> 'LEAVE_3WAY_CALL' AND f.outcome IS NOT 'refused'
            AND f.requested > r.requested AND f.requested <= "left")) AS parted
    FROM receipt AS r WHERE kind IN {KINDS} AND requested >= :start AND requested < :end"""
# A leave is the end of a dial, and no transfer of its own. An agent may also leave by hanging up.
TRANSFER = """CREATE TEMP TABLE fact AS SELECT agent, CASE WHEN to_agent <> '' THEN 'agent ' || to_agent
        WHEN ingroup = '' THEN number ELSE ingroup END AS target, warm, blind,
        to_closers, consulted, failed, no AS not_accepted, warm + blind + to_closers AS transfers, alone AS left_alone,
        iif(alone, (SELECT ifnull(ended, :now) FROM call WHERE id = t.call) - parted, 0) AS talked_on
    FROM (SELECT *, (warm OR blind) AND parted IS NOT NULL AS alone
        FROM (SELECT *, NOT no AND dials AND (followed OR parted IS NOT NULL) AND ingroup = '' AS warm,
            kind = 'BLIND_TRANSFER' AND outcome IS 'completed' AS blind,
            kind = 'LOCAL_CLOSER' AND outcome IS 'completed' OR NOT no AND dials AND followed AND ingroup <> ''
                AS to_closers,
            dials AND NOT followed AND parted IS NULL AND outcome IS 'completed' AS consulted,
            NOT no AND outcome IS NOT NULL AND outcome <> 'completed' AND NOT (dials AND followed) AS failed
        FROM command WHERE no OR kind <> 'LEAVE_3WAY_CALL')) AS t"""
TRANSFERS = {
    **sums("transfers warm blind to_closers consulted failed not_accepted left_alone talked_on"),
    "average_talked_on": quotient("talked_on", "left_alone"),
}
BY_TARGET = "ifnull((SELECT group_name FROM ingroup WHERE id = target), '')"

# A call that was handed to closers, with the wait that one of them answered, or else the last wait before the next
# command.
HANDED = """CREATE TEMP TABLE handed AS SELECT h.*, w.agent AS closer, w.outcome AS how, w.ended AS since,
        ifnull(w.ended, :now) - w.entered AS waited,
        (SELECT min(ended) FROM queue_wait AS l WHERE l.call = w.call AND l.agent = w.agent AND l.outcome = 'ANSWERED'
            AND l.ended > w.ended) AS until
    FROM (SELECT call, agent AS fronter, kind <> 'LOCAL_CLOSER' AS consulted, requested,
        ifnull(lead(requested) OVER (PARTITION BY call ORDER BY requested), 1 << 62) AS next FROM receipt
        WHERE kind = 'LOCAL_CLOSER' AND outcome = 'completed' OR kind IN ('DIAL_WITH_CUSTOMER', 'PARK_CUSTOMER_DIAL')
            AND ingroup <> '' AND ifnull(outcome, '') <> 'refused') AS h
    JOIN queue_wait AS w ON w.id = (SELECT id FROM queue_wait AS z WHERE z.call = h.call AND z.entered >= h.requested
        AND z.entered < h.next ORDER BY outcome = 'ANSWERED' DESC, iif(outcome = 'ANSWERED', entered, -entered))
    WHERE requested >= :start AND requested < :end"""
CLOSED = f"""CREATE TEMP TABLE fact AS SELECT h.closer, fronter, 1 AS handed, consulted AS consultations,
        h.closer <> '' AS taken, h.closer <> '' AS handled, how = 'DROP' AS abandoned, how = '' AS waiting,
        how NOT IN ('', 'DROP', 'ANSWERED') AS elsewhere, waited, talk, hold, dead, wrap_up, status,
        ifnull(status IN ({SALE}), 0) AS sales, ifnull(status IN ({CONTACT}), 0) AS contacts
    FROM handed AS h LEFT JOIN (SELECT handed.call, closer, since, {SPENT} FROM handed JOIN (SELECT *,
            ifnull(ended, :now) - started AS length FROM agent_interval) AS i ON i.call = handed.call
            AND i.agent = closer AND i.started >= since AND i.started < ifnull(until, 1 << 62)
            GROUP BY 1, 2, 3) AS spent
        ON spent.call = h.call AND spent.closer = h.closer AND spent.since = h.since
    LEFT JOIN ({CODE}) AS code ON code.call = h.call AND code.agent = h.closer AND until IS NULL"""

PROOFS = {
    "transfers by agent": Proof(
        ("by",),
        "agent",
        (COMMAND, TRANSFER),
        TRANSFERS,
        {"by": "agent", "name": AGENT_NAME.format("fact.agent")},
    ),
    "transfers by target": Proof(
        ("by",),
        "target",
        (COMMAND, TRANSFER),
        TRANSFERS,
        {"by": "target", "name": BY_TARGET},
    ),
    "closers": Proof(
        ("closer",),
        "closer",
        (HANDED, CLOSED),
        {
            **sums(f"handed consultations taken abandoned elsewhere waiting waited handled {WORK} sales contacts"),
            "average_handover": quotient("waited", "handed"),
            **HANDLING,
            **CONVERSION,
        },
        {"closer": "closer", "name": AGENT_NAME.format("fact.closer")},
        {
            "codes": "SELECT {key}, status, count(*) FROM fact WHERE status IS NOT NULL GROUP BY {key}, status",
            "fronters": "SELECT {key}, fronter, count(*) FROM fact GROUP BY {key}, fronter",
        },
    ),
}
