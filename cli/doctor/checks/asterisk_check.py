"""Asterisk itself: its version, modules, timing, limits, and the name of its host."""

import re
import socket
import time
from collections.abc import Iterator

from cli.doctor.facts.check_facts import CheckFacts
from cli.doctor.facts.finding import Check, Finding, error, good, warning
from warmline.system.asterisk_requirements import DIALPLAN_MODULES, MODULES, OLDEST_TEXT, new_enough

FEWEST_FILES = 4096
RATES = (50, 60, 70)  # ticks per second; the first is that of a mixer
OFF = 0.1  # the share of ticks that may be missing or too many
TEST = re.compile(r"Using the '([^']+)' timing module.*?and we got (\d+) timer ticks", re.DOTALL)
LOOK_UP = 1.0  # seconds


def version(facts: CheckFacts) -> Iterator[Finding]:
    """Check the version: older ones do not leave a phone's REFER to the application."""
    found = str(facts.get("asterisk/info")["system"]["version"])
    if new_enough(found):
        yield good("version_good", f"Asterisk {found}")
    else:
        why = "`warmline serve` does not start with this version: phones could transfer calls without Warmline"
        fix = f"install Asterisk {OLDEST_TEXT}, then: systemctl restart asterisk"
        yield error("version_too_old", f"Asterisk {found}", why, fix, by_hand=True)


def modules(facts: CheckFacts) -> Iterator[Finding]:
    """Check the modules that the app and the dialplan need."""
    told = facts.get("asterisk/modules")
    running = {str(module["name"]) for module in told if module["status"] == "Running"}
    missing = sorted((MODULES | DIALPLAN_MODULES) - running)
    if not missing:
        yield good("modules_good", f"the {len(MODULES | DIALPLAN_MODULES)} required modules run")
        return
    why = "calls that need them are refused or end (a noload in modules.conf unloads them again)"
    fix = " && ".join(facts.rx(f"module load {name}") for name in missing)
    yield error(
        "modules_missing", f"{', '.join(missing)} {'does' if len(missing) == 1 else 'do'} not run", why, fix, safe=True
    )


def timing(facts: CheckFacts) -> Iterator[Finding]:
    """Check the timing source by which Asterisk mixes sound.

    The best of several tests counts, because the source loses ticks while the machine is suspended.
    """
    tests = []
    for rate in RATES:  # a different rate each time, because each fact is read only once
        found = TEST.search(facts.console(f"timing test {rate}"))
        source, ticks = (found[1], int(found[2])) if found else ("none", 0)
        tests.append((abs(ticks - rate) / rate, f"{ticks} of {rate} ticks in a second"))
        off, told = min(tests)
        if source in ("none", "pthread") or off <= OFF:
            break
    if source != "pthread" and off <= OFF:
        yield good("timing_good", f"{source}, {told}")
        return
    why = "three-way calls and recordings stutter"
    yield error("timing_bad", f"{source}: {told}", why, facts.rx("module load res_timing_timerfd.so"))


def files(facts: CheckFacts) -> Iterator[Finding]:
    """Check how many files and sockets Asterisk can open."""
    text = facts.core.get("Maximum open file handles", "")
    if not text.isdigit() or int(text) >= FEWEST_FILES:
        yield good("open_files_good", f"{text or 'any number of'} open files")
        return
    why = "a three-way call with a recording takes about 12 files; at the limit no call is answered"
    fix = facts.add("asterisk.conf", "options", {"maxfiles": "20000"}, "core restart gracefully")
    yield warning("open_files_few", f"{text} open files", why, fix)


def host_name(facts: CheckFacts) -> Iterator[Finding]:
    """Check the host's name, which Asterisk looks up for calls without a media_address."""
    name = socket.gethostname()
    begun = time.monotonic()
    try:
        socket.getaddrinfo(name, None)
        took = time.monotonic() - begun
        found = f"{name} is looked up in {took:.1f} s"
    except OSError as problem:
        took, found = LOOK_UP, f"{name} is not found: {problem.strerror}"
    if took < LOOK_UP:
        yield good("host_name_good", f"{name} resolves")
    else:
        why = "outgoing calls of endpoints without media_address wait 5 s now and then"
        yield warning("host_name_unknown", found, why, f"echo '127.0.1.1 {name}' >> /etc/hosts")


CHECKS = (
    Check("version", version, f"Asterisk is {OLDEST_TEXT}"),
    Check("modules", modules, "Asterisk has loaded the modules that the app and the dialplan use"),
    Check("timing", timing, "Asterisk's timer ticks 50 times per second"),
    Check("open files", files, "Asterisk may open enough files"),
    Check("host name", host_name, "the machine's host name resolves at once"),
)
