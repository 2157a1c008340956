"""Judges the demo by what its parties heard, what was recorded, and what the journal contains."""

import os
from itertools import permutations

from rich.table import Table

from lab.demo_checklist import Checklist
from lab.demo_story import DemoLeave
from lab.description import Lab
from lab.sip import Hearing, SipCall, Span, table, tones
from lab.sip.hearing import sequence_gaps
from lab.sip.wav import WavFile, read
from warmline.store.calls.call_story import CallStory, Row
from warmline.store.journal.replay import replay

SPEAKERS = {"customer": tones.CUSTOMER, "third": tones.THIRD, "agent": tones.AGENT}
LONGEST_TAIL = 300  # ms of silence at a recording's end
LONGEST_GAP = 20  # ms between the agent's recording and the next one, which is without the agent
STEP = 0.5  # seconds in a row of the table
STEADY = 0.9  # the share of packets in the other bridge that carry the tone; a lower share means a suspended machine
AROUND = 0.1  # seconds after SUCCESS in which a loss counts as caused by the leave


def hearing_table(left: DemoLeave) -> Table:
    """Return the tones that each party heard, in rows of half a second, before the leave and from SUCCESS on."""
    before = left.ear.rows(*left.before, STEP)
    after = left.ear.rows(*left.after, STEP)
    drawn = table([*before, *after], left.answer.told, "Tones that each party hears; 0 is SUCCESS of the leave")
    drawn.rows[len(before) - 1].end_section = True
    return drawn


def judge_hearing(left: DemoLeave, checklist: Checklist) -> None:
    """Judge who hears whom: before the leave all three; after it the two who stay, without a gap, and not the agent."""
    checklist.judge(
        "before the leave each party hears the other two, in every half second",
        _all_along(left, list(permutations(left.ear.parties.values(), 2)), left.before),
    )
    checklist.judge(
        "after the leave customer and third party hear each other, in every half second",
        _all_along(left, _pairs(left), left.after),
    )
    _judge_loss(left, checklist)
    _judge_agent(left, checklist)


def _all_along(left: DemoLeave, pairs: list[tuple[SipCall, SipCall]], span: Span) -> bool:
    """Return whether these hear each other in every step, except steps in which the other bridge lost packets too."""
    every = steps(span)
    heard = [all(left.ear.hears(*pair, *step) for pair in pairs) for step in every]
    steady = [all(left.beside.share(*pair, *step) >= STEADY for pair in _beside(left)) for step in every]
    return any(heard) and all(one or not beside for one, beside in zip(heard, steady, strict=True))


def _judge_loss(left: DemoLeave, checklist: Checklist) -> None:
    """Judge that the leave costs no packet; Asterisk's mixer sometimes drops a packet that arrives just too late."""
    pairs, beside = _pairs(left), _beside(left)
    whole = Span(left.before.since, left.after.until)
    around = Span(left.answer.asked - tones.PACKET_SECONDS, left.answer.told + AROUND)
    by_leave, in_all = (max(_lost(left.ear, *pair, span) for pair in pairs) for span in (around, whole))
    lost_beside = max(_lost(left.beside, *pair, whole) for pair in beside)
    longest = max(left.ear.spacing(*pair, *around) for pair in pairs)
    due = (whole.until - whole.since) / tones.PACKET_SECONDS
    checklist.judge(
        "the leave costs no packet, or the call for comparison has lost as many",
        by_leave <= lost_beside,
        f"lost {by_leave}, longest time between two packets {longest:.0f} ms; "
        f"of {due:.0f} packets this call lost {in_all}, the other one {lost_beside}{excuse(by_leave)}",
    )


def excuse(lost: int) -> str:
    """Return the machine's load after a loss: on a busy machine, the mixer is late and loses packets."""
    return f" (the machine's load is {os.getloadavg()[0]:.1f}, it has {os.cpu_count()} cores)" if lost else ""


