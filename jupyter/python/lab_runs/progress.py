"""What a sweep tells while it runs: how far it is, how long it will take, and each failure as it comes."""

import sys
import time
from typing import Any

from .plan import Run

#: Seconds between two lines where there is no terminal.
BEAT = 20


def clock(seconds: float) -> str:
    """Seconds as a person reads them.

    >>> clock(5), clock(75), clock(3700)
    ('5 s', '1:15', '1:01:40')
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    hours, rest = divmod(whole, 3600)
    minutes = f"{rest // 60:02d}" if hours else f"{rest // 60}"
    return f"{f'{hours}:' if hours else ''}{minutes}:{rest % 60:02d}"


class Progress:
    """One line in place on a terminal, elsewhere one every 20 seconds."""

    def __init__(self, total: int, skipped: int) -> None:
        self.total, self.skipped = total, skipped
        self.done = self.failed = 0
        self.began = self.told = time.monotonic()
        self.live = sys.stdout.isatty()

    def line(self, *, left: bool = True) -> str:
        """The state in words. The time left is the time so far, scaled to what is left."""
        elapsed = time.monotonic() - self.began
        text = f"{self.done + self.failed} of {self.total} runs"
        if self.failed:
            text += f", {self.failed} failed"
        if self.skipped:
            text += f", {self.skipped} there already"
        text += f", {clock(elapsed)}"
        ended = self.done + self.failed
        if left and 0 < ended < self.total:
            text += f", about {clock(elapsed / ended * (self.total - ended))} left"
        return text

    def show(self, *, now: bool = False) -> None:
        if self.live:
            sys.stdout.write(f"\r\x1b[K… {self.line()}")
            sys.stdout.flush()
        elif now or time.monotonic() - self.told > BEAT:
            self.told = time.monotonic()
            print(f"… {self.line()}", flush=True)

    def say(self, text: str) -> None:
        """A line of its own, above the one that counts."""
        if self.live:
            sys.stdout.write("\r\x1b[K")
        print(text, flush=True)

    def ended(self, run: Run, failure: dict[str, Any] | None) -> None:
        if failure is None:
            self.done += 1
        else:
            self.failed += 1
            self.say(f"✗ {run.name}: {in_words(failure)}")
        self.show()

    def close(self, *, interrupted: bool = False) -> None:
        sign = "■" if interrupted else "✗" if self.failed else "✓"
        self.say(f"{sign} {self.line(left=not interrupted)}")


def in_words(failure: dict[str, Any]) -> str:
    """One line on what went wrong, and in which cell."""
    what = f"{failure['kind']}: {failure['message']}".splitlines()[0]
    if "cell" not in failure:
        return what
    where = f"code cell {failure['cell']}"
    return f"{where} ({failure['id']}) threw {what}" if failure.get("id") else f"{where} threw {what}"
