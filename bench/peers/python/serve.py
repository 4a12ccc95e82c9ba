"""The line protocol of the programs that stay: `go` in, a line of JSON out."""

import json
import sys
import time


def serve(measure, note=""):
    """Say that all is ready, then answer each line with what `measure()` returns."""
    out = sys.stdout
    sys.stdout = sys.stderr
    print(json.dumps({"note": note}), file=out, flush=True)
    for _ in sys.stdin:
        answer = measure()
        if not isinstance(answer, dict):
            answer = {"value": answer}
        print(json.dumps(answer), file=out, flush=True)


def timed(work):
    """Milliseconds that `work()` takes, and what it returns."""
    began = time.perf_counter()
    result = work()
    return (time.perf_counter() - began) * 1e3, result


def repeated(work, least=0.05):
    """A function that gives the milliseconds of one `work()`, from enough of them to be sure."""
    work()
    times = 1
    while True:
        ms, _ = timed(lambda: [work() and None for _ in range(times)])
        if ms > least * 1e3:
            break
        times *= 2

    def measure():
        ms, _ = timed(lambda: [work() and None for _ in range(times)])
        return ms / times

    return measure
