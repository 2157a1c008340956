"""Judges the restart of the call process by what all parties of both servers heard."""

from itertools import permutations

from lab.demo_checklist import Checklist
from lab.demo_evidence import STEADY, both_ways, excuse, steps
from lab.servers.servers_story import DemoCall, DemoKill
from lab.sip import Hearing, tones


def judge_restart(kill: DemoKill, checklist: Checklist) -> None:
    """Judge that no party noticed the restart: who hears whom, also between calls, and the packets of each server."""
    broken = [talk for talk in kill.talks if not _all_along(kill, talk)]
    checklist.judge(
        "while the app has no call process, the parties of each call hear each other, in every half second",
        not broken,
        f"{len(kill.talks)} calls, {kill.span.until - kill.span.since:.1f} s",
    )
    strangers = [
        (one, other)
        for first, second in permutations(kill.talks, 2)
        for one in first.parties.values()
        for other in second.parties.values()
    ]
    checklist.judge(
        "no packet carries the tone of a party of another call",
        all(kill.ear.silent_of(*pair, *kill.span) for pair in strangers),
        f"{len(strangers)} pairs",
    )
    for server, beside in kill.beside.items():
        _judge_loss(kill, server, beside, checklist)


def _judge_loss(kill: DemoKill, server: str, beside: Hearing, checklist: Checklist) -> None:
    """Judge that the calls of a server lost no more packets than the comparison there."""
    pairs = [pair for talk in kill.talks if talk.server == server for pair in permutations(talk.parties.values(), 2)]
    lost = max(kill.ear.unheard(*pair, *kill.span) for pair in pairs)
    lost_beside = max(beside.unheard(*pair, *kill.span) for pair in both_ways(*beside.parties.values()))
    longest = max(kill.ear.spacing(*pair, *kill.span) for pair in pairs)
    due = (kill.span.until - kill.span.since) / tones.PACKET_SECONDS
    checklist.judge(
        f"on {server} the restart costs no packet, or the call for comparison has lost as many",
        lost <= lost_beside,
        f"of {due:.0f} packets a party lost {lost} at most, the one for comparison {lost_beside}; "
        f"longest time between two packets {longest:.0f} ms{excuse(lost)}",
    )


def _all_along(kill: DemoKill, talk: DemoCall) -> bool:
    """Return whether these hear each other in every step, except steps in which the comparison lost packets too."""
    beside = kill.beside[talk.server]
    heard = False
    for step in steps(kill.span):
        if all(kill.ear.hears(*pair, *step) for pair in permutations(talk.parties.values(), 2)):
            heard = True
        elif all(beside.share(*pair, *step) >= STEADY for pair in both_ways(*beside.parties.values())):
            return False
    return heard
