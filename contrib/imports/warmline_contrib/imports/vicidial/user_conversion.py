"""User groups, phones, agents and users."""

from warmline.options.option_table import ENTITIES
from warmline.options.user_options import PASSWORD
from warmline_contrib.imports.converted_value import Fate
from warmline_contrib.imports.vicidial.conversion import UNSET, Row, VicidialConversion, by_key, same_named, words
from warmline_contrib.imports.vicidial.new_names import alike
from warmline_contrib.imports.vicidial.source import whole

USERS, GROUPS, PHONES = "vicidial_users", "vicidial_user_groups", "phones"
RANKS, CAMPAIGN_RANKS = "vicidial_inbound_group_agents", "vicidial_campaign_agents"
ALL_CAMPAIGNS, ALL_GROUPS = "-ALL-CAMPAIGNS-", "--ALL-GROUPS--"
LOWEST, LEVEL_OF_SUPERVISORS, HIGHEST = 1, 7, 9
ROLES = {7: "supervisor", 8: "manager", 9: "admin"}
RIGHTS = "the role decides about rights"
OWN = ("VDAD", "VDCL")  # users of VICIdial's own programs
RECORDING = ("NEVER", "ONDEMAND", "ALLCALLS", "ALLFORCE")


def groups(into: VicidialConversion) -> None:
    """Convert user groups."""
    rows = into.rows(GROUPS)
    for row in rows:
        into.entity("user-group", into.names.give("user-group", row["user_group"]))
    for row in rows:
        name = into.names.known("user-group", row["user_group"])
        given, why = same_named("user-group", row), dict[str, str]()
        campaigns = words(row.get("allowed_campaigns", ""))
        given["allowed_campaigns"] = ",".join(
            into.names.known("campaign", one)
            for one in campaigns
            if one != ALL_CAMPAIGNS and ALL_CAMPAIGNS not in campaigns
        )
        others = words(row.get("agent_status_viewable_groups", ""))
        seen = [one for one in others if not one.startswith("--")]
        if ALL_GROUPS in others:
            seen = [one["user_group"] for one in rows if one["user_group"] != row["user_group"]]
            why["agent_status_viewable_groups"] = "every group of today"
        given["agent_status_viewable_groups"] = ",".join(into.names.known("user-group", one) for one in seen)
        into.read(GROUPS, "user-group", name, row, given, why)


def phones(into: VicidialConversion) -> dict[str, Row]:
    """Convert phones to the names of their endpoints. Return the rows by the login that agents type."""
    found = dict[str, Row]()
    for row in into.rows(PHONES):
        name = into.names.give("phone", row["extension"])
        into.entity("phone", name)
        into.told(PHONES, name, "extension", row["extension"], Fate.KEPT, f"phone {name}, an endpoint in the file")
        into.unread(PHONES, name, row)
        found[alike(row.get("login") or row["extension"])] = row
    return found


def people(into: VicidialConversion, phones_by_login: dict[str, Row]) -> None:
    """Convert users: agents, and people with a role."""
    ranks = by_key(into.rows(RANKS), lambda row: alike(row["user"]))
    of_campaigns = by_key(into.rows(CAMPAIGN_RANKS), lambda row: alike(row["user"]))
    allowed = {alike(row["user_group"]): words(row.get("allowed_campaigns", "")) for row in into.rows(GROUPS)}
    for row in into.rows(USERS):
        if row["user"] in OWN:
            into.told(USERS, row["user"], "user", row["user"], Fate.NOT_NEEDED, "a user of VICIdial's own programs")
            continue
        level = max(LOWEST, min(whole(row["user_level"]), HIGHEST))
        if level < LEVEL_OF_SUPERVISORS:
            campaign = _campaign(into, row, phones_by_login, allowed)
            _agent(into, row, phones_by_login, campaign, ranks, of_campaigns)
        _user(into, row, level)


