"""`warmline lead edit`: edit a lead in an editor."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import cast

from cli.client import config_records, lead_records
from cli.output.change_plan_page import shown
from cli.output.confirm import confirm_or_edit
from cli.output.editor import until_taken
from warmline.centre import app_client
from warmline.leads import custom_fields
from warmline.leads.lead_fields import FIELDS, allowed, checked
from warmline.options import config_files


def edit(lead: int) -> None:
    """Open the lead's fields in an editor, show the changes, ask, and make them. Raises what leads.update raises."""
    where = app_client.records()
    row = lead_records.at(where).find(lead)
    of_list = config_records.show(where, "list", row["list_id"])
    names, country = cast(tuple[str, ...], of_list[custom_fields.COLUMN]), str(of_list["country"])
    start = {name: lead_records.value(row, name) for name in (*FIELDS, *names)}
    original = draft = _page(lead, start)
    while taken := until_taken(original, lambda text: _changed(start, text, country, names), draft):
        changed, draft = taken
        if not changed:
            break
        for name, text in changed.items():
            print(f"{name}: {shown(start[name])} → {shown(text)}")
        if confirm_or_edit():
            lead_records.at(where).update(lead, changed)
            print("done")
            return
    print("nothing to change")


def _page(lead: int, fields: Mapping[str, str | int]) -> str:
    lines = [f"# lead {lead}: save and leave the editor. Your changes are then shown before they are made."]
    for name, value in fields.items():
        lines += ["", f"# {allowed(name)}", config_files.pair(name, value)]
    return "\n".join(lines) + "\n"


def _changed(start: Mapping[str, str | int], text: str, country: str, names: Collection[str]) -> dict[str, str]:
    """Return the changed fields. Raises OptionError."""
    file = Path("edit.toml")
    given = config_files.texts(file, config_files.parse(file, text))
    changed = {name: value for name, value in given.items() if value != str(start.get(name))}
    checked(custom_fields.parted(changed, names)[0], country)
    return changed
