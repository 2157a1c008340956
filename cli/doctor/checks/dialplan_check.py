"""Checks of the loaded dialplan, and of the scripts that it runs."""

import os
import re
import shlex
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cli.doctor.facts import data_files
from cli.doctor.facts.check_facts import CheckFacts, DialplanStep, append
from cli.doctor.facts.finding import Check, Finding, error, good, warning
from warmline.system.program_files import CODE, DIALPLAN, agi_scripts
from warmline.system.settings import DEFAULT_FILE, DEFAULTS

CONTEXT = re.compile(r"\[([^]]+)\]")
SHOWN = re.compile(r"\[ (?:Included context|Context) '(.+?)' created|\s+'(.+?)' =>")
PRIORITY = re.compile(r"(?:exten => [^,]+,[^,]+|same => [^,]+),(.*)")
ENTRANCES = ("warmline-from-trunk", "warmline-ingroup", "warmline-agent", "warmline-enter")
ARI_ONLY = "PJSIP_TRANSFER_HANDLING()=ari-only"
PYTHON = "/usr/bin/python3"
STARTS = (
    "import sys; assert sys.version_info >= (3, 11), sys.version; "
    "sys.path.insert(0, sys.argv[1]); from warmline.agi import decisions"
)
MAY = """
import os, sys
for mode, path in zip(sys.argv[1::2], sys.argv[2::2]):
    above = [path]
    while above[0] not in ("/", ""):
        above.insert(0, os.path.dirname(above[0]))
    if shut := [one for one in above[:-1] if not os.access(one, os.X_OK)]:
        print("enter", shut[0])
    elif not os.access(path, getattr(os, mode)):
        print("run" if mode == "X_OK" else "use", path)
"""


def ours() -> dict[str, list[str]]:
    """Return each context of Warmline's dialplan file with its steps, as `dialplan show` prints them."""
    contexts: dict[str, list[str]] = {}
    here: list[str] = []
    for line in DIALPLAN.read_text().splitlines():
        plain = line.strip()
        if found := CONTEXT.match(plain):
            here = contexts.setdefault(found[1], [])
        elif found := PRIORITY.match(plain):
            here.append(found[1])
    return contexts


def included(facts: CheckFacts) -> Iterator[Finding]:
    """Check that Warmline's contexts are loaded, and equal its file."""
    loaded = facts.dialplan
    missing = [name for name in ours() if name not in loaded]
    etc = facts.folder("Configuration directory")
    if missing:
        include = append(facts.own_file("extensions.conf"), f'#include "{DIALPLAN}"\n')
        there = facts.conf("extensions.conf").has(DIALPLAN, etc)
        fix = facts.rx("dialplan reload") if there else f"{include} && {facts.rx('dialplan reload')}"
        yield error(
            "dialplan_missing",
            f"{', '.join(missing)} not in the dialplan",
            "calls in these contexts do not reach Warmline",
            fix,
            safe=there,
        )
    elif stale := [name for name, steps in ours().items() if sorted(steps) != _texts(loaded[name])]:
        why = "Asterisk has not reloaded the dialplan since its last change"
        yield error(
            "dialplan_differs",
            f"{', '.join(stale)} differ from {DIALPLAN}",
            why,
            facts.rx("dialplan reload"),
            safe=True,
        )
    else:
        yield good("dialplan_good", f"the loaded dialplan equals {DIALPLAN}")


def _texts(steps: Sequence[DialplanStep]) -> list[str]:
    return sorted(step.text for step in steps if step.file)


def reached(facts: CheckFacts) -> Iterator[Finding]:
    """Check that a dialplan leads calls to Warmline, and agents' phones to their login."""
    calls, logins = leading(facts, ENTRANCES), leading(facts, ("warmline-login",))
    why = "no call comes to Warmline (in the command, from-trunk stands for the context of your trunk's endpoint)"
    yield _way(facts, "calls come", calls, "warmline-from-trunk", why, "[from-trunk]\ninclude => warmline-from-trunk\n")
    why = "no agent logs in by dialling (in the command, from-phones stands for the context of the phones' endpoints)"
    login = "[from-phones]\nexten => 700,1,Goto(warmline-login,s,1)\n"
    yield _way(facts, "phones log in", logins, "warmline-login", why, login)
    given, wanted = facts.globals.get("WARMLINE_APP") or DEFAULTS["ari_app"], facts.settings.ari_app
    if given != wanted:
        found = f"the dialplan gives calls to the application {given}, and ari_app is {wanted}"
        fix = facts.add("extensions.conf", "globals", {"WARMLINE_APP": wanted}, "dialplan reload")
        yield error(
            "stasis_missing",
            found,
            "these calls take the fallback or reach another program, and no agent can log in",
            fix,
        )


