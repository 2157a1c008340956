"""The checks of every request, in order; the first that fails is the answer.

function_rights.py decides whether the user may call the function, for this agent and call.
"""

from dataclasses import replace
from datetime import datetime

from ari_app.http.agc import function_rights
from ari_app.http.agc.functions.function_table import FUNCTIONS, NOT_SUPPORTED, NOT_SUPPORTED_VALUES
from ari_app.http.agc.requests.agent_lookup import alt_agent, session_of
from ari_app.http.agc.requests.answers import AgcAnswer, AgcLookup, AgcPlan, AgcWrite, error
from ari_app.http.agc.requests.fields import Fields
from ari_app.http.agc.requests.request_context import AgcFunction, AgcLookupFunction, RequestContext, Waiting
from ari_app.http.server.password_check import LoginCheck, may_come_from
from warmline.core.world.world import World
from warmline.store.configuration.api_users import ApiUser

# The version of VICIdial's API that Warmline implements. Clients may query it before they choose functions.
VERSION, BUILD = "2.14-81", "240429-2220"
TEAPOTS = ("coffee", "start_coffee", "make_coffee", "brew_coffee")


def before_login(fields: Fields, now: int) -> AgcAnswer | None:
    """Return the answer that needs no login: version, teapots, a short source. `now` is in microseconds UTC."""
    function, source = fields["function"], fields["source"]
    if function == "version":
        seconds = now // 1_000_000
        date = datetime.fromtimestamp(seconds).astimezone()
        return AgcAnswer(
            f"VERSION: {VERSION}|BUILD: {BUILD}|DATE: {date:%Y-%m-%d %H:%M:%S}|EPOCH: {seconds}\n", bare=True
        )
    if function in TEAPOTS:
        return AgcAnswer(f"Coffee: {function}|Error 418 I'm a teapot", status=418, bare=True)
    if len(source) < 2:
        return error(f"Invalid Source - {source}", bare=True)
    return None


def login_refused(fields: Fields, login: LoginCheck, address: str) -> AgcAnswer | None:
    """Return the answer to a wrong user or password, a locked user, or a user without API access; otherwise None.

    A person whose login takes more than a password has access from the addresses of the setting alone. The field in
    which VICIdial repeats the password is empty, and nothing follows `BAD|`.
    """
    user, password = fields["user"], fields["pass"]
    access = login.api_access and not takes_more(login, address)
    if login.good and access and len(user) > 1 and len(password) > 1:
        return None
    told = f"{user}||{int(login.good)}|{int(access)}|{login.message}"
    return error(f"Invalid Username/Password: |{told}|", bare=True)


def takes_more(login: LoginCheck, address: str) -> bool:
    """Return whether the password alone is too little for the user of a login from this address."""
    user = login.user
    if user is None or not user.needs_session:
        return False
    return user.is_shut_out or not may_come_from(address, user.password_only)


def inactive(world: World) -> AgcAnswer | None:
    """Return the answer to all valid logins while the API is switched off; otherwise None."""
    off = world.rules.vdc_agent_api_active == "0"
    return AgcAnswer("ERROR: System API NOT ACTIVE\n", bare=True) if off else None


def plan(
    fields: Fields, user: ApiUser, world: World, now: int, server_ip: str, waiting: Waiting
) -> AgcPlan | AgcAnswer | AgcLookup:
    """Return the command of a request for the switchboard, or its answer.

    `now` is in microseconds UTC; `server_ip` appears in some answers; `waiting` returns how many calls wait in a queue.
    Nothing is changed.
    """
    name = fields["function"]
    if name in NOT_SUPPORTED or (name, fields["value"]) in NOT_SUPPORTED_VALUES:
        return function_rights.denied(fields, user) or error(f"function not supported - {name}|{fields['agent_user']}")
    function = FUNCTIONS.get(name)
    if function is None:
        return AgcAnswer("")
    fields = function.tidy(fields)
    if not function.complete(fields):
        complaint = function.complaint or f"{name} not valid"
        return error(f"{complaint} - {'|'.join(fields.get(about, '') for about in function.about)}")
    if denied := function_rights.denied(fields, user):
        return denied
    if isinstance(function, AgcLookupFunction):
        return function_rights.out_of_reach(fields, user, function.agent(fields, world)) or function.find(fields, world)
    return _plan(function, fields, user, world, now, server_ip, waiting)


def _plan(
    function: AgcFunction, fields: Fields, user: ApiUser, world: World, now: int, server_ip: str, waiting: Waiting
) -> AgcPlan | AgcAnswer | AgcLookup:
    if refused := function_rights.role_missing(fields, user, function.scope):
        return refused
    beside = f"{fields[function.beside]}|" if function.beside else ""
    fields, before = _alt_user(fields, world, beside) if function.by_alt_user else (fields, "")
    agent = fields["agent_user"]
    session = session_of(world, agent)
    if refused := function_rights.out_of_reach(fields, user, session.agent if session else agent):
        return refused
    if session is None:
        return AgcAnswer(f"{before}ERROR: agent_user is not logged in - {beside}{agent}\n")
    asked = RequestContext(fields, session, world, now, server_ip, waiting, user.client, user.campaigns)

    def answered(answer: AgcAnswer) -> AgcAnswer:
        return replace(answer, text=before + answer.text)

    def worded(planned: AgcPlan) -> AgcPlan | AgcAnswer:
        if refused := function_rights.other_call(fields, user, world, planned.command.call):
            return refused
        detail = f"{fields['value']}|{agent}"
        lines = before + planned.before
        return replace(planned, before=lines, function=fields["function"], detail=detail, lenient=asked.lenient)

    def looked_up(found: AgcPlan | AgcWrite | AgcAnswer) -> AgcPlan | AgcWrite | AgcAnswer:
        if isinstance(found, AgcWrite):
            done, refused = found.done, found.refused
            return AgcWrite(found.write, lambda result: answered(done(result)), lambda why: answered(refused(why)))
        return answered(found) if isinstance(found, AgcAnswer) else worded(found)

    planned = function.plan(asked)
    if isinstance(planned, AgcLookup):
        return AgcLookup(lambda db: looked_up(planned.do(db)))
    return answered(planned) if isinstance(planned, AgcAnswer) else worded(planned)


def _alt_user(fields: Fields, world: World, beside: str) -> tuple[Fields, str]:
    """Return the fields with the agent whose custom_three is alt_user, and an error line if there is no such agent."""
    alt = fields["alt_user"]
    if len(alt) < 2:
        return fields, ""
    if found := alt_agent(world, alt):
        return {**fields, "agent_user": found}, ""
    return fields, f"ERROR: no user found - {beside}{alt}\n"
