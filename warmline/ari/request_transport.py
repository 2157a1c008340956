"""Says how a script's request is sent: over the event stream or HTTP, and with which time limit.

A request over the event stream that had no answer is repeated over HTTP, and Asterisk may perform the first one later.
Therefore only requests go there that change nothing, or end a thing whose id the library has made and never uses again.
They also wait for no channel's thread in Asterisk, and their answers are short: events share the stream with them.
"""


def is_for_stream(method: str, path: tuple[str, ...], app: str) -> bool:
    """Return whether the script `app` sends this request over the event stream, while Asterisk answers there."""
    match path:
        case ("channels" | "bridges" | "playbacks", name):
            return method == "GET" or (method == "DELETE" and name.startswith(f"{app}-"))
        case ("recordings", "live", _):
            return method == "GET"
    return False


def is_dial(method: str, path: tuple[str, ...]) -> bool:
    """Return whether this request makes a channel, which may take longer."""
    return path[0] == "channels" and len(path) <= 2 and method == "POST"


def makes_channel(method: str, path: tuple[str, ...]) -> bool:
    """Return whether this request makes a channel, also one that is not dialled."""
    return path[0] == "channels" and method == "POST" and (len(path) <= 2 or path[2] == "snoop")


def name_channel_id(method: str, path: tuple[str, ...]) -> str:
    """Return the parameter for the id of the channel that this request makes, if Asterisk would choose it, or ""."""
    if method == "POST":
        match path:
            case ("channels",) | ("channels", "create" | "externalMedia"):
                return "channelId"
            case ("channels", _, "snoop"):
                return "snoopId"
    return ""