def leading(facts: CheckFacts, names: Sequence[str]) -> list[str]:
    """Return the administrator's contexts that name one of these."""
    return [
        context
        for context, steps in facts.dialplan.items()
        if not context.startswith("warmline-") and any(name in step.text for step in steps for name in names)
    ]


def _way(facts: CheckFacts, what: str, contexts: Sequence[str], to: str, why: str, lines: str) -> Finding:
    if contexts:
        return good("way_in_good", f"{what} from {', '.join(contexts)}")
    return warning("way_in_missing", f"no context leads to {to}", why, _add(facts, lines))


def _add(facts: CheckFacts, lines: str) -> str:
    """Return the shell command that adds lines to the dialplan. Raises FactUnknown."""
    return f"{append(facts.own_file('extensions.conf'), lines)} && {facts.rx('dialplan reload')}"


def numbers(facts: CheckFacts) -> Iterator[Finding]:
    """Check that each DID leads to Warmline.

    An extension of a context comes before extensions that the context includes, so each DID is looked up in such
    contexts.
    """
    contexts = leading(facts, ENTRANCES)
    dids = [did for did in facts.entities("did") if did.isdigit()]
    only_ours = any(facts.dialplan[context][0].text == "include warmline-from-trunk" for context in contexts)
    taken: dict[tuple[str, str], list[str]] = {}
    for did in [] if only_ours else dids:
        firsts = [(context, first_extension(facts.console(f"dialplan show {did}@{context}"))) for context in contexts]
        if firsts and not any(first.ours for _, first in firsts):
            context, first = firsts[0]
            taken.setdefault((context, first.pattern), []).append(did)
    for (context, pattern), lost in taken.items():
        found = f"[{context}] has {pattern or 'nothing'} for {', '.join(lost)}"
        lines = "".join(f"exten => {did},1,Goto(warmline-from-trunk,${{EXTEN}},1)\n" for did in lost)
        if pattern in lost:  # Asterisk ignores a second extension of the same name
            fix = f"in [{context}], in place of exten => {pattern}: {lines.strip()}"
        else:
            fix = _add(facts, f"[{context}]\n{lines}")
        yield error("dids_not_routed", found, "calls of these DIDs do not reach Warmline", fix, by_hand=pattern in lost)
    if contexts and not taken:
        yield good("dids_good", f"{len(dids)} DIDs lead to Warmline")


class FirstExtension(NamedTuple):
    """The extension that a call takes, as the dialplan has it, and whether it leads to Warmline."""

    pattern: str
    ours: bool


def first_extension(shown: str) -> FirstExtension:
    """Return the first extension in the output of `dialplan show EXTEN@CONTEXT`."""
    context, pattern, ours = "", "", False
    for line in shown.splitlines():
        if found := SHOWN.match(line):
            if pattern:
                break
            context, pattern = found[1] or context, found[2] or ""
        if pattern:
            ours |= context.startswith("warmline-") or any(name in line for name in ENTRANCES)
    return FirstExtension(pattern, ours)


def transfers(facts: CheckFacts) -> Iterator[Finding]:
    """Check that every way to the app leaves a phone's transfers to the app."""
    stasis = f"Stasis({facts.settings.ari_app}"
    bare = {
        context: steps
        for context, steps in facts.dialplan.items()
        if any(stasis in step.text for step in steps) and not any(ARI_ONLY in step.text for step in steps)
    }
    etc = facts.folder("Configuration directory")
    for context, steps in bare.items():
        if context in ours():
            continue  # a context that differs from Warmline's file is another finding
        file = etc / next(step.file for step in steps if stasis in step.text)
        found = f"[{context}] enters the app without {ARI_ONLY}"
        swap = f"s|^\\(.*\\),{stasis}|\\1,Set({ARI_ONLY})\\n same => n,{stasis}|"
        fix = f"sed -i {shlex.quote(swap)} {shlex.quote(str(file))} && {facts.rx('dialplan reload')}"
        yield warning(
            "phone_transfers_open", found, "a phone's own transfer (REFER) moves its call without Warmline", fix
        )
    if not bare:
        yield good("phone_transfers_good", "every entry to the app leaves transfers to the app")


