"""Files for Asterisk to include: endpoints of the phones, and a context for each call menu."""

import re
from collections.abc import Container

from warmline_contrib.imports.converted_value import Fate
from warmline_contrib.imports.vicidial.conversion import UNSET, Row, VicidialConversion, by_key
from warmline_contrib.imports.vicidial.numbers import menu_context
from warmline_contrib.imports.vicidial.source import whole

PHONES, MENUS, OPTIONS = "phones", "vicidial_call_menu", "vicidial_call_menu_options"
PJSIP_FILE, DIALPLAN_FILE = "vicidial-phones.conf", "vicidial-menus.conf"
UNSAFE = re.compile(r"[\x00-\x1f;\[\]]")
CONTROL = re.compile(r"[\x00-\x1f]")
PLACE = re.compile(r"[^\w.*#+@/|&-]")  # signs that no extension, context, sound or mailbox has
KEY = re.compile(r"[0-9A-D*#]{1,10}|[it]|timecheck")
OWN_ROUTES = ("CALLMENU", "INGROUP")
KEYS = {"A": "#", "B": "*"}
USUAL_TIMEOUT = 10  # seconds
SIP = ("SIP", "PJSIP", "PJSIP_WIZ")


def files(into: VicidialConversion) -> dict[str, str]:
    """Return the text of each file by its name; none for a file without content."""
    found = {PJSIP_FILE: _phones(into), DIALPLAN_FILE: _menus(into)}
    return {name: text for name, text in found.items() if text}


def _safe(text: str) -> str:
    return UNSAFE.sub("", text).strip()


def _phones(into: VicidialConversion) -> str:
    parts = []
    for row in into.rows(PHONES):
        name = into.names.known("phone", row["extension"])
        protocol = row.get("protocol", "").upper()
        if protocol not in SIP:
            said = f"an endpoint of PJSIP is for SIP alone; {protocol} needs a file of its own"
            into.told(PHONES, name, "protocol", protocol, Fate.LOST, said)
            continue
        codecs = ",".join(one for one in re.split(r"[ ,]+", row.get("codecs_list", "")) if one) or "ulaw,alaw"
        caller = row.get("outbound_cid", "") or row.get("dialplan_number", "")
        lines = [
            f"; {_safe(row.get('fullname', ''))}",
            f"[{name}]",
            "type=endpoint",
            f"context={_safe(row.get('phone_context', '') or 'default')}",
            "disallow=all",
            f"allow={_safe(codecs)}",
            f"auth={name}",
            f"aors={name}",
            f"callerid={_safe(row.get('fullname', '')).replace(chr(34), '')} <{_safe(caller)}>",
        ]
        if row.get("voicemail_id", "") not in UNSET:
            lines.append(f"mailboxes={_safe(row['voicemail_id'])}@default")
        if row.get("is_webphone", "N").startswith("Y"):
            lines.append("webrtc=yes")
        lines += [
            "",
            f"[{name}]",
            "type=auth",
            "auth_type=userpass",
            f"username={name}",
            f"password={_secret(row)}",
            "",
            f"[{name}]",
            "type=aor",
            "max_contacts=1",
            "remove_existing=yes",
            "",
        ]
        if row.get("active", "Y") == "N":
            lines = [f"; {line}" for line in (*lines[:1], f"{name} is not active", *lines[1:])]
        parts.append("\n".join(lines))
    if not parts:
        return ""
    return "; Include this file in pjsip.conf: #include vicidial-phones.conf\n\n" + "\n".join(parts)


def _secret(row: Row) -> str:
    """Return the secret of an endpoint; the one of the registration comes before the one of agents."""
    return CONTROL.sub("", row["conf_secret"] or row["pass"]).replace(";", "\\;")


def _menus(into: VicidialConversion) -> str:
    options = by_key(into.rows(OPTIONS), lambda row: row["menu_id"])
    menus = into.rows(MENUS)
    known = {row["menu_id"] for row in menus}
    parts = [_menu(into, row, options.get(row["menu_id"], []), known) for row in menus]
    if not parts:
        return ""
    return "; Include this file in extensions.conf: #include vicidial-menus.conf\n\n" + "\n".join(parts)


