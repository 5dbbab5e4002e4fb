"""When to stop early: a signal, or the end of the time that was given."""

import signal
import time


class Stopping:
    """Asked between pieces of work. `began` is the monotonic clock when the process started, `seconds` the budget or None."""

    def __init__(self, began, seconds):
        self._deadline = None if seconds is None else began + seconds
        self._signalled = False
        # Seconds to keep free for writing the last checkpoint.
        self.reserve = 0.0

    def listen(self):
        """Turns SIGTERM and SIGINT into a clean stop."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._hear)

    def reason(self, needed=0.0):
        """`signal`, `time` when fewer than `needed` seconds and the reserve are left, else None."""
        if self._signalled:
            return "signal"
        if self._deadline is not None and time.monotonic() + needed + self.reserve > self._deadline:
            return "time"
        return None

    def _hear(self, _number, _frame):
        self._signalled = True