def _campaign(
    into: VicidialConversion, row: Row, phones_by_login: dict[str, Row], allowed: dict[str, list[str]]
) -> str:
    """Return the campaign of an agent: that of the phone, or the first one that the group allows."""
    of_phone = phones_by_login.get(alike(row.get("phone_login", "")), {}).get("login_campaign", "")
    campaigns = list(into.config.get("campaign", ()))
    of_group = allowed.get(alike(row.get("user_group", "")), [])
    for one in (of_phone, *of_group):
        name = into.names.known("campaign", one)
        if name in campaigns:
            return name
    return campaigns[0] if ALL_CAMPAIGNS in of_group and campaigns else ""


def _agent(
    into: VicidialConversion,
    row: Row,
    phones_by_login: dict[str, Row],
    campaign: str,
    ranks: dict[str, list[Row]],
    of_campaigns: dict[str, list[Row]],
) -> None:
    name = into.names.give("agent", row["user"])
    given = same_named("agent", row)
    why = {"campaign": "an agent has one campaign", "ingroups": "an agent serves them after each login"}
    given["user_group"] = into.names.known("user-group", given.get("user_group", ""))
    if phone := phones_by_login.get(alike(row.get("phone_login", ""))):
        given["phone"] = into.names.known("phone", phone["extension"])
        agents = into.config.get("agent", {}).items()
        if owner := next((other for other, has in agents if has.get("phone") == given["phone"]), ""):
            said = f"agent {owner} has phone {given.pop('phone')}, and a phone belongs to one agent"
            into.told(USERS, name, "phone_login", row["phone_login"], Fate.LOST, said)
    served = [into.names.known("ingroup", one) for one in words(row.get("closer_campaigns", ""))]
    given |= {"campaign": campaign, "ingroups": ",".join(served)}
    override = row.get("vicidial_recording_override", "")
    given["recording_override"] = override if override in RECORDING else "DISABLED"
    for column, option in (("group_rank", "ingroup_ranks"), ("group_grade", "ingroup_grades")):
        usual = ("0", "") if option == "ingroup_ranks" else ("1", "0", "")
        given[option] = ",".join(
            f"{into.names.known('ingroup', one['group_id'])}:{one[column]}"
            for one in ranks.get(alike(row["user"]), ())
            if one.get(column, "") not in usual and into.has("ingroup", into.names.known("ingroup", one["group_id"]))
        )
    for one in of_campaigns.get(alike(row["user"]), ()):
        if into.names.known("campaign", one["campaign_id"]) == campaign:
            given["campaign_rank"] = one.get("campaign_rank") or "0"
            given["campaign_grade"] = one.get("campaign_grade") or "1"
    for column in ("custom_three", "custom_five", "voicemail_id"):
        if given.get(column, "") in UNSET:
            given.pop(column, None)
    for option in [one for one in given if one not in ENTITIES["agent"].option_names]:
        given.pop(option)
    into.read(USERS, "agent", name, row, given, why)


def _user(into: VicidialConversion, row: Row, level: int) -> None:
    """Convert the login of a person. A password that is only there as a hash is not."""
    name, password = into.names.give("user", row["user"]), row.get("pass", "")
    try:
        PASSWORD.parse(password)
    except ValueError:
        why = f"the source has no readable password; to let them log in: warmline user create {name} pass=-"
        into.told(USERS, name, "pass", "…", Fate.LOST, why)
        return
    user = into.entity("user", name)
    role = ROLES.get(level, "agent")
    user |= {"pass": password, "role": role, "force_change_password": "Y"}
    if (full_name := row.get("full_name", "")[:50].strip()) and full_name.isprintable():
        user["full_name"] = full_name
    if role == "agent":
        user["agent"] = into.names.known("agent", row["user"])
    group = into.names.known("user-group", row.get("user_group", ""))
    if group and role != "admin":
        user["user_group"] = group
    if row.get("active") == "N":
        user["active"] = "N"
    into.told(USERS, name, "pass", "…", Fate.CHANGED, "the person chooses a new password at the first login")
    into.told(USERS, name, "user_level", str(level), Fate.CHANGED, f"role={role}; {RIGHTS}")
    if role != "agent":
        into.unread(USERS, name, row)