def _menu(into: VicidialConversion, row: Row, options: list[Row], known: Container[str]) -> str:
    """Return the context of a menu: it plays the prompt, waits for a key, and repeats."""
    name, menu = menu_context(into, row["menu_id"]), row["menu_id"]
    into.unread(MENUS, menu, row)
    repeats, timeout = max(0, whole(row["menu_repeat"])), whole(row["menu_timeout"]) or USUAL_TIMEOUT
    routes: dict[str, list[str]] = {}
    for one in options:
        key = _key(one["option_value"])
        if KEY.fullmatch(key):
            routes[key] = _steps(into, menu, one, known)
        else:
            into.told(OPTIONS, menu, "option_value", one["option_value"], Fate.LOST, "it is no key of a phone")
    prompts = [PLACE.sub("", one) for one in re.split(r"[|,]", row["menu_prompt"]) if one not in UNSET]
    lines = [
        f"[{name}] ; {_safe(row.get('menu_name', ''))}",
        "exten => s,1,Answer()",
        " same => n,Set(WARMLINE_MENU_TRY=0)",
    ]
    lines += [f" same => n({'again' if place == 0 else f'prompt{place}'}),Background({one})" for place, one in
              enumerate(prompts)] or [" same => n(again),NoOp()"]  # fmt: skip
    lines.append(f" same => n,WaitExten({timeout})")
    lines += _said(row, "menu_timeout_prompt", "t", repeats, routes.pop("t", None))
    lines += _said(row, "menu_invalid_prompt", "i", repeats, routes.pop("i", None))
    for key, steps in routes.items():
        lines += [f"exten => {key},1,{steps[0]}", *(f" same => n,{one}" for one in steps[1:])]
    if (call_time := row.get("call_time_id", "")) not in UNSET and row.get("menu_time_check", "0") == "1":
        said = f"the DID has opening hours: warmline did set NUMBER call_time_id={call_time}"
        into.told(MENUS, menu, "call_time_id", call_time, Fate.LOST, said)
    if own := row.get("custom_dialplan_entry", ""):
        lines += ["; custom_dialplan_entry of the old system:", *(f"; {line}" for line in own.splitlines())]
        said = "it is in the file as a comment, for you to read"
        into.told(MENUS, menu, "custom_dialplan_entry", own, Fate.CHANGED, said)
    return "\n".join(lines) + "\n"


def _said(row: Row, column: str, exten: str, repeats: int, steps: list[str] | None) -> list[str]:
    """Return the extension for no key or a wrong one: a prompt, the menu again, and at last its route."""
    last = steps or ["Hangup()"]
    lines = [f"exten => {exten},1,Set(WARMLINE_MENU_TRY=$[${{WARMLINE_MENU_TRY}}+1])"]
    if (prompt := PLACE.sub("", row.get(column, ""))) not in UNSET:
        lines.append(f" same => n,Playback({prompt})")
    lines.append(f" same => n,GotoIf($[${{WARMLINE_MENU_TRY}}<={repeats}]?s,again)")
    return [*lines, *(f" same => n,{one}" for one in last)]


def _key(option: str) -> str:
    """Return the extension of an option: VICIdial writes # and * as letters, and words for no key and a wrong one."""
    return {"TIMEOUT": "t", "INVALID": "i", "TIMECHECK": "timecheck"}.get(option, KEYS.get(option, _safe(option)))


def _steps(into: VicidialConversion, menu: str, row: Row, known: Container[str]) -> list[str]:
    """Return the applications of an option. One without an equal hangs up, and is told. `known` are all menus."""
    route, value = row["option_route"], PLACE.sub("", row["option_route_value"])
    context = PLACE.sub("", row["option_route_value_context"])
    if route == "CALLMENU" and row["option_route_value"] in known:
        return [f"Goto({menu_context(into, row['option_route_value'])},s,1)"]
    group = into.names.known("ingroup", row["option_route_value"])
    if route == "INGROUP" and into.has("ingroup", group):
        into.told(OPTIONS, menu, "option_route", route, Fate.KEPT, f"Goto(warmline-ingroup,{group},1)")
        return [f"Goto(warmline-ingroup,{group},1)"]
    if route == "DID":
        return [f"Goto(warmline-from-trunk,{value},1)"]
    if route in ("EXTENSION", "PHONE"):
        return [f"Goto({context or 'default'},{value},1)"]
    if route in ("VOICEMAIL", "VMAIL_NO_INST"):
        return [f"VoiceMail({value}@default{',s' if route == 'VMAIL_NO_INST' else ''})", "Hangup()"]
    if route == "HANGUP":
        return [*([f"Playback({value})"] if value not in UNSET else []), "Hangup()"]
    why = "the source has no such menu or in-group" if route in OWN_ROUTES else "it has no equal"
    into.told(OPTIONS, menu, "option_route", f"{route} {value}".strip(), Fate.LOST, f"{why}; it hangs up")
    return ["Hangup()"]
