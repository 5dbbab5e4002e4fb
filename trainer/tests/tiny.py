"""A recipe and shards that train in a second, for the tests."""

import hashlib
import json
import os
import struct
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VOCABULARY, CONTEXT, PAD = 320, 32, 4


def tiny_recipe(**changes):
    """A valid recipe; `changes` replace fields of its parts: `schedule={"steps": 5}`."""
    recipe = {
        "format": "understudy-recipe-1",
        "name": "tiny",
        "seed": 7,
        "model": {
            "layers": 2, "width": 64, "heads": 4, "kvHeads": 2, "headSize": 16, "feedForward": 96,
            "vocabularySize": VOCABULARY, "contextLength": CONTEXT, "ropeBase": 10000, "normEpsilon": 1e-6,
        },
        "data": {"fimShare": 0.5, "heldoutShare": 0.01, "passes": 1},
        "batch": {"rows": 8, "microRows": 4},
        "optimizer": {"muonRate": 0.02, "muonMomentum": 0.95, "muonWeightDecay": 0.01, "adamRate": 0.006, "gradientClip": 1},
        "schedule": {
            "steps": 20, "warmupSteps": 2, "decaySteps": 8, "finalShare": 0.05, "checkpointEverySteps": 4, "heldoutEverySteps": 10,
        },
    }
    for part, fields in changes.items():
        recipe[part] = {**recipe[part], **fields} if isinstance(fields, dict) else fields
    return recipe


def write_recipe(folder, **changes):
    path = Path(folder) / "recipe.json"
    path.write_text(json.dumps(tiny_recipe(**changes)))
    return path


def counting_row(start):
    """A pattern to learn: each id is the one before it plus one, from 10 to 309 and round, the last few ids padding."""
    ids = [10 + (start * 37 + i) % 300 for i in range(CONTEXT + 1 - start % 5)]
    return ids + [PAD] * (CONTEXT + 1 - len(ids))


def write_shards(folder, vocabulary=VOCABULARY, train_rows=50, heldout_rows=6):
    """Two training shards and two held-out languages of counting rows."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)

    def write(name, first, count):
        rows = [counting_row(first + i) for i in range(count)]
        data = b"".join(struct.pack(f"<{CONTEXT + 1}H", *row) for row in rows)
        (folder / name).write_bytes(data)
        tokens = sum(token != PAD for row in rows for token in row)
        return {"file": name, "rows": count, "tokens": tokens, "sha256": hashlib.sha256(data).hexdigest()}

    index = {
        "format": "understudy-shards-1", "tokenizer": "0" * 64, "vocabularySize": vocabulary, "rowLength": CONTEXT + 1,
        "padToken": PAD, "endToken": 0, "seed": 1,
        "train": [write("train-000.bin", 0, train_rows - 20), write("train-001.bin", train_rows - 20, 20)],
        "heldout": [
            {**write("heldout-c.bin", 1000, heldout_rows), "language": "c", "documents": heldout_rows, "bytes": 700},
            {**write("heldout-python.bin", 2000, heldout_rows * 2), "language": "python", "documents": heldout_rows, "bytes": 900},
        ],
    }
    (folder / "shards.json").write_text(json.dumps(index))
    return folder


def trainer_process(*arguments):
    """Starts the trainer as the command line does."""
    command = [sys.executable, "-m", "trainer", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, env=dict(os.environ), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run_trainer(*arguments):
    """(exit code, events printed, standard error) of the trainer's command."""
    process = trainer_process(*arguments)
    out, err = process.communicate(timeout=120)
    return process.returncode, [json.loads(line) for line in out.splitlines()], err
