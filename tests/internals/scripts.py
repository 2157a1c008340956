"""What scripts tests need of internals."""
# ruff: noqa: F401 - the suite imports these names from here

from warmline.store.configuration import config
from warmline.store.leads import dnc, leads
from warmline_contrib.agi_sessions import new_session as script_skeleton
from warmline_contrib.agi_sessions import session_file, session_masks, session_player, session_recorder
from warmline_contrib.agi_sessions.session_file import ASTERISK, SCRIPT, SessionError, SessionLine, SessionStep
from warmline_contrib.agi_sessions.session_link import ScriptLink, ScriptMissing, start_script
