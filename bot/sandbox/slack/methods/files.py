"""The files.* methods."""

from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.files import as_file
from bot.sandbox.slack.methods.method import Method, Result
from bot.sandbox.slack.refusals import Refusal
from bot.sandbox.slack.sharing import completed, share_later
from bot.sandbox.slack.workspace import Workspace

MOST_ALT_TXT = 1000


def get_upload_url(workspace: Workspace, arguments: Arguments) -> Result:
    # https://docs.slack.dev/reference/methods/files.getUploadURLExternal
    name, size = arguments.text("filename"), arguments.number("length")
    if not name or size <= 0:
        raise Refusal("missing_argument")
    if len(arguments.text("alt_txt")) > MOST_ALT_TXT:
        raise Refusal("alt_txt_too_large")
    secret, file = workspace.files.begin(name, size, arguments.text("alt_txt"), workspace.clock.now())
    return {"upload_url": f"{workspace.base_url}/upload/{secret}", "file_id": file.id}


def complete_upload(workspace: Workspace, arguments: Arguments) -> Result:
    # https://docs.slack.dev/reference/methods/files.completeUploadExternal
    share = completed(workspace, arguments)
    answer = {"files": [as_file(file, workspace.base_url) for file in share.files]}
    share_later(workspace, share)
    return answer


def info(workspace: Workspace, arguments: Arguments) -> Result:
    # https://docs.slack.dev/reference/methods/files.info
    file = workspace.files[arguments.required("file")]
    if not (file.completed or workspace.lists_uncompleted):
        raise Refusal("file_not_found")  # not documented: a client has to be good for both
    return {"file": as_file(file, workspace.base_url), "comments": [], "response_metadata": {"next_cursor": ""}}


def delete(workspace: Workspace, arguments: Arguments) -> Result:
    # https://docs.slack.dev/reference/methods/files.delete
    file = workspace.files[arguments.required("file")]
    workspace.files.delete(file)
    workspace.messages.forget_file(file)
    return {}


METHODS = {
    "files.getUploadURLExternal": Method(get_upload_url, "files:write"),
    "files.completeUploadExternal": Method(complete_upload, "files:write", needs_membership=True),
    "files.info": Method(info, "files:read"),
    "files.delete": Method(delete, "files:write"),
}
