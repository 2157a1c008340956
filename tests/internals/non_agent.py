"""What non agent tests need of internals."""
# ruff: noqa: F401 - the suite imports these names from here

from ari_app.http.server import password_check
from warmline.core.messages.commands import Kind
from warmline.leads.dial_hours import HoursCheck
from warmline.options.api_access_options import NON_AGENT_FUNCTIONS
from warmline.options.campaign.list_and_script_options import TAKEN
from warmline.store.configuration import config, config_rows
from warmline.store.database import link_key
from warmline.store.dialling.dial_plan import DialPlan
from warmline.store.lead_changes import recorded_changes
from warmline.store.leads import callbacks, dnc, lead_search, leads
from warmline.store.lookups import signed_recording_links
from warmline.store.lookups.signed_recording_links import LinkRefused, RecordingLink
from warmline.store.migrations.schema_migration import migrate
from warmline.store.privacy import erasure
from warmline_contrib.vicidial_api import functions, non_agent_endpoint
from warmline_contrib.vicidial_api.functions import (
    callbacks_of_leads,
    duplicates,
    given_fields,
    lead_add,
    lead_update,
    number_checks,
)
from warmline_contrib.vicidial_api.non_agent_functions import FUNCTIONS, NOT_SUPPORTED
from warmline_contrib.vicidial_api.requests.non_agent_fields import BLANK, ENTRIES, OWN
