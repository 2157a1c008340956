"""`warmline user onboard`: make a user, an agent and a phone at once."""

from typing import Annotated

import typer

from cli.arguments import completion
from cli.arguments.entity_arguments import NewName
from cli.output.json_output import Json, print_json
from warmline.access.rights import UserRole
from warmline.centre import app_client


def onboard(
    name: NewName,
    agent: Annotated[
        str,
        typer.Option(
            metavar="AGENT",
            help="The agent that the user works as. Without AGENT, the user takes no calls.",
            autocompletion=completion.names("agent"),
        ),
    ] = "",
    phone: Annotated[
        str,
        typer.Option(
            metavar="PHONE",
            help="The SIP endpoint of the agent. Without PHONE, the agent uses the browser.",
            autocompletion=completion.names("phone"),
        ),
    ] = "",
    full_name: Annotated[str, typer.Option(metavar="NAME", help="The person's name.", show_default=False)] = "",
    role: Annotated[UserRole, typer.Option(help="The role, which decides what the user may do.")] = UserRole.AGENT,
    user_group: Annotated[
        str,
        typer.Option(
            metavar="GROUP",
            help="The user group of user and agent.",
            show_default=False,
            autocompletion=completion.names("user-group"),
        ),
    ] = "",
    campaign: Annotated[
        str,
        typer.Option(
            metavar="CAMPAIGN",
            help="The campaign that the agent works in.",
            show_default=False,
            autocompletion=completion.names("campaign"),
        ),
    ] = "",
    ingroups: Annotated[
        str,
        typer.Option(
            metavar="A,B",
            help="The in-groups whose calls the agent takes, separated by commas.",
            show_default=False,
            autocompletion=completion.names("ingroup"),
        ),
    ] = "",
    as_json: Json = False,
) -> None:
    from cli.entities import people_records
    from warmline.store.configuration.new_people import NewPerson

    named = [one.strip() for one in ingroups.split(",") if one.strip()]
    person = NewPerson(name, role.value, full_name, user_group, agent, phone, campaign, named)
    made = people_records.at(app_client.records()).add(person)
    if as_json:
        print_json(made._asdict())
        return
    print(f"created: {', '.join(made.created)}")
    print(f"one-time password of {made.user}: {made.password}")
    print(
        f"{made.user} logs in {f'at {made.address}' if made.address else 'on the page of the app'}, and then chooses "
        "another password"
    )
