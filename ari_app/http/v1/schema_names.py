"""The name of each schema in the OpenAPI document. Client generators make a class of each: a name stays as it is.

What a class is called in Warmline is its own affair; a shape without a name here ends the start of the app.
"""

from typing import Any

import msgspec

from ari_app.http.server import problems
from ari_app.http.v1 import (
    event_shapes,
    rest_callbacks,
    rest_codes,
    rest_history,
    rest_in,
    rest_leads,
    rest_locks,
    rest_out,
    rest_reports,
)
from warmline.core.model.commands import Kind
from warmline.core.model.leg import Role
from warmline.core.model.receipt import Outcome
from warmline.core.model.states import State

REFERENCE = "#/components/schemas/"

SCHEMA_NAMES: dict[Any, str] = {
    # what is answered
    rest_out.AgentNow: "AgentStatus",
    rest_out.Supervisor: "SupervisorPhone",
    rest_out.CallNow: "CallStatus",
    rest_out.CallWhole: "CallDetail",
    rest_out.LegNow: "CallLeg",
    rest_out.ReceiptNow: "CommandReceipt",
    rest_out.Step: "ReceiptStep",
    rest_out.Orphaned: "AsteriskOrphans",
    rest_out.Event: "StreamEvent",
    event_shapes.CallFields: "CallRecord",
    event_shapes.AgentFields: "AgentRecord",
    event_shapes.CommandFields: "CommandRecord",
    event_shapes.RecordingFields: "RecordingRecord",
    event_shapes.DispositionFields: "DispositionRecord",
    rest_codes.DispositionChoice: "DispositionOption",
    rest_codes.PauseChoice: "PauseCodeOption",
    rest_reports.IngroupServed: "IngroupReport",
    rest_history.HistoryCall: "HistoryEntry",
    rest_callbacks.CallbackWanted: "CallbackEntry",
    rest_leads.LeadNow: "LeadRecord",
    rest_leads.LeadCall: "LeadHistoryEntry",
    rest_leads.LeadWhole: "LeadWithCalls",
    rest_leads.LeadShown: "LeadOnScreen",
    rest_locks.LockNow: "ApiUserLock",
    rest_locks.Unlocked: "ApiUserUnlocked",
    problems.Problem: "ProblemDetails",
    problems.Fault: "FieldProblem",
    # words that are used in several of them
    Kind: "CommandKind",
    Outcome: "CommandOutcome",
    Role: "LegRole",
    State: "CallState",
    # what is sent
    rest_in.Nothing: "NoFields",
    rest_in.Pause: "PauseRequest",
    rest_in.DialCustomer: "DialCustomerRequest",
    rest_in.Supervision: "SupervisionRequest",
    rest_in.Disposition: "DispositionRequest",
    rest_in.Promise: "CallbackPromise",
    rest_in.Correction: "CorrectionRequest",
    rest_in.DialWithCustomer: "DialWithCustomerRequest",
    rest_in.ParkCustomerDial: "ParkCustomerDialRequest",
    rest_in.Leave3WayCall: "Leave3WayCallRequest",
    rest_in.HangupXfer: "HangupXferRequest",
    rest_in.HangupXferGrabCustomer: "HangupXferGrabCustomerRequest",
    rest_in.BlindTransfer: "BlindTransferRequest",
    rest_in.LocalCloser: "LocalCloserRequest",
    rest_in.LeaveVm: "LeaveVmRequest",
    rest_in.Parking: "ParkingRequest",
    rest_in.Hangup: "HangupRequest",
    rest_in.AgentHangup: "AgentHangupRequest",
    rest_in.Recording: "RecordingRequest",
    rest_in.Audio: "AudioRequest",
    rest_in.Dtmf: "DtmfRequest",
    rest_in.VmMessage: "VmMessageRequest",
    rest_in.CallTaker: "TakeCallRequest",
    rest_in.CallbackTaker: "TakeCallbackRequest",
    rest_in.CallbackTime: "RescheduleCallbackRequest",
}


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
