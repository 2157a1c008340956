"""What browser tests need of internals."""
# ruff: noqa: F401 - the suite imports these names from here

from ari_app.calls.turn_credentials import TurnCredentials
from ari_app.http.imports.import_bodies import ImportNow, ImportReport
from ari_app.http.past.call_search import PastCallRow
from ari_app.http.past.call_timeline import (
    PastCallTimeline,
    TimelinePart,
    TimelineRecording,
    TimelineStepShown,
    TimelineTalk,
)
from ari_app.http.past.comments_of_calls import CallComment
from ari_app.http.server.credentials import DEVICE
from ari_app.http.workspace.page_headers import policy
from cli.main import main
from warmline.access.rights import RIGHTS, UserRole
from warmline.operations import reports as daily_reports
from warmline.options.option_table import ENTITIES
from warmline.options.user_options import MUST_CHANGE
from warmline.store.calls.timeline_steps import LanePlace
from warmline.store.configuration import config
from warmline.store.daily_reports import report_table
from warmline.store.daily_reports.figures import FIGURES, Form
from warmline.store.daily_reports.merging import report
from warmline.store.daily_reports.report_wire import told
from warmline.store.database import passwords
from warmline.store.database.database import connect
from warmline.store.database.reading import Row, reading
from warmline.store.event_hooks import hook_states
from warmline.store.events import journal_events
from warmline.store.leads import dnc, leads
from warmline.store.leads.import_rejects import RejectReason
from warmline.store.outbound.counts_answer import LeadsNow, LeadsOfStatus, LeadsOfZones, ListCountsAnswer
from warmline.store.scheduled_reports import report_mails
from warmline.system import dial_stop_file, settings
from warmline.text import webhook_url
