"""The names of the schemas in the OpenAPI document. Client generators name classes after them, so they must not change.

They are independent of Warmline's class names. A shape without a name here prevents the start of the app.
"""

from typing import Any

import msgspec

from ari_app.http.imports import import_bodies
from ari_app.http.management import (
    agent_leads,
    lead_changes,
    lead_lists,
    recording_link_answers,
    recording_list,
    transfer_destinations,
)
from ari_app.http.openapi.added_api import added_apis
from ari_app.http.outbound import list_part_routes
from ari_app.http.past import call_search, call_timeline, comments_of_calls
from ari_app.http.people import logins, own_account, second_factor, stream_ticket_requests
from ari_app.http.screen import overview_records, screen_records, wallboard
from ari_app.http.server import problems
from ari_app.http.streams import live_totals
from ari_app.http.v1 import (
    agent_details,
    call_history,
    command_routes,
    diallers,
    dispositions,
    ingroup_service,
    leads,
    live_leads,
    live_stream,
    operation_routes,
)
from ari_app.http.v1.bodies import request_bodies, response_bodies
from ari_app.live import event_schemas, live_copy
from warmline.access.rights import Reach, UserRole
from warmline.core.messages.agent_command_types import Pause, Supervision
from warmline.core.messages.call_command_types import VmMessage
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import Direction, State
from warmline.core.model.dialler import Verdict
from warmline.core.model.leg import Role
from warmline.core.model.receipt import Outcome
from warmline.core.screen.who_hears_whom import AudibleParty
from warmline.operations import live_records
from warmline.operations.receipts import ReceiptEnd, ReceiptNow, StepNow
from warmline.store.calls import agents_of_calls
from warmline.store.calls.timeline_steps import LanePlace
from warmline.store.leads.import_rejects import RejectReason
from warmline.store.outbound import (
    attempts_answer,
    counts_answer,
    drops_answer,
    hopper_answer,
)

REFERENCE = "#/components/schemas/"

