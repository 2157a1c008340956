"""Checks who may dial what, for toll fraud uses campaigns without dial rules, and what a dialler needs of Asterisk."""

import shlex
from collections.abc import Iterator

from cli.doctor.facts.check_facts import CheckFacts, append, unknown
from cli.doctor.facts.finding import Check, Finding, error, few, good, note, warning
from warmline.core.model.dialler import Dialler
from warmline.core.rules import emergency_numbers
from warmline.options import dial_ways
from warmline.options.option_table import CAMPAIGN
from warmline.store.database.database import StoreError
from warmline.store.database.reading import reading
from warmline.store.journal import open_state
from warmline.system import heartbeat_file
from warmline.system.asterisk_requirements import AMD_MODULES

RULES = ("dial_allow", "dial_deny", "daily_limit_manual", "manual_calls_at_once")
AMD = "app_amd.so"
DEFAULT_TEMPLATE = str(CAMPAIGN.option(dial_ways.TEMPLATE).default)
WHY = "an intruder in an agent's workplace or a CRM can make expensive calls without end"


def limits(facts: CheckFacts) -> Iterator[Finding]:
    """Check that each campaign has a dial rule or a limit."""
    campaigns = facts.entities("campaign")
    open_ones = [name for name, options in campaigns.items() if not any(options[rule] for rule in RULES)]
    if not open_ones:
        yield good("dial_rules_good", f"{len(campaigns)} campaigns, each with dial rules or limits")
        return
    new = "daily_limit_manual=200 manual_calls_at_once=20"
    fix = " && ".join(f"warmline campaign set {shlex.quote(name)} {new}" for name in open_ones)
    yield note("dial_rules_none", f"campaigns without dial rules and limits: {few(open_ones)}", WHY, fix)


def star_codes(facts: CheckFacts) -> Iterator[Finding]:
    """Check that no campaign dials codes such as *21*…; those of 0.9.0 go on dialling them."""
    dialling = [name for name, options in facts.entities("campaign").items() if options["deny_star_codes"] != "Y"]
    if not dialling:
        yield good("star_codes_good", "no campaign dials numbers with * or #")
        return
    why = "*21*… or **62*… can forward the line of the trunk to a number that costs money"
    fix = " && ".join(f"warmline campaign set {shlex.quote(name)} deny_star_codes=Y" for name in dialling)
    yield note("star_codes_dialled", f"campaigns that dial numbers with * or #: {few(dialling)}", why, fix)


def emergency(facts: CheckFacts) -> Iterator[Finding]:
    """Check that the setting has the emergency numbers of each country in which leads are dialled."""
    options = facts.entities("setting").get("warmline", {}).get("emergency_numbers", ())
    known = list(options) if isinstance(options, tuple | list) else []
    countries = {
        str(one["country"]) for one in facts.entities("list").values()
    } & emergency_numbers.NUMBERS_BY_COUNTRY.keys()
    missing = sorted({number for one in countries for number in emergency_numbers.NUMBERS_BY_COUNTRY[one]} - set(known))
    if missing:
        found = f"emergency_numbers lacks {', '.join(missing)}, which are such numbers in {few(sorted(countries))}"
        fix = f"warmline setting set emergency_numbers={','.join([*known, *missing])}"
        yield note("emergency_numbers_missing", found, "dial rules may keep a person from them", fix)
    else:
        yield good("emergency_numbers_good", f"a person who types {', '.join(known) or 'no number'} always reaches it")


def ways(facts: CheckFacts) -> Iterator[Finding]:
    """Check that each dial template, and each context that an option names, is in the setting `dial_ways`."""
    value = facts.entities("setting").get("warmline", {}).get("dial_ways", ())
    named = [str(way) for way in value] if isinstance(value, tuple | list) else []
    unnamed: dict[str, list[str]] = {}
    for kind in dial_ways.KINDS:
        for name, options in facts.entities(kind).items():
            for _, way in dial_ways.of(kind, options):
                if way not in (DEFAULT_TEMPLATE, *named):
                    unnamed.setdefault(way, []).append(f"{kind} {name}")
    if not unnamed:
        yield good("dial_ways_good", f"{len(named)} ways to dial are named, and nothing uses another one")
        return
    used = "; ".join(f"{way} (of {few(users)})" for way, users in unnamed.items())
    fix = "warmline setting set " + shlex.quote(f"dial_ways={','.join([*named, *unnamed])}")
    why = "they are kept; managers choose among named ways only, so name those that are right, and change the others"
    yield note("dial_ways_unnamed", f"ways to dial that no administrator has named: {used}", why, fix)


