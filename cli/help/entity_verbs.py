"""Verbs of other programs on an entry: the command lines that do what they want, for every kind of the option table.

The lines have the form of those in `cli.help.guesses`: `disable` of an agent is `agent set {1:USER} active=N`.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cli.arguments.list_hints import RATED
from cli.output.secret_words import names_secret

if TYPE_CHECKING:
    from warmline.options.values.entity import Entity, Option


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


ON = words_of(
    "enable activate reactivate reenable re-enable unsuspend resume unpause open reopen unlock unblock unfreeze start "
    "switch-on turn-on on unarchive run launch begin go"
)
OFF = words_of(
    "disable deactivate suspend inactivate pause close shut stop halt lock block freeze archive retire ban off night "
    "night-mode emergency "
    "switch-off turn-off revoke"
)
RENAME = words_of("rename relabel retitle title label nickname name mv")
FIND = words_of("find search lookup look-up query grep filter where which count print-all all index")
SHOW = words_of("why status state stat test check health inspect summary overview top")
HISTORY = words_of("history log logs changes changelog audit diff blame versions revisions undo revert rollback")
DELETE = words_of("destroy drop purge erase trash discard uninstall terminate")
JOIN = words_of("join assign attach link connect add-to point map bind subscribe allow grant member login-to")
LEAVE = words_of("kick evict eject leave unassign detach unlink disconnect remove-from unmap unbind unsubscribe deny")
# The first part of `set-hours` or `remove-skill`.
SETTING_VERB = re.compile(
    r"(?:re)?(?:set|change|update|edit|modify|put|add|remove|delete|del|rm|clear|show|get|new|assign|unassign|join|leave|"
    r"attach|detach|link|unlink|move|map)-(?:(?:to|from|in|into|on|the|for|of)-)?"
)
SECRET_VERB = re.compile(r"(?:(?:re)?set|change|update|forgot|new|clear|regenerate|rotate|renew)-?")
TAKING = re.compile(r"(?:remove|delete|del|rm|clear|un|leave|detach)-?")
USER = "{1:USER}"
# Words for an option that only these kinds use so.
OPTION_WORDS = {
    "agent": {
        "skill": "ingroups", "skills": "ingroups", "ingroup": "ingroups", "in-group": "ingroups", "queue": "ingroups",
        "team": "campaign", "extension": "phone",
    },
    "campaign": {"speed": "auto_dial_level", "dial-speed": "auto_dial_level"},
    "did": {"target": "route", "point": "route", "forward": "route", "dest": "route"},
}  # fmt: skip
ALL_OF_AGENT = "Name all its in-groups, also the former ones. The agent takes them from the next login on."
MEMBERS = {
    "ingroup": (
        "agent show {2:USER} # Show the in-groups that the agent has.",
        f"agent set {{2:USER}} ingroups={{1:INGROUP}},OTHERS # {ALL_OF_AGENT}",
    ),
    "campaign": ("agent set {2:USER} campaign={1:CAMPAIGN}", "list set {2:LIST} campaign={1:CAMPAIGN}"),
    "did": ("did set {1:DID} route=ingroup:{2:INGROUP}", "route simulate {1:NUMBER}"),
    "list": ("list set {1:LIST} campaign={2:CAMPAIGN}",),
    "user": ("user set {1:USER} agent={2:AGENT}", "user set {1:USER} role={2:ROLE}"),
    "phone": ("agent set {2:USER} phone={1:PHONE}",),
    "call-time": ("ingroup set {2:INGROUP} call_time_id={1:CALL-TIME}",),
    "script": ("campaign set {2:CAMPAIGN} campaign_script={1:SCRIPT}",),
    "user-group": ("agent set {2:USER} user_group={1:USER-GROUP}",),
}
# Kinds without an option `active`, and what comes nearest.
NO_SWITCH = {
    "phone": ("agent set USER active=N # A phone has no switch; its agent has one.", "agent list"),
    "trunk": ("trunk show {1:TRUNK}", "campaign describe dial_template # Campaigns name their trunk in this option."),
    "holiday": ("call-time list # A holiday acts where a call time names it.", "holiday show {1:HOLIDAY}"),
    "api-token": ("api-token renew {1:TOKEN} # Replace the token; the previous one stops working at once.",),
}
# A person who takes calls is a user and an agent.
OF_PERSON = {"user": "agent", "agent": "user"}
HALF = " # The same person's other entry."
# More about an entry than its options.
STATE = {
    "did": ("route simulate {1:NUMBER}",),
    "list": ("list counts {1:LIST}",),
    "user": ("audit config --who {1:USER} # List the changes that the user made.",),
    "trunk": ("dial status", "doctor"),
    "phone": ("agent status", "doctor"),
    "campaign": ("dial status {1:}",),
    "ingroup": ("live", "report day --ingroup {1:INGROUP}"),
    "agent": ("agent status {1:USER}", "audit agent {1:USER}"),
}


def of_entity(kind: str, word: str) -> tuple[str, ...]:
    """Return the lines for a word after the name of a kind, or none if it is no verb that is known."""
    from warmline.options.option_table import ENTITIES

    verb = word.lower().replace("_", "-")
    entity = ENTITIES.get(kind)
    if entity and entity.only:
        option = _option(entity, verb)
        return tuple(_with_value(entity, option, takes_away=False)) if option else ()
    return tuple(dict.fromkeys(_lines(entity, verb))) if entity else ()


def _lines(entity: "Entity", verb: str) -> Iterator[str]:
    kind, name = entity.kind, _name(entity)
    what = SETTING_VERB.sub("", verb, count=1)
    if kind == "agent" and what in RATED:
        below = "-" if what == "penalty" else ""  # see `list_hints.rate`
        yield f"agent set {name} {RATED[what]}={{2:INGROUP}}:{below}{{3:VALUE}},OTHERS"
        yield f"agent describe {RATED[what]}"
    elif secret := _secret(entity, verb):
        yield from _new_secret(entity, secret)
    elif kind == "api-token" and verb == "revoke":
        yield f"{kind} delete {name} # The token stops working at once. Tokens do not expire."
    elif kind == "api-token" and verb in ("extend", "expire", "expires", "expiry", "prolong"):
        yield f"{kind} show {name} # Tokens do not expire."
        yield f"{kind} delete {name} # The token stops working at once."
    elif kind == "user-group" and verb in ("allow", "grant", "permit"):
        yield f"{kind} set {name} allowed_campaigns=CAMPAIGN,OTHERS # Its people see and change these campaigns."
        yield "agent set USER campaign=CAMPAIGN # An agent logs in to its own campaign."
    elif verb in ON or verb in OFF:
        yield from _switched(entity, verb in ON)
    elif verb in RENAME:
        if entity.label:
            yield f"{kind} set {name} {entity.label}={{2:NAME}}"
        yield f"{kind} copy {name} NEW # The key of an entry stays; its copy can have another one."
    elif verb in FIND and not _option(entity, verb):
        yield f"{kind} list"
        yield f"{kind} show {name}"
    elif verb in HISTORY:
        yield f"config history --entity {kind} --name {name}"
        if verb in ("diff", "changes", "changelog", "blame", "audit"):
            changes = f"audit config --entity {kind} --name {name} --since {{--since:30d}}"
            yield f"{changes} # With the values before and after."
        if verb in ("undo", "revert", "rollback"):
            yield "config undo last"
    elif verb in DELETE:
        yield f"{kind} delete {name}"
    elif verb in JOIN or verb in LEAVE:
        yield from _member(entity, verb in LEAVE)
    elif option := _option(entity, verb):
        takes = bool(TAKING.match(verb))
        yield from _with_value(entity, option, takes, adds=verb.startswith("add"), everything=_all(verb))
    elif _of_member(verb) and kind in MEMBERS:
        lines = [*_member(entity, bool(TAKING.match(verb)))]
        whose = "list set " if what.removesuffix("s") == "list" else "agent set "
        yield from [one for one in lines if kind != "campaign" or one.startswith(whose)] or lines
    elif verb in SHOW:
        yield f"{kind} show {name}"
        yield from STATE.get(kind, ())


def _name(entity: "Entity") -> str:
    """Return the place of the entry's name."""
    return USER if entity.kind in ("agent", "user") else f"{{1:{entity.kind.upper()}}}"


