"""Judges what each lead heard, whether its record tells the same, and whether a lead is lost."""

import time
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from lab import asterisk
from lab.sip import Hearing, IncomingCall
from lab.sip.silence import silent
from tools.bench.tools import final_checks
from tools.proofs.chaos.chaos_centre import Record
from tools.proofs.chaos.dialler_centre import MESSAGE, DiallerCentre
from tools.proofs.chaos.dialler_findings import DialledFindings, MessageTime
from tools.simulation.call_centre import prompt_hearing
from warmline.store.compliance.compliance_claims import ClaimResult
from warmline.store.compliance.compliance_report import DROP_RATE, evidence
from warmline.store.dialling import lead_explanation

DROPPED_AFTER = 2.0  # seconds: drop_call_seconds, in which the message begins
IN_FAULT = 4.2  # seconds until the guard has seen that the app is away or stands still
HEARD_OF = 0.1  # seconds before the death of Asterisk
RINGS_AT_LEAST = 14.9  # seconds; messages of SIP take some time
CALLS = """
    SELECT call.id, number, call.lead, status, ended_by, ended, connected, answered, dropped, by_fault
    FROM call JOIN attempt ON attempt.call = call.id AND attempt.origin = 'dialler'
"""
LEADS = "SELECT lead_id, phone_code || phone_number AS number, status, next_try FROM lead ORDER BY lead_id"
TOLD = ("status", "ended_by", "connected", "dropped")  # of a call that is untrue
EXPLAINED = 20  # leads that were not dialled, of which each rule is asked


class Judge:
    """Judges the calls of a lab, none of which goes on. `died` is when Asterisk died, if it did."""

    def __init__(self, centre: DiallerCentre, found: DialledFindings, died: float | None) -> None:
        program = asterisk.find()
        assert program
        self._sounds = program.data / "sounds/en"
        self._centre, self._found, self._died = centre, found, died
        self._rows: dict[str, list[Record]] = {}
        for row in centre.rows(CALLS):
            self._rows.setdefault(row["number"], []).append(row)

    async def judge(self) -> None:
        """Add the findings about all calls and leads."""
        found, db, calls = self._found, self._centre.lab.db, self._centre.calls()
        for call in calls:
            self._judge_call(call)
        times = Counter(call.number for call in calls)
        found.dialled = len(calls)
        found.twice += [f"{number} was dialled {count} times" for number, count in times.items() if count > 1]
        found.lost += await self._centre.still_open() + final_checks.endless(db) + final_checks.broken(db)
        found.lost += self._leads(times)
        found.orphans += await self._centre.orphans()
        rows = [row for rows in self._rows.values() for row in rows]
        found.dropped = sum(row["dropped"] is not None for row in rows)
        found.dropped_by_fault = sum(row["by_fault"] for row in rows)
        found.unlawful += self._unlawful()

    def _judge_call(self, call: IncomingCall) -> None:
        by_agent = by_message = False
        if call.answered.at is None:
            self._rang(call)
        else:
            self._found.answered += 1
            by_agent, by_message = self._listen(call, call.answered.at)
        if why := self._untrue(call, by_agent=by_agent, by_message=by_message):
            told = [{key: row[key] for key in TOLD} for row in self._rows.get(call.number, ())]
            self._found.untrue.append(f"{call.number} {why}: {told}; {call.story()}")

    def _rang(self, call: IncomingCall) -> None:
        """Check that a call which Warmline ended had rung for long enough."""
        ended = call.ended.at or time.monotonic()
        rang = ended - (call.ringing.at or call.began)
        if call.ended_by == "them" and call.ringing.at and rang < RINGS_AT_LEAST and self._died is None:
            self._found.cut_short.append(f"{call.number} rang for {rang:.1f} s: {call.story()}")

    def _listen(self, call: IncomingCall, since: float) -> tuple[bool, bool]:
        """Check how long a lead was in silence; return whether they heard an agent, and the message."""
        found, until = self._found, min(call.ended.at or time.monotonic(), self._died or float("inf"))
        if until <= since:
            return False, False
        packets = call.audio.between(since, until)
        loud = [one.time for one in packets if not silent(one)]
        silence, at = max((after - before, before) for before, after in pairwise([since, *loud, until]))
        fault = found.fault_in(at, at + silence)
        if fault:
            found.silence_in_fault = max(found.silence_in_fault, silence)
        else:
            found.silence = max(found.silence, silence)
        during = f"{fault.name} {fault.since - since:+.1f} to {fault.until - since:+.1f} s" if fault else "no fault"
        if silence > (IN_FAULT if fault else DROPPED_AFTER):
            found.silent.append(
                f"{call.number}: {silence:.1f} s, {at - since:.1f} s after the answer, {during}: {call.story()}"
            )
        ear = Hearing({})
        by_agent = any(ear.first(call, seat, since) for seat in self._centre.lines_of_agents)
        by_message = MESSAGE in prompt_hearing.heard(packets, self._sounds, (MESSAGE,))
        if by_message and not by_agent:
            found.messages.append(MessageTime(call.number, since, loud[0] - since))
        by_death = self._died is not None and (call.ended.at or self._died) >= self._died
        if not (by_agent or by_message or by_death or call.ended_by == "us"):
            found.unserved.append(f"{call.number}, {during}: {call.story()}")
        return by_agent, by_message

    def _untrue(self, call: IncomingCall, *, by_agent: bool, by_message: bool) -> str:
        """Return how the record of a call differs from what happened at the lead's phone, or ""."""
        rows = self._rows.get(call.number, [])
        if not rows:
            return "was called, and there is no record"
        if self._died is not None and (call.answered.at or 0.0) > self._died - HEARD_OF:
            return ""  # Asterisk had no time to report it
        connected = any(row["connected"] is not None for row in rows)
        dropped = any(row["dropped"] is not None for row in rows)
        if by_agent and not connected:
            return "heard an agent"
        if by_message and not dropped:
            return "heard the message"
        if call.answered.at and not (connected or dropped):
            return "answered"
        return "did not answer" if call.answered.at is None and (connected or dropped) else ""

    def _leads(self, dialled: Counter[str]) -> Iterator[str]:
        """Yield the leads that were not dialled, and that the dialler will not dial later either."""
        now = time.time_ns() // 1000
        asked = 0
        for lead in self._centre.rows(LEADS):
            number, rows = lead["number"], self._rows.get(lead["number"], [])
            if number in dialled:
                continue
            if rows and lead["next_try"] is None:
                yield f"lead {number} has status {lead['status']}, was not dialled, and has no next try: {rows}"
            if not rows and asked < EXPLAINED:
                asked += 1
                rules = lead_explanation.explain(self._centre.lab.db, lead["lead_id"], now).main.rules
                yield from (f"lead {number} was not dialled: {rule.why}" for rule in rules if rule.why)

    def _unlawful(self) -> Iterator[str]:
        """Yield the claims that calls break without a fault on record.

        The drop rate is no such claim: here agents pause on purpose while phones ring.
        """
        db, now = self._centre.lab.db, time.time_ns() // 1000
        for row in (row for rows in self._rows.values() for row in rows if not row["by_fault"]):
            for claim, answer in evidence(db, row["id"], now)[1].items():
                if claim != DROP_RATE and answer.result is ClaimResult.BROKEN:
                    yield f"{claim} is broken by call {row['id']} of {row['number']}: {answer.why}"