def _lost(ear: Hearing, listener: SipCall, speaker: SipCall, over: Span) -> int:
    """Return the packets that never arrived, and those that arrived without the speaker's tone."""
    carrying = list(ear.carrying(listener, speaker, *over))
    came = listener.audio.between(*over)
    return sequence_gaps(came) + len(came) - len(carrying)


def _judge_agent(left: DemoLeave, checklist: Checklist) -> None:
    others = (left.customer, left.third)
    told = left.answer.told
    last = max(left.ear.last(other, left.agent, left.before.since) or 0.0 for other in others)
    checklist.judge(
        "after SUCCESS no packet carries the agent's tone to the others, or theirs to the agent",
        last < told and all(left.ear.silent_of(left.agent, other, *left.after) for other in others),
        f"the last packet with the agent's tone came {(told - last) * 1000:.1f} ms before SUCCESS",
    )


def _pairs(left: DemoLeave) -> list[tuple[SipCall, SipCall]]:
    """Return the two who stay, as listener and speaker."""
    return both_ways(left.customer, left.third)


def _beside(left: DemoLeave) -> list[tuple[SipCall, SipCall]]:
    """Return the two parties in the other bridge."""
    return both_ways(left.beside.parties["customer"], left.beside.parties["agent"])


def both_ways(one: SipCall, other: SipCall) -> list[tuple[SipCall, SipCall]]:
    """Return both orders of two calls, as listener and speaker."""
    return [(one, other), (other, one)]


def steps(span: Span) -> list[Span]:
    """Return the half seconds of a period."""
    count = round((span.until - span.since) / STEP)
    return [Span(span.since + n * STEP, min(span.since + (n + 1) * STEP, span.until)) for n in range(count)]


def judge_recordings(story: CallStory, checklist: Checklist) -> None:
    """Judge that one file has the agent, and that the file after the leave has no sound of the agent."""
    kinds = [(row["kind"], row["status"]) for row in story.recordings]
    checklist.judge(
        "there are two recordings, before and after the leave",
        kinds == [("call", "kept"), ("handoff", "kept")],
        ", ".join(f"{row['kind']} {row['length'] / 1000:.2f} s ({row['reason']})" for row in story.recordings),
    )
    if len(kinds) == 2:
        during, afterwards = story.recordings
        _judge_files(read(during["path"]), read(afterwards["path"]), checklist)
        _judge_gap(during, afterwards, checklist)


def _judge_files(during: WavFile, afterwards: WavFile, checklist: Checklist) -> None:
    heard = _shares(afterwards)
    checklist.judge(
        "the agent is on the first; only the other two are on the second, from its first sample",
        _shares(during)["agent"] > 0.5 and heard["agent"] == 0 and min(heard["customer"], heard["third"]) > 0.8,
        "share of the second file's 20 ms pieces with each tone: "
        + ", ".join(f"{name} {share:.0%}" for name, share in heard.items()),
    )
    tail = afterwards.tail([tones.CUSTOMER, tones.THIRD])
    checklist.judge(
        f"the second ends with the talk: at most {LONGEST_TAIL} ms of silence", tail <= LONGEST_TAIL, f"{tail:.0f} ms"
    )


def _judge_gap(during: Row, afterwards: Row, checklist: Checklist) -> None:
    gap = (afterwards["started"] - during["ended"]) / 1000
    checklist.judge(f"at most {LONGEST_GAP} ms between the two files", gap <= LONGEST_GAP, f"{gap:.1f} ms")


def _shares(recording: WavFile) -> dict[str, float]:
    windows = recording.windows(list(SPEAKERS.values()))
    return {name: sum(hz in heard for heard in windows) / max(1, len(windows)) for name, hz in SPEAKERS.items()}


def judge_journal(lab: Lab, checklist: Checklist) -> None:
    """Judge that the journal, replayed through the core, gives the same decisions and records."""
    again = replay(lab.db)
    wrong = [again.stopped] if again.stopped else [f"row {one.seq}: {one.text}" for one in again.differences]
    checklist.judge(
        "the journal, replayed through the core, gives the same decisions and the same records",
        not wrong,
        "; ".join(wrong) or f"{again.rows} rows",
    )