def scripts(facts: CheckFacts) -> Iterator[Finding]:
    """Check that the scripts are in Asterisk's folder, and that its user can run them."""
    folder = facts.folder("AGI Scripts directory")
    names = agi_scripts()
    missing = [file for file in names if not (folder / file.name).exists()]
    if missing:
        fix = f"ln -sf {' '.join(shlex.quote(str(file)) for file in missing)} {shlex.quote(str(folder))}/"
        what = ", ".join(file.name for file in missing)
        yield error(
            "agi_links_missing", f"{what} not in {folder}", "calls take the dialplan's fallback", fix, safe=True
        )
        return
    started = subprocess.run([PYTHON, "-SEI", "-c", STARTS, str(CODE)], capture_output=True, text=True)
    if started.returncode:
        why = started.stderr.strip().splitlines()[-1]
        yield error(
            "agi_python_missing",
            f"{PYTHON} cannot run them: {why}",
            "calls take the dialplan's fallback",
            "apt-get install python3",
        )
        return
    refused = _refused(facts, folder, names)
    wrong = [str(path) for path in data_files.wrong(facts)]
    if rest := [one for one in refused if one[1] not in wrong]:
        refused = rest
    elif refused:
        data_files.need(facts)
    if refused:
        fix = " && ".join(_allow(*one, facts) for one in refused)
        found = ", ".join(f"{verb} {path}" for verb, path in refused)
        yield error(
            "agi_scripts_not_runnable",
            f"{facts.owner.name} may not {found}",
            "calls take the dialplan's fallback",
            fix,
        )
    else:
        yield good("agi_scripts_good", f"{len(names)} in {folder}; {facts.owner.name} can run them")


def surroundings(facts: CheckFacts) -> Iterator[Finding]:
    """Check that the scripts find the same settings; Asterisk passes its environment to them."""
    theirs = facts.environ.get("WARMLINE_CONFIG", DEFAULT_FILE)
    if Path(theirs).resolve() == facts.file.resolve():
        yield good("agi_settings_good", f"AGI scripts read {facts.file}")
        return
    folder = "/etc/systemd/system/asterisk.service.d"
    text = f"[Service]\nEnvironment=WARMLINE_CONFIG={facts.file}\n"
    write = f"mkdir -p {folder} && {append(Path(folder, 'warmline.conf'), text)}"
    why = "the scripts find no database, or another one: calls take the dialplan's fallback"
    fix = f"{write} && systemctl daemon-reload && systemctl restart asterisk"
    yield error("agi_settings_differ", f"AGI scripts read {theirs}, not {facts.file}", why, fix)


def _refused(facts: CheckFacts, folder: Path, names: Sequence[Path]) -> list[tuple[str, str]]:
    """Return the rights that Asterisk's user lacks, as verb and path.

    Without root, they are the rights that the current user lacks.
    """
    wanted = [("X_OK", (folder / file.name).resolve()) for file in names]
    wanted += [("R_OK", CODE / "warmline/agi/decisions.py"), ("R_OK", facts.file)]
    wanted += [("W_OK", Path(facts.settings.db)), ("W_OK", Path(facts.settings.spool))]
    words = [word for mode, path in wanted if os.path.exists(path) for word in (mode, str(path))]  # noqa: PTH110 - it may be shut
    owner = facts.owner
    other: dict[str, Any] = {}
    if os.geteuid() == 0 != owner.user:
        other = {"user": owner.user, "group": owner.group, "extra_groups": os.getgrouplist(owner.name, owner.group)}
    asked = subprocess.run([PYTHON, "-SEI", "-c", MAY, *words], capture_output=True, text=True, cwd="/", **other)
    return [
        (verb, path) for verb, _, path in (line.partition(" ") for line in dict.fromkeys(asked.stdout.splitlines()))
    ]


def _allow(verb: str, path: str, facts: CheckFacts) -> str:
    """Return the command that grants the right."""
    if path == str(facts.file):
        return data_files.let_read_settings(facts)
    quoted, group = shlex.quote(path), facts.owner.group_name
    return {
        "enter": f"chmod a+x {quoted}",
        "run": f"chmod a+rx {quoted}",
        "use": f"chgrp {group} {quoted} && chmod g+rwX {quoted}",
    }[verb]


CHECKS = (
    Check("dialplan", included, "Asterisk has loaded `dialplan/warmline.conf` in its current version"),
    Check(
        "ways to Warmline", reached, "a context of yours leads calls and logins to Warmline, with the name of `ari_app`"
    ),
    Check(
        "DIDs",
        numbers,
        "each DID leads to Warmline; your own extension for the same number would win over an `include`",
    ),
    Check("transfers by phones", transfers, "every way to the app sets `PJSIP_TRANSFER_HANDLING`"),
    Check(
        "AGI scripts",
        scripts,
        "Asterisk's user finds the scripts, can run them, can read the database, and can write notes",
    ),
    Check("scripts' settings", surroundings, "Asterisk's environment leads the scripts to the same settings file"),
)
