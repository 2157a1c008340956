"""What scenarios tests need of internals."""
# ruff: noqa: F401 - the suite imports these names from here

from ari_app.asterisk.action_requests import REQUESTS
from ari_app.asterisk.event_decoding import MEANINGS, decode
from ari_app.workers.queue_log_file import advance
from cli.agent import agent_view
from cli.agent.agent_watch import FIELDS, Picture, picture
from cli.client.live_view import pictures
from cli.install import recipes
from cli.main import main
from warmline.ari.channel import Channel
from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.ari_event_stream import AriEventStream
from warmline.ari.client.websocket_requests import WebsocketRequests
from warmline.core.agents import agent_release
from warmline.core.calls import arrival, call_transitions, converge, leave, leg_answer_and_loss, outbound, third_party
from warmline.core.calls.after_call import CONTINUATION_STEP as STEP
from warmline.core.commands import call_commands, command_dispatch, transfer_preparation
from warmline.core.dialler.dialler_halts import MIN_HALT_SECONDS as SHORTEST
from warmline.core.dialler.trunk_congestion import CONGESTED_DIALS_LIMIT as TOO_MANY
from warmline.core.engine import leg_events
from warmline.core.media import recording_control, recording_decision
from warmline.core.messages.audio_messages import DtmfReceived
from warmline.core.messages.commands import Kind
from warmline.core.messages.dialler_messages import OriginateToDialplan
from warmline.core.messages.events import Event
from warmline.core.messages.leg_messages import LegAnswered, LegArrived, LegDestroyed, LegLeftStasis, LegRinging
from warmline.core.messages.values.callback import ANYONE, COMPLETED, DUE, Callback
from warmline.core.model.call_states import State
from warmline.core.model.hangup_causes import USER_BUSY as BUSY_CAUSE
from warmline.core.model.receipt import Outcome
from warmline.core.model.recording import CUT_OFF_CAUSE as CUT_OFF
from warmline.core.rules.configuration import AGENTDIRECT
from warmline.core.rules.reasons import CALL_FAILED, TURN_FAILED
from warmline.core.rules.ring_time import MIN_RING_SECONDS as RINGS_AT_LEAST
from warmline.core.rules.ring_time import RING_DELAY_SECONDS as UNTIL_IT_RINGS
from warmline.core.world import originate
from warmline.options.option_table import SETTING
from warmline.options.values.option_types import as_text
from warmline.store.asterisk_records.queue_log import UNIQUEID
from warmline.store.calls import agents_of_calls, calls_of_lead
from warmline.store.calls.call_story import CallStory
from warmline.store.calls.timeline_steps import steps
from warmline.store.configuration import change_plan, config, config_history
from warmline.store.database.errors import Conflict
from warmline.store.database.reading import keeping
from warmline.store.database.writing import writing
from warmline.store.event_hooks import hook_states
from warmline.store.journal import imported_rows
from warmline.store.journal.replay import replay
from warmline.store.leads import callbacks, dnc, leads, list_change, screen_lead
from warmline.store.lookups import web_forms
from warmline.store.reports.drop_windows import drop_windows
from warmline.system import dial_stop_file, settings
from warmline.system.database_address import DatabaseAddress, folder_of
from warmline.system.settings import Settings
from warmline.text import webhook_url
from warmline.text.coded_error import CodedError
from warmline_contrib.imports.freepbx import includes
from warmline_contrib.imports.freepbx.freepbx_conversion import FreepbxConversion, convert
from warmline_contrib.imports.freepbx.freepbx_source import read
from warmline_contrib.imports.queue_conversion import convert as queue_conversion_convert
from warmline_contrib.imports.queue_source import read as queue_source_read

# Functions of a turn that a test lets fail, by what happens there.
FAILING_FUNCTIONS = {
    "arrive": arrival.handle_arrival,
    "matched": call_transitions.give_to_matched_agent,
    "joined": leg_events.record_join,
    "converge": converge.converge,
    "connected": call_transitions.connect_parties,
    "agent_joined": recording_decision.decide_with_agent,
    "started": recording_control.note_start,
    "dispatch": command_dispatch.dispatch,
    "begin": call_commands.begin_command,
    "complete": call_commands.complete_command,
    "left": leg_events.record_exit,
    "third_party": transfer_preparation.prepare_third_party,
    "originate": originate.originate,
    "reaches": leg_events.advance_phase,
    "third_answered": third_party.handle_third_answer,
    "gone": leg_events.close_leg,
    "transition": call_transitions.transition,
    "hand_off": leave.hand_off,
    "release": agent_release.release_agent,
    "held": leg_events.record_hold,
    "leg_gone": leg_answer_and_loss.handle_leg_end,
    "customer_gone": outbound.handle_customer_end,
}
