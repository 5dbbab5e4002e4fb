"""Token shards as batches. Which rows a step sees is a pure function of the seed and the step, so a run that was
cut off goes on with exactly the rows it would have seen.
"""

import json
import mmap
import os
from pathlib import Path

import torch

from .errors import Problem
from .recipe import reason

FORMAT = "understudy-shards-1"


class Shards:
    """The training and held-out rows that `shards.json` in a folder describes, mapped and not read. `seed` decides
    the order of the training rows.

    Attributes: `rows` (training rows), `pad_token`, `row_length`, `heldout` (list of `Heldout`).
    """

    def __init__(self, folder, vocabulary_size, context_length, seed):
        folder = Path(folder)
        index = _read_index(folder / "shards.json")
        if index["vocabularySize"] != vocabulary_size:
            raise Problem(
                f"The shards in {folder} were made with a vocabulary of {index['vocabularySize']} tokens and the recipe asks for "
                f"{vocabulary_size}; make the shards again with the recipe's tokenizer, or correct model.vocabularySize."
            )
        if index["rowLength"] != context_length + 1:
            raise Problem(
                f"The rows in {folder} hold {index['rowLength']} ids and the recipe's model.contextLength needs {context_length + 1}; "
                f"make the shards again with this recipe."
            )
        self.pad_token = index["padToken"]
        self.row_length = index["rowLength"]
        self._parts = [_map_rows(folder, entry, self.row_length) for entry in index["train"]]
        self._starts = [0]
        for part in self._parts:
            self._starts.append(self._starts[-1] + part.shape[0])
        self.rows = self._starts[-1]
        if self.rows == 0:
            raise Problem(f"The shards in {folder} hold no training rows; make them from a larger corpus.")
        self.heldout = [
            Heldout(entry["language"], entry["bytes"], _map_rows(folder, entry, self.row_length)) for entry in index["heldout"]
        ]
        self._vocabulary_size = vocabulary_size
        self._seed = seed
        self._orders = {}

    def batch(self, step, rows):
        """The `rows` training rows of step `step` (from 0), int64 [rows, row_length]. Every pass over the data has
        its own seeded permutation, and a batch may reach from one pass into the next.
        """
        picked = []
        for position in range(step * rows, (step + 1) * rows):
            row = int(self._order(position // self.rows)[position % self.rows])
            part = next(i for i in range(len(self._parts)) if row < self._starts[i + 1])
            picked.append(self._parts[part][row - self._starts[part]])
        return self.as_ids(torch.stack(picked))

    def as_ids(self, rows):
        """Ids as int64 from rows as they lie in the file. torch 1.13 has no uint16, so they come as int16."""
        ids = rows.to(torch.int64) & 0xFFFF
        if int(ids.max()) >= self._vocabulary_size:
            raise Problem(
                f"A shard holds the id {int(ids.max())}, outside its vocabulary of {self._vocabulary_size}; make the shards again."
            )
        return ids

    def _order(self, epoch):
        if epoch not in self._orders:
            generator = torch.Generator().manual_seed((self._seed * 1_000_003 + epoch) % 2**63)
            # Two passes at most are in use at once: the one that ends and the one that begins.
            self._orders = {key: order for key, order in self._orders.items() if key == epoch - 1}
            self._orders[epoch] = torch.randperm(self.rows, generator=generator)
        return self._orders[epoch]


class Heldout:
    """Held-out rows of one language; `bytes` is the UTF-8 size of the text in all of them."""

    def __init__(self, language, bytes_of_text, rows):
        self.language = language
        self.bytes = bytes_of_text
        self.rows = rows


def _read_index(path):
    try:
        index = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(f"{path} cannot be read ({reason(error)}); give the folder that holds the shards.") from error
    except ValueError as error:
        raise Problem(f"{path} is not JSON; make the shards again.") from error
    try:
        if index["format"] != FORMAT:
            raise Problem(f"{path} has the format {index['format']!r} and this trainer reads {FORMAT}; make the shards again.")
        for key in ("vocabularySize", "rowLength", "padToken", "endToken", "seed"):
            _require_count(index[key], f"{key} in {path}")
        for entry in index["train"] + index["heldout"]:
            _require_count(entry["rows"], f"rows of {entry['file']} in {path}")
        for entry in index["heldout"]:
            _require_count(entry["bytes"], f"bytes of {entry['file']} in {path}")
            entry["language"] + ""
    except (KeyError, TypeError) as error:
        raise Problem(f"{path} lacks a field or has one of the wrong type ({error}); make the shards again.") from error
    return index


def _require_count(value, name):
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise Problem(f"{name} must be a whole number, not {value!r}; make the shards again.")


def _map_rows(folder, entry, row_length):
    """The file's rows as an int16 tensor [rows, row_length] over the mapped file."""
    path = folder / entry["file"]
    if path.parent != folder:
        raise Problem(f"{folder / 'shards.json'} names the file {entry['file']!r} outside its folder; make the shards again.")
    expected = entry["rows"] * row_length * 2
    try:
        size = path.stat().st_size
        if size != expected:
            raise Problem(
                f"{path} has {size} bytes where {entry['rows']} rows of {row_length} ids take {expected}; "
                f"it was cut off or is of another shape, so make the shards again."
            )
        if expected == 0:
            return torch.empty((0, row_length), dtype=torch.int16)
        descriptor = os.open(path, os.O_RDONLY)
        try:
            # A private mapping counts as writable, which torch.frombuffer asks for; nothing writes to it.
            mapped = mmap.mmap(descriptor, expected, access=mmap.ACCESS_COPY)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise Problem(f"{path} cannot be read ({reason(error)}); make the shards again.") from error
    return torch.frombuffer(mapped, dtype=torch.int16).view(entry["rows"], row_length)
