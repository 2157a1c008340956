"""`warmline install --deny-list`: adds ready entries to `dial_deny` of the campaigns."""

from cli.install import InstallError
from cli.output.confirm import confirm
from warmline.options import deny_lists
from warmline.options.deny_lists import DENY_LISTS
from warmline.options.values.option_types import Value
from warmline.store.configuration import config
from warmline.system.current_user import login_name

OPTION = "dial_deny"


def add(db: str, text: str, *, dry_run: bool, yes: bool) -> None:
    """Show the entries that the campaigns lack, ask, and add them. Raises Declined, InstallError, StoreError."""
    wanted = deny_lists.entries(_countries(text))
    campaigns = config.show_all(db, "campaign")
    if not campaigns:
        raise InstallError(
            "deny_list_without_campaign",
            "there is no campaign to which a list can be added; create one: warmline campaign create NAME",
        )
    new = {name: [one for one in wanted if one not in _denied(options)] for name, options in campaigns.items()}
    for name, missing in new.items():
        print(f"campaign {name}: " + (f"{OPTION} gets {', '.join(missing)}" if missing else "has all entries"))
    if dry_run:
        print("\nNothing has been changed.")
    elif any(new.values()):
        if not yes:
            confirm("Make these changes?")
        for name, missing in new.items():
            if missing:
                whole = ",".join([*_denied(campaigns[name]), *missing])
                config.set_options(db, "campaign", name, {OPTION: whole}, who=login_name())
        print("\nDone. The app uses the entries at once; for a campaign that you create later, run this again.")


def _denied(options: dict[str, Value]) -> list[str]:
    value = options[OPTION]
    return [str(one) for one in value] if isinstance(value, tuple | list) else []


def _countries(text: str) -> tuple[str, ...]:
    countries = tuple(one.strip().upper() for one in text.split(",") if one.strip())
    unknown = [one for one in countries if one not in DENY_LISTS]
    if unknown or not countries:
        raise InstallError(
            "deny_list_unknown",
            "there is no deny list of {country!r}; allowed: {allowed}, with commas between them",
            country=unknown[0] if unknown else text,
            allowed=", ".join(DENY_LISTS),
        )
    return countries
