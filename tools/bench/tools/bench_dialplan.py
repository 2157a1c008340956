"""The benchmarks' extensions in their lab's dialplan.

All calls that are compared run the same lines of Warmline's dialplan.
"""

import re
from pathlib import Path

DID = "8005550102"  # a call to the agent, with Warmline's dialplan alone
MARKED = "8005550100"  # to an in-group: the same lines, with a mark before Stasis()
QUEUED = "8005550101"  # the same lines, with Answer(), the mark and Queue() instead of Stasis()
UNANSWERED = "+8005550101"  # the same without Answer()
SCRIPTED = "+8005550100"  # the same lines, with the mark, into the benchmark's own Stasis application
ROOM = "8005550190"  # into the benchmark's own Stasis application, over the trunk
SEAT = "790"  # the same, from a phone
QUEUE_CALL = "8005550180"  # straight to Queue() with one member, as in a dialplan without Warmline
DIAL_CALL = "8005550181"  # straight to Dial() of the same phone

AWAY_HZ = 1500  # of the fallback of callers
MEMBER = "1001"  # the phone of app_queue's one member
ENTERED = "BENCH_ENTERED"  # the variable with the time when a call enters: seconds UTC, by Asterisk's clock

NOW = "${STRFTIME(,,%s.%6q)}"
MARK = f" same => n,Set({ENTERED}={NOW})\n"
STASIS = " same => n,Stasis(${IF($[${LEN(${WARMLINE_APP})} = 0]?warmline:${WARMLINE_APP})},${WARMLINE_ROUTE})\n"
QUEUE = " same => n,Queue(bench)\n"
SCRIPT = " same => n,Stasis(bench,customer)\n"

QUEUES = f"""
[bench]
strategy = ringall
member => PJSIP/{MEMBER}
"""

FIXED = f"""
[from-trunk](+)
exten => {MARKED},1,Goto(bench-stasis,${{EXTEN}},1)
exten => {QUEUED},1,Goto(bench-queue,${{EXTEN}},1)
exten => {UNANSWERED},1,Goto(bench-queue-unanswered,${{EXTEN}},1)
exten => {SCRIPTED},1,Goto(bench-script,${{EXTEN}},1)
exten => {ROOM},1,Stasis(bench,customer)

exten => {QUEUE_CALL},1,Answer()
 same => n,Queue(bench)
exten => {DIAL_CALL},1,Dial(PJSIP/{MEMBER},20)

[bench-move]
exten => s,1,Set(MASTER_CHANNEL(CHANNEL(after_bridge_goto))=bench-leg,s,1)
 same => n,ChannelRedirect(${{BENCH_AGENT}},bench-leg,s,1)
[bench-leg]
exten => s,1,Stasis(bench,moved)

[from-phones](+)
exten => {SEAT},1,Stasis(bench,agent)

[warmline-away]
exten => s,1,Answer(,i)
 same => n,PlayTones({AWAY_HZ})
 same => n,Wait(60)
"""


REST = 0.03  # seconds before each AGI, so that no call follows another at once or is warmed up by it
# The context whose s runs each of these once, and returns them as BEGUN:ENDED:LENGTH OF ROUTE.
AGI_ROUND = "bench-agi"
AGI_RUNS = {
    "route_did": f"route_did,{MARKED}",
    "bare": "${BENCH_SCRIPTS}/bare,${BENCH_DB}",
    "fastagi": f"${{BENCH_FASTAGI}}/route_did,{MARKED}",
    "empty": "${BENCH_EMPTY}/",
}


def agi_round() -> str:
    """Return the context that runs AGI in each way, one after the other."""
    lines = [f"[{AGI_ROUND}]", "exten => s,1,Set(AGISIGHUP=no)"]
    for name, script in AGI_RUNS.items():
        lines += [
            " same => n,Set(WARMLINE_ROUTE=)",
            f" same => n,Wait({REST})",
            f" same => n,Set(BEGUN={NOW})",
            f" same => n,AGI({script})",
            f" same => n,Set(TOOK_{name}=${{BEGUN}}:{NOW}:${{LEN(${{WARMLINE_ROUTE}})}})",
        ]
    told = ",".join(f"${{TOOK_{name}}}" for name in AGI_RUNS)
    return "\n".join([*lines, f" same => n,Stasis(bench,agi,{told})", ""])


def extensions(warmline: str) -> str:
    """Return the benchmarks' extensions, from the text of Warmline's dialplan."""
    begun = re.search(r"^\[warmline-from-trunk\]\n(exten => _.*\n( same => .*\n)+)", warmline, re.MULTILINE)
    if begun is None or STASIS not in begun[1]:
        raise ValueError("the dialplan's [warmline-from-trunk] no longer looks as the benchmarks know it")
    sections = {
        "bench-stasis": MARK + STASIS,
        "bench-queue": " same => n,Answer()\n" + MARK + QUEUE,
        "bench-queue-unanswered": MARK + QUEUE,
        "bench-script": MARK + SCRIPT,
    }
    ways = "".join(f"\n[{name}]\n{begun[1].replace(STASIS, ending)}" for name, ending in sections.items())
    return "\n".join((FIXED + ways, agi_round()))


def add(etc: Path, warmline: Path) -> None:
    """Add the extensions to the Asterisk configuration in `etc`; the caller must then reload it."""
    with open(etc / "extensions.conf", "a") as file:
        file.write(extensions(warmline.read_text()))
    with open(etc / "queues.conf", "a") as file:
        file.write(QUEUES)