SCHEMA_NAMES: dict[Any, str] = {
    **{shape: name for added in added_apis() for shape, name in added.schema_names.items()},
    # answers
    live_records.AgentNow: "AgentStatus",
    live_records.Supervisor: "SupervisorPhone",
    live_records.CallNow: "CallStatus",
    live_records.CallWhole: "CallDetail",
    live_records.LegNow: "CallLeg",
    live_records.CallWithAgents: "LiveCall",
    live_records.CallAgent: "CallAgentPart",
    agents_of_calls.AgentOfCall: "CallAgentRecord",
    live_records.DiallerNow: "DiallerStatus",
    live_records.DropWindowNow: "DropWindowStatus",
    diallers.DialStopNow: "DialStopStatus",
    diallers.DialStopBody: "DialStopRequest",
    diallers.DialAllowBody: "DialAllowRequest",
    live_records.DialStopOf: "DialStopOfClient",
    lead_lists.LeadsChangedNow: "ChangeOfLeads",
    lead_lists.LeadOfList: "LeadWithLastCall",
    agent_leads.LeadOfAgent: "LeadForAgent",
    ReceiptNow: "CommandReceipt",
    StepNow: "ReceiptStep",
    ReceiptEnd: "EndOfCommand",
    response_bodies.OrphanList: "AsteriskOrphans",
    live_records.EventNow: "StreamEvent",
    live_records.ServerNow: "MediaServerState",
    live_stream.LiveMessage: "LiveUpdate",
    live_totals.TodayTotals: "DayTotals",
    live_copy.GoneRecords: "LiveEnded",
    agent_details.AgentDetails: "AgentPage",
    event_schemas.CallFields: "CallRecord",
    event_schemas.AgentFields: "AgentRecord",
    event_schemas.CommandFields: "CommandRecord",
    event_schemas.RecordingFields: "RecordingRecord",
    event_schemas.DispositionFields: "DispositionRecord",
    event_schemas.HandoverFields: "HandoverRecord",
    event_schemas.DiallerFields: "DiallerRecord",
    dispositions.DispositionChoice: "DispositionOption",
    dispositions.PauseChoice: "PauseCodeOption",
    ingroup_service.IngroupServed: "IngroupReport",
    ingroup_service.QueueNow: "QueueStatus",
    ingroup_service.IngroupNow: "IngroupStatus",
    call_search.PastCallRow: "CallSummary",
    call_search.PastCallStory: "CallRecords",
    call_timeline.PastCallTimeline: "CallTimeline",
    call_timeline.TimelinePart: "CallTimelinePart",
    call_timeline.TimelineTalk: "CallTimelineTalk",
    call_timeline.TimelineStepShown: "CallTimelineStep",
    call_timeline.TimelineRecording: "CallTimelineRecording",
    LanePlace: "CallTimelinePlace",
    comments_of_calls.CallComment: "CommentOnCall",
    comments_of_calls.CallCommentDeleted: "CommentOnCallDeleted",
    call_history.HistoryCall: "HistoryEntry",
    leads.LeadNow: "LeadRecord",
    leads.LeadCall: "LeadHistoryEntry",
    leads.LeadWhole: "LeadWithCalls",
    leads.LeadRule: "RuleOfLead",
    leads.LeadNumberExplained: "RulesOfLeadNumber",
    leads.LeadExplained: "RulesOfLead",
    live_leads.LeadShown: "LeadOnScreen",
    live_leads.WebFormShown: "WebFormOnScreen",
    list_part_routes.ListResetDone: "ListReset",
    list_part_routes.LeadsPlaced: "ListPlaces",
    import_bodies.ImportNow: "ImportOfFile",
    import_bodies.ImportReport: "ImportCounts",
    import_bodies.DncImportReport: "DncImportCounts",
    RejectReason: "ImportRejectReason",
    counts_answer.ListCountsAnswer: "CountsOfList",
    counts_answer.CampaignCountsAnswer: "CountsOfCampaign",
    counts_answer.TimedListReset: "ResetOfList",
    counts_answer.LeadsOfStatus: "CountOfStatus",
    counts_answer.LeadsOfZones: "CountOfZones",
    counts_answer.LeadsNow: "CountOfRule",
    hopper_answer.HopperAnswer: "HopperOfCampaign",
    hopper_answer.NextLead: "LeadInHopper",
    hopper_answer.LeadsByReason: "HopperReason",
    attempts_answer.AttemptsAnswer: "AttemptsAudit",
    attempts_answer.ContactRateRow: "AttemptsAuditRow",
    drops_answer.DropsAnswer: "DropsAudit",
    drops_answer.DropsOfWindowRow: "DropsAuditRow",
    recording_list.RecordingShown: "RecordingEntry",
    recording_list.RecordingDetails: "RecordingDetail",
    recording_link_answers.RecordingLinkBody: "RecordingAddressRequest",
    recording_link_answers.RecordingLinkMade: "RecordingAddress",
    recording_link_answers.RecordingLinksRevoked: "RevokedRecordingLinks",
    lead_changes.LeadDeleted: "DeletedLead",
    logins.LoginMade: "LoginSession",
    logins.LogoutMade: "LogoutResult",
    logins.ClientNow: "ClientRights",
    own_account.PasswordMade: "PasswordResult",
    second_factor.EnrolmentBegun: "SecondFactorSecret",
    second_factor.EnrolmentMade: "SecondFactorEnrolled",
    stream_ticket_requests.TicketMade: "StreamTicket",
    screen_records.AgentScreen: "AgentScreenState",
    screen_records.ScreenAgent: "AgentOnScreen",
    screen_records.ScreenEnd: "LastCallEnd",
    screen_records.ScreenPhone: "PhoneOnScreen",
    screen_records.ScreenCall: "CallOnScreen",
    screen_records.ScreenThird: "ThirdPartyOnScreen",
    screen_records.ScreenRecording: "RecordingOnScreen",
    screen_records.ScreenReceipt: "CommandOnScreen",
    screen_records.ScreenParty: "PartyOnScreen",
    screen_records.ScreenCommand: "CommandAllowance",
    screen_records.ScreenLead: "CustomerOnScreen",
    screen_records.ScreenLeadField: "LeadFieldOnScreen",
    screen_records.ScreenLastCall: "LastCallOnScreen",
    screen_records.ScreenQueue: "QueueOnScreen",
    screen_records.ScreenToday: "DayOnScreen",
    screen_records.ScreenLogout: "LogoutOnScreen",
    screen_records.ScreenServer: "ServerOnScreen",
    screen_records.ScreenStorage: "StorageOnScreen",
    overview_records.OverviewScreen: "SupervisorOverview",
    wallboard.WallboardScreen: "WallboardState",
    wallboard.WallboardAgent: "AgentOnWallboard",
    wallboard.WallboardCall: "CallOnWallboard",
    wallboard.WallboardWaiting: "CallerOnWallboard",
    wallboard.WallboardDialling: "DiallingOnWallboard",
    overview_records.OverviewDialling: "DiallingInOverview",
    overview_records.OverviewIngroup: "IngroupInOverview",
    overview_records.OverviewAgent: "AgentInOverview",
    overview_records.OverviewWaiting: "CallerInOverview",
    overview_records.OverviewToday: "DayInOverview",
    overview_records.OverviewInterval: "IntervalInOverview",
    transfer_destinations.Destinations: "TransferDestinations",
    transfer_destinations.PresetDestination: "PresetTarget",
    transfer_destinations.IngroupDestination: "IngroupTarget",
    transfer_destinations.AgentDestination: "AgentTarget",
    problems.Problem: "ProblemDetails",
    problems.FieldFault: "FieldProblem",
    # values in several schemas
    AudibleParty: "CallParty",
    Direction: "CallDirection",
    Kind: "CommandKind",
    Outcome: "CommandOutcome",
    Role: "LegRole",
    State: "CallState",
    UserRole: "RoleName",
    Verdict: "MachineVerdict",
    Reach: "RightReach",
    # requests
    comments_of_calls.CallCommentBody: "CommentOnCallRequest",
    lead_lists.LeadsChangeBody: "ChangeOfLeadsRequest",
    lead_changes.NewLeadBody: "NewLeadRequest",
    lead_changes.LeadFieldsBody: "LeadFieldsRequest",
    lead_changes.AgentLeadBody: "AgentLeadRequest",
    import_bodies.NewImportBody: "ImportRequest",
    import_bodies.NewDncImportBody: "DncImportRequest",
    import_bodies.ImportPieceBody: "ImportPiece",
    logins.LoginBody: "LoginRequest",
    own_account.PasswordBody: "PasswordRequest",
    second_factor.EnrolBody: "SecondFactorRequest",
    second_factor.FirstCodeBody: "SecondFactorCodeRequest",
    second_factor.RemoveBody: "SecondFactorRemoveRequest",
    request_bodies.EmptyBody: "NoFields",
    request_bodies.AgentLoginBody: "AgentLoginRequest",
    command_routes.made(Pause): "PauseRequest",
    request_bodies.DialCustomerBody: "DialCustomerRequest",
    request_bodies.DialNextBody: "DialNextRequest",
    command_routes.made(Supervision): "SupervisionRequest",
    request_bodies.DispositionBody: "DispositionRequest",
    request_bodies.CallbackPromiseBody: "CallbackPromise",
    request_bodies.NotesBody: "NotesRequest",
    request_bodies.CorrectionBody: "CorrectionRequest",
    request_bodies.DialWithCustomerBody: "DialWithCustomerRequest",
    request_bodies.ParkCustomerDialBody: "ParkCustomerDialRequest",
    request_bodies.Leave3WayCallBody: "Leave3WayCallRequest",
    request_bodies.HangupXferBody: "HangupXferRequest",
    request_bodies.HangupXferGrabCustomerBody: "HangupXferGrabCustomerRequest",
    request_bodies.BlindTransferBody: "BlindTransferRequest",
    request_bodies.LocalCloserBody: "LocalCloserRequest",
    request_bodies.LeaveVmBody: "LeaveVmRequest",
    request_bodies.ParkBody: "ParkingRequest",
    request_bodies.HangupBody: "HangupRequest",
    request_bodies.AgentHangupBody: "AgentHangupRequest",
    request_bodies.RecordingBody: "RecordingRequest",
    request_bodies.AudioBody: "AudioRequest",
    request_bodies.DtmfBody: "DtmfRequest",
    command_routes.made(VmMessage): "VmMessageRequest",
    request_bodies.CallTakerBody: "TakeCallRequest",
    request_bodies.AdoptBody: "AdoptRequest",
}
SCHEMA_NAMES |= operation_routes.schema_names()
for shape, body in command_routes.MADE.items():  # of a new command: named after its class
    SCHEMA_NAMES.setdefault(body, f"{shape.__name__}Request")


def named_schemas(shapes: list[Any]) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    """Return the schema of each shape, and the components that they refer to, under their names.

    Raises KeyError if a shape that is used has no name.
    """
    named = list(SCHEMA_NAMES)
    schemas, components = msgspec.json.schema_components([*shapes, *named], ref_template=REFERENCE + "{name}")
    generated = {
        schema["$ref"]: SCHEMA_NAMES[shape] for shape, schema in zip(named, schemas[len(shapes) :], strict=True)
    }
    found = {generated[REFERENCE + name]: _renamed(schema, generated) for name, schema in components.items()}
    for name, schema in found.items():
        if "title" in schema:
            schema["title"] = name
    return [_renamed(schema, generated) for schema in schemas[: len(shapes)]], found


def _renamed(schema: Any, generated: dict[str, str]) -> Any:
    """Return a schema whose references lead to the names of the table."""
    if isinstance(schema, dict):
        return {name: _renamed(value, generated) for name, value in schema.items()}
    if isinstance(schema, list):
        return [_renamed(value, generated) for value in schema]
    return REFERENCE + generated[schema] if isinstance(schema, str) and schema.startswith(REFERENCE) else schema
