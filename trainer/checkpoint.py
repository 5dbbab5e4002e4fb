"""Checkpoints: `checkpoint-00000100.pt`, the two newest of a run. A file is a mark, the SHA-256 of what follows, and that:
a `torch.save` of tensors, with all plain values as one JSON string, since the safe loader of torch 1.13 knows no floats.
So a file that was cut off or damaged is known, and the one before is taken.
"""

import hashlib
import io
import json
import re
import sys
from pathlib import Path

import torch

from .atomically import written_atomically

_MARK = b"understudy-checkpoint-1\n"
_NAME = re.compile(r"checkpoint-(\d{8})\.pt$")
_KEPT = 2


def save_checkpoint(folder, facts, tensors):
    """Writes `facts` (plain values, with `step`) and `tensors` (nested dicts and lists) under the step's name, removes all
    but the newest two, returns the name.
    """
    buffer = io.BytesIO()
    torch.save({"facts": json.dumps(facts), "tensors": tensors}, buffer)
    payload = buffer.getbuffer()
    path = Path(folder) / f"checkpoint-{facts['step']:08d}.pt"
    with written_atomically(path) as file:
        file.write(_MARK + hashlib.sha256(payload).digest())
        file.write(payload)
    for old in _newest_first(folder)[_KEPT:]:
        old.unlink()
    return path.name


def load_newest_checkpoint(folder):
    """(facts, tensors on the CPU) of the newest checkpoint in `folder` that is whole, or None. Says on standard error what it
    passed over.
    """
    for path in _newest_first(folder):
        state = _load(path)
        if state is not None:
            return state
        print(f"{path} is damaged or was cut off; going back to the checkpoint before it.", file=sys.stderr)
    return None


def remove_leftovers(folder):
    """Removes what a killed run left half-written. Only for the one process that owns the run."""
    for path in Path(folder).glob("*.tmp"):
        path.unlink(missing_ok=True)


def _load(path):
    data = memoryview(path.read_bytes())
    head = len(_MARK) + 32
    if data[: len(_MARK)] != _MARK or data[len(_MARK) : head] != hashlib.sha256(data[head:]).digest():
        return None
    state = torch.load(io.BytesIO(data[head:]), map_location="cpu", weights_only=True)
    return json.loads(state["facts"]), state["tensors"]


def _newest_first(folder):
    return sorted((path for path in Path(folder).glob("checkpoint-*.pt") if _NAME.search(path.name)), reverse=True)
