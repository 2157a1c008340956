"""What databases tests need of internals."""
# ruff: noqa: F401 - the suite imports these names from here

from warmline.access import one_time_codes
from warmline.access.rights import UserRole
from warmline.core.engine.engine import handle
from warmline.core.engine.recovery import restore
from warmline.core.messages.commands import Kind
from warmline.core.messages.events import Event
from warmline.core.messages.process_messages import ConfigurationChanged, Reconciled, Reconciling
from warmline.core.model import ids
from warmline.core.model.call_states import State
from warmline.options.removed_options import REMOVED
from warmline.store.calls import call_story
from warmline.store.calls.timeline_steps import steps
from warmline.store.configuration import config, configuration_snapshot, second_factors, user_sessions
from warmline.store.configuration.user_sessions import SentCode
from warmline.store.database import database
from warmline.store.database.database import FINGERPRINT, SCHEMA_VERSION, StoreError, connect, schema_of
from warmline.store.database.login_refusals import CodeNeeded
from warmline.store.database.schema_text import meaning
from warmline.store.events import journal_events
from warmline.store.events.event_id import EventId
from warmline.store.journal import hash_chain, open_state
from warmline.store.journal.replay import replay
from warmline.store.journal.replay_call import replay_call
from warmline.store.maintenance import backup_and_vacuum, database_restore, schema_check
from warmline.store.maintenance.lost_period import LostPeriod, lost_period
from warmline.store.maintenance.upgrade import upgrade
from warmline.store.migrations import migration_steps, schema_migration, schema_versions
from warmline.store.migrations.rebuild import rebuild
from warmline.store.migrations.schema_migration import migrate
from warmline.store.migrations.schema_versions import fingerprint, schema
from warmline.store.reports.agent_day import agent_day
from warmline.store.scheduled_reports import report_mails
from warmline.store.wire_names.journal_kinds import JOURNAL_KINDS
from warmline.system.program_files import SCHEMA
from warmline.text.event_names import RECORD_TYPES
