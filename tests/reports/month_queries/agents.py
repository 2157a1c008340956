"""Queries of `agents`: a fact for each state of an agent, for each session, and for each call that an agent had."""
# ruff: noqa: S608 - only constants of the test

from tests.reports.month_queries.proof import AGENT_NAME, CODE, CONTACT, CONVERSION, SALE, WORK, Proof, quotient, sums

TABLE = """CREATE TEMP TABLE fact (agent, pause_code, status, login, logout, present DEFAULT 0, logged_in DEFAULT 0,
    calls DEFAULT 0, talk DEFAULT 0, hold DEFAULT 0, dead DEFAULT 0, wrap_up DEFAULT 0, wait DEFAULT 0,
    pause DEFAULT 0, over_limit DEFAULT 0, phone_lost DEFAULT 0, sales DEFAULT 0, contacts DEFAULT 0)"""
UNTIL = "min(ifnull(ended, :now), :now, :end)"
# A session, without the loss of the phone at its end. The time is that of the whole session in the period.
SESSION = f"""INSERT INTO fact (agent, login, logout, present, logged_in) SELECT agent, started,
    ifnull((SELECT i.started FROM agent_interval AS i WHERE i.session = s.id AND i.ended = s.ended
        AND i.pause_code = 'LOST'), ended), ended IS NULL, {UNTIL} - max(started, :start)
    FROM agent_session AS s WHERE started < min(:end, :now) AND ifnull(ended, 9e18) > :start"""
# A state of an agent. A pause is too long from the end of its limit on.
STATE = f"""INSERT INTO fact (agent, pause_code, talk, hold, dead, wrap_up, wait, pause, over_limit, phone_lost,
        logged_in)
    SELECT agent, pause_code, (state = 'INCALL' AND hold = 0) * length, (hold = 1) * length, (state = 'DEAD') * length,
        (state = 'DISPO') * length, (state IN ('READY', 'QUEUE')) * length, paused * length,
        paused * max(0, until - max(since, started + ifnull(1000000 * (SELECT nullif(time_limit, 0) FROM pause_code AS p
            WHERE p.id = i.pause_code), 1 << 61))),
        (pause_code = 'LOST') * length, -(pause_code = 'LOST') * length
    FROM (SELECT *, until - since AS length FROM (SELECT *, {UNTIL} AS until, max(started, :start) AS since,
            state = 'PAUSED' AND pause_code <> 'LOST' AS paused
        FROM agent_interval WHERE started < min(:end, :now) AND ifnull(ended, 9e18) > :start)) AS i"""
# A call that an agent got in the period, with the last code of the agent.
CALL = f"""INSERT INTO fact (agent, calls, status, sales, contacts) SELECT agent, 1, status, status IN ({SALE}),
    status IN ({CONTACT}) FROM (SELECT had.agent, status FROM (SELECT agent, call, min(started) AS got
        FROM agent_interval WHERE call <> '' AND state <> 'QUEUE' GROUP BY agent, call) AS had
    LEFT JOIN ({CODE}) AS code ON code.call = had.call AND code.agent = had.agent WHERE got >= :start AND got < :end)"""

PROOFS = {
    "agents": Proof(
        ("agent",),
        "agent",
        (TABLE, SESSION, STATE, CALL),
        {
            **sums(f"logged_in calls {WORK} wait pause over_limit phone_lost sales contacts"),
            "login": "min(login)",
            # The total row has the last logout of all agents.
            "logout": "max(iif(agent IN (SELECT agent FROM fact WHERE present), NULL, logout))",
            "per_call": quotient(WORK, "calls"),
            "occupancy": quotient(WORK, "logged_in -pause"),
            **CONVERSION,
        },
        {"agent": "agent", "name": AGENT_NAME.format("fact.agent")},
        {
            "codes": "SELECT {key}, status, count(*) FROM fact WHERE status IS NOT NULL GROUP BY {key}, status",
            "pauses": """SELECT {key}, pause_code, sum(pause) FROM fact GROUP BY {key}, pause_code
                HAVING sum(pause) > 0""",
        },
    )
}