def legs(facts: CheckFacts) -> Iterator[Finding]:
    """Check the setting that keeps a flood of calls from slowing down all calls."""
    most = facts.entities("setting").get("warmline", {}).get("max_legs", 0)
    if most:
        yield good("max_legs_good", f"at most {most} phones are on the line at once")
        return
    why = "a flood of calls slows every call down; docs/how-to/operations.md shows how to measure this machine's limit"
    yield note(
        "max_legs_none",
        "max_legs is 0: the number of phones on the line has no limit",
        why,
        "warmline setting set max_legs=300",
    )


def safe_harbour(facts: CheckFacts) -> Iterator[Finding]:
    """Check that the dialplan notices a stopped app, if a campaign dials automatically."""
    campaigns = facts.entities("campaign")
    dialling = [name for name, options in campaigns.items() if options["dial_method"] != "MANUAL"]
    wanted = f"{facts.settings.run}/{heartbeat_file.CALLS_FILE}"
    if not dialling:
        yield good("dialler_off", "no campaign dials automatically")
    elif (given := facts.globals.get("WARMLINE_BEAT", "")) == wanted:
        yield good("dialler_heartbeat_good", f"leads hear the safe harbour message if the heartbeat {wanted} stops")
    else:
        found = f"campaigns dial automatically: {few(dialling)}; but WARMLINE_BEAT={given}"
        why = "while the app is stopped but not gone, leads who answer hear up to four seconds of silence"
        fix = facts.add("extensions.conf", "globals", {"WARMLINE_BEAT": wanted}, "dialplan reload")
        yield warning("dialler_heartbeat_missing", found, why, fix)


def machine_detection(facts: CheckFacts) -> Iterator[Finding]:
    """Check the modules and the file of machine detection, if a campaign uses it."""
    users = [name for name, options in facts.entities("campaign").items() if options["amd"] != "OFF"]
    if not users:
        yield good("amd_off", "no campaign uses machine detection")
        return
    running = {str(module["name"]) for module in facts.get("asterisk/modules") if module["status"] == "Running"}
    missing = sorted(AMD_MODULES - running)
    if not missing:
        yield good("amd_good", f"Asterisk can detect machines for {few(users)}")
        return
    file = "" if AMD not in missing or facts.conf("amd.conf").sections else f"{_amd_file(facts)} && "
    fix = file + " && ".join(facts.rx(f"module load {name}") for name in missing)
    why = "calls have no verdict and agents keep the machines; app_amd.so does not load without amd.conf"
    yield error("amd_modules_missing", f"{few(users)} use amd, but {', '.join(missing)} not running", why, fix)


def idle(facts: CheckFacts) -> Iterator[Finding]:
    """Check that no dialler is without calls while agents are READY for it."""
    try:
        with reading(facts.settings.db) as db:
            diallers = [one for one in open_state.load(db) if isinstance(one, Dialler) and one.running]
    except StoreError as problem:
        raise unknown(problem) from None
    for one in diallers:
        if one.idle:
            found = f"campaign {one.id} has READY agents and dials nothing: {one.idle}"
            fix = f"warmline dial status; warmline dial hopper {shlex.quote(one.id)}"
            yield warning("dialler_idle", found, "agents wait although they are paid to talk", fix)
    if not any(one.idle for one in diallers):
        yield good("dialler_dials", f"{len(diallers)} diallers run, and none is idle beside READY agents")


def _amd_file(facts: CheckFacts) -> str:
    """Return the command that writes an amd.conf. All its other values have a default."""
    text = facts.section("amd.conf", "general", {"silence_threshold": "256"})
    return append(facts.folder("Configuration directory") / "amd.conf", text)


CHECKS = (
    Check(
        "dial rules and limits",
        limits,
        "each campaign has `dial_allow`, `dial_deny`, `daily_limit_manual` or `manual_calls_at_once`",
    ),
    Check("star codes", star_codes, "each campaign has `deny_star_codes`, so no code for call forwarding is dialled"),
    Check("ways to dial", ways, "the setting `dial_ways` names each dial template, and each context of an option"),
    Check("emergency numbers", emergency, "the setting `emergency_numbers` has those of each country of a list"),
    Check("phones at once", legs, "the setting `max_legs` limits the number of phones on the line"),
    Check(
        "safe harbour",
        safe_harbour,
        "no campaign dials automatically, or the dialplan's variable `WARMLINE_BEAT` names the app's heartbeat",
    ),
    Check("idle diallers", idle, "no dialler that runs has been without a call for 30 s beside READY agents"),
    Check(
        "machine detection",
        machine_detection,
        "no campaign has `amd`, or Asterisk runs `app_amd`, `app_waitforsilence` and `func_talkdetect`",
    ),
)
