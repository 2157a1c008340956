"""What agent api tests need of internals."""
# ruff: noqa: F401 - the suite imports these names from here

from ari_app.http.agc.functions.function_table import NOT_SUPPORTED
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState, Direction, Origin, State
from warmline.core.model.receipt import Outcome
from warmline.core.rules.configuration import AGENTDIRECT, Agent, Campaign, GroupAlias, Ingroup, Rules
from warmline.store.configuration.api_users import ApiUser