def _secret(entity: "Entity", verb: str) -> "Option | None":
    """Return the option of the PIN or password that a verb such as `reset-pin` sets."""
    from warmline.options.values.option_types import Secret

    what = SECRET_VERB.sub("", verb, count=1)
    if not names_secret(what) and verb not in ("reset", "regenerate", "rotate"):
        return None
    return next((one for one in entity.options if isinstance(one.type, Secret)), None)


def _new_secret(entity: "Entity", secret: "Option") -> Iterator[str]:
    kind, name = entity.kind, _name(entity)
    if kind == "api-token":
        yield f"api-token renew {name} # The previous token stops working at once. Tokens do not expire."
        return
    if kind != "user":
        yield f"{kind} set {name} {secret.name}=- # The command asks for the new {secret.name}."
    if kind in ("agent", "user"):
        yield f"user password {name}"
    if kind in ("api-user", "user"):
        yield f"{kind} unlock {name}"


def _switched(entity: "Entity", on: bool) -> Iterator[str]:
    kind, name = entity.kind, _name(entity)
    if kind == "campaign" and on:
        yield f"campaign start {name}"
    switch = next((one.name for one in entity.options if one.name in ("active", f"{kind}_active")), "")
    if switch:
        yield f"{kind} set {name} {switch}={'Y' if on else 'N'}"
    else:
        yield from NO_SWITCH.get(kind, (f"{kind} show {name}", f"{kind} describe"))
    if kind in OF_PERSON:
        yield f"{OF_PERSON[kind]} set {name} active={'Y' if on else 'N'}{HALF}"
    if kind == "agent" and not on:
        yield f"agent logout {name}"
    if kind == "campaign" and not on:
        yield f"campaign stop {name}"
    if kind == "ingroup" and not on:
        yield f"ingroup set {name} call_time_id=CALL-TIME # Close it by hours; see: warmline help opening hours"


