"""The run's diary: JSON lines in `metrics.jsonl` and, the same, on standard output."""

import json
import os
import sys
from pathlib import Path

from .atomically import written_atomically


class Metrics:
    """Appends events to a run's diary. Made for a run that stands at `step`: lines about later steps, which a killed
    process left behind and which will be trained again, are cut first, so that no step is told twice.
    """

    def __init__(self, folder, step):
        path = Path(folder) / "metrics.jsonl"
        before = path.read_bytes() if path.exists() else b""
        kept = b"".join(line for line in before.splitlines(keepends=True) if _told_by(line, step))
        if kept != before:
            with written_atomically(path) as file:
                file.write(kept)
        self._file = open(path, "ab")
        self._prints = True

    def tell(self, event, **fields):
        line = json.dumps({"event": event, **fields}, separators=(",", ":")) + "\n"
        self._file.write(line.encode())
        self._file.flush()
        if self._prints:
            try:
                sys.stdout.write(line)
                sys.stdout.flush()
            except BrokenPipeError:
                # Whoever watched has gone; the training is worth more than the audience.
                self._prints = False
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def sync(self):
        """Makes what was told last through a power cut."""
        os.fsync(self._file.fileno())

    def close(self):
        self._file.close()


def has_full_heldout(folder, step):
    """True where the diary already holds the full held-out measure of `step`."""
    path = Path(folder) / "metrics.jsonl"
    for line in path.read_bytes().splitlines() if path.exists() else ():
        record = _parsed(line)
        if record and record.get("event") == "heldout" and record.get("step") == step and record.get("full"):
            return True
    return False


def _told_by(line, step):
    record = _parsed(line) if line.endswith(b"\n") else None
    return record is not None and record.get("step", 0) <= step


def _parsed(line):
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None
