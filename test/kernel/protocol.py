"""The requests that frontends send besides cells."""

from harness import check, equal, run_checks


@check("kernel_info is complete")
def _(k):
    content = k.request("kernel_info_request", {})["content"]
    equal(content["status"], "ok")
    assert content["protocol_version"].startswith("5."), content
    equal((content["implementation"], content["implementation_version"]), ("tslab", "1.0.22"))
    info = content["language_info"]
    equal((info["name"], info["file_extension"], info["mimetype"]), ("typescript", ".ts", "text/typescript"))
    equal((info["codemirror_mode"], info["pygments_lexer"]), ("application/typescript", "typescript"))
    equal(info["nbconvert_exporter"], "script")


@check("comm_info, history and unknown requests get their own kind of reply")
def _(k):
    reply = k.request("comm_info_request", {})
    equal((reply["msg_type"], reply["content"]), ("comm_info_reply", {"status": "ok", "comms": {}}))
    reply = k.request("someday_request", {})
    equal((reply["msg_type"], reply["content"]["status"]), ("someday_reply", "error"))


@check("history gives the inputs back")
def _(k):
    k.run("'one'")
    k.run("'two'")
    ask = {"output": False, "raw": True, "hist_access_type": "tail", "n": 2}
    equal([h[2] for h in k.request("history_request", ask)["content"]["history"]], ["'one'", "'two'"])
    search = {**ask, "hist_access_type": "search", "pattern": "*tw?'"}
    equal([h[2] for h in k.request("history_request", search)["content"]["history"]], ["'two'"])


@check("a comm that is opened is closed again, and comm messages do not break it")
def _(k):
    k.quiet(0.2)
    session = k.client.session
    k.client.shell_channel.send(session.msg("comm_open", {"comm_id": "c", "target_name": "jupyter.widget", "data": {}}))
    k.client.shell_channel.send(session.msg("comm_msg", {"comm_id": "c", "data": {}}))
    kinds = [m["msg_type"] for m in k.quiet(0.5)]
    assert "comm_close" in kinds, kinds
    equal(kinds.count("status"), 4)
    equal(k.run("1").result, "1")


@check("control requests are answered while a cell computes, and the cell's status is busy after them")
def _(k):
    msg_id = k.submit("const until = Date.now() + 1500; while (Date.now() < until);")
    reply = k.request("debug_request", {"seq": 1, "type": "request", "command": "debugInfo"}, channel="control", timeout=1)
    equal((reply["msg_type"], reply["content"]["success"]), ("debug_reply", False))
    reply = k.request("kernel_info_request", {}, channel="control", timeout=1)
    equal(reply["content"]["status"], "ok")
    last = [m for m in k.quiet(0.2) if m["msg_type"] == "status"][-1]
    equal((last["content"]["execution_state"], last["parent_header"]["msg_id"]), ("busy", msg_id))
    k.collect(msg_id)


@check("a message with a wrong signature is ignored")
def _(k):
    key = k.client.session.key
    k.client.session.key = b"another"
    k.client.shell_channel.send(k.client.session.msg("execute_request", {"code": "globalThis.evil = 1"}))
    k.client.session.key = key
    equal(k.run("typeof (globalThis as any).evil").result, "'undefined'")


@check("user_expressions are refused politely")
def _(k):
    reply = k.run("1", user_expressions={"a": "1 + 1"}).reply
    equal((reply["status"], reply["user_expressions"]["a"]["status"]), ("ok", "error"))


run_checks()