def _member(entity: "Entity", leaves: bool) -> Iterator[str]:
    kind, name = entity.kind, _name(entity)
    if kind == "agent":
        yield from _with_value(entity, entity.option("ingroups"), leaves)
        yield f"agent set {name} campaign={'' if leaves else '{2:CAMPAIGN}'}"
    elif kind == "did" and leaves:
        yield f"did set {name} did_active=N # Leave its calls to the dialplan."
        yield f"did set {name} route=hangup # Hang its calls up."
    elif kind == "ingroup" and leaves:
        yield MEMBERS["ingroup"][0]
        yield "agent set {2:USER} ingroups=OTHERS-{1:INGROUP} # Name all in-groups that the agent keeps."
    else:
        yield from MEMBERS.get(kind, (f"{kind} describe", f"{kind} show {name}"))


def _all(verb: str) -> bool:
    """Return whether a verb takes all items away, such as `clear-queues`."""
    return verb.startswith("clear") or "all" in verb.split("-")


def _of_member(verb: str) -> bool:
    """Return whether a verb such as `add-agent` names a member."""
    what = SETTING_VERB.sub("", verb, count=1)
    return what != verb and what.removesuffix("s") in ("agent", "member", "user", "list", "operator", "queue-member")


def _option(entity: "Entity", verb: str) -> "Option | None":
    """Return the option that a word such as `set-hours` or `hours` is, or stands for."""
    from warmline.options.values.option_words import named_by

    whole = SETTING_VERB.sub("", verb, count=1)
    own = OPTION_WORDS.get(entity.kind, {})
    for what in (whole, whole.removesuffix("s")):
        plain = what.replace("-", "_")
        names = (plain, own.get(what, ""), *named_by(plain))
        if found := next((one for one in names if one in entity.option_names), ""):
            return entity.option(found)
    return None


def _with_value(
    entity: "Entity", option: "Option", takes_away: bool, adds: bool = False, everything: bool = False
) -> Iterator[str]:
    """Yield the lines that give an option a new value."""
    kind, name = entity.kind, _name(entity)
    if isinstance(option.default, tuple) and kind == "agent" and option.name == "ingroups":
        yield f"agent show {name} # Show the in-groups that the agent has."
        if takes_away and everything:
            yield f"agent set {name} ingroups=OTHERS-* # Take all in-groups from the agent."
        elif takes_away:
            yield f"agent set {name} ingroups=OTHERS-{{2:INGROUP}} # Name all in-groups that the agent keeps."
        else:
            yield f"agent set {name} ingroups={{2:INGROUP}},OTHERS # {ALL_OF_AGENT}"
            yield "ingroup list # An in-group is a skill; these exist."
    elif option.name == "route":
        yield f"{kind} set {name} route=ingroup:{{2:INGROUP}}"
        yield f"{kind} describe route"
    else:
        given = "{1:VALUE}" if entity.only else "{2:VALUE}"
        if adds and isinstance(option.default, tuple):
            given += ",OTHERS"
        value = "" if takes_away and not option.required else given
        yield " ".join((kind, "set", *([] if entity.only else [name]), f"{option.name}={value}"))
        yield f"{kind} describe {option.name}"
