"""Cells sent together: stop_on_error aborts what was waiting, and nothing else is ever lost."""

from harness import check, equal, run_checks


def burst(k, codes, **options):
    ids = [k.submit(code, **options) for code in codes]
    return replies(k, ids)


def replies(k, ids, timeout=20):
    """The replies of several requests, in the order of the requests."""
    found = {}
    while len(found) < len(ids):
        reply = k.client.get_shell_msg(timeout=timeout)
        found[reply["parent_header"].get("msg_id")] = reply["content"]
    return [found[i] for i in ids]


@check("with stop_on_error false no cell is lost after an error")
def _(k):
    found = burst(k, ["throw 1", "2", "throw 3", "4", "5"], stop_on_error=False)
    equal([r["status"] for r in found], ["error", "ok", "error", "ok", "ok"])


@check("with stop_on_error true the waiting cells are aborted, and only those")
def _(k):
    found = burst(k, ["await new Promise((r) => setTimeout(r, 200)); throw 1", "globalThis.ran = 1", "3"])
    equal([r["status"] for r in found], ["error", "aborted", "aborted"])
    equal(k.run("typeof (globalThis as any).ran").result, "'undefined'")


@check("a cell that fails at once aborts its followers of the same burst too")
def _(k):
    found = burst(k, ["throw 1", "2", "3", "4"])
    equal([r["status"] for r in found], ["error", "aborted", "aborted", "aborted"])


@check("a cell sent as soon as the error is replied runs")
def _(k):
    for _ in range(5):
        msg_id = k.submit("throw 1")
        replies(k, [msg_id])
        next_id = k.submit("'fresh'")
        equal(replies(k, [next_id])[0]["status"], "ok")


@check("other requests that wait behind an error are answered")
def _(k):
    k.submit("await new Promise((r) => setTimeout(r, 200)); throw 1")
    k.submit("2")
    reply = k.request("comm_info_request", {"target_name": "jupyter.widget"})
    equal(reply["msg_type"], "comm_info_reply")


@check("cells run one after the other, also asynchronous ones")
def _(k):
    codes = ["const order: number[] = [];"]
    codes += [f"await new Promise((r) => setTimeout(r, {30 - 10 * i})); order.push({i});" for i in range(3)]
    burst(k, codes)
    equal(k.run("order.join()").result, "'0,1,2'")


run_checks()
