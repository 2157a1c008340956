"""What json api tests need of internals."""
# ruff: noqa: F401 - the suite imports these names from here

from ari_app.http.imports.import_routes import IMPORT_ROUTES
from ari_app.http.openapi import openapi_document, operation_examples
from ari_app.http.openapi.route_table import ROUTES
from ari_app.http.v1.api_route import ApiRoute
from ari_app.live.server_records import ServerReach
from warmline.core.messages.commands import Kind
from warmline.core.messages.process_messages import ServersKnown, ServerWeight
from warmline.core.messages.values.outside_talk import OutsideLeg, OutsideTalk
from warmline.core.messages.values.server_action import MAIN_SERVER as MAIN
from warmline.core.model.call_states import AgentState
from warmline.leads import lead_history
from warmline.operations.live_records import iso
from warmline.store.calls import call_comments
from warmline.store.configuration import config
from warmline.store.database.database import connect
