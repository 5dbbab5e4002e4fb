"""The trainer's command line; see README.md. Exit codes: 0 done or stopped cleanly, 2 a problem, told in one sentence."""

import argparse
import json
import sys
import time
import warnings

from .environment import enter_tuned_environment, process_age
from .errors import Problem


def main():
    began = time.monotonic() - process_age()
    arguments = _arguments()
    enter_tuned_environment(arguments.threads)
    # PyTorch 2 works without numpy, and says so on standard error, which is for problems.
    warnings.filterwarnings("ignore", message="Failed to initialize NumPy")
    try:
        # The commands import torch, which must see the tuned environment.
        from . import commands

        getattr(commands, arguments.command)(arguments, began)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 2
    except ModuleNotFoundError as error:
        if error.name != "torch":
            raise
        print("PyTorch is not installed for this Python; on Debian: apt-get install python3-torch, and use /usr/bin/python3.", file=sys.stderr)
        return 2
    return 0


def _arguments():
    parser = argparse.ArgumentParser(prog="python3 -m trainer", description="Trains Qwen3-shaped code models.")
    commands = parser.add_subparsers(dest="command", required=True)

    train = commands.add_parser("train", help="train, or go on training, in a run folder")
    train.add_argument("--recipe", required=True)
    train.add_argument("--data", required=True, help="folder with shards.json")
    train.add_argument("--out", required=True, help="run folder: checkpoints and metrics.jsonl")
    train.add_argument("--seconds", type=_number(float, least=0), help="stop cleanly within this time")
    train.add_argument("--steps", type=_number(int, least=1), help="instead of schedule.steps")
    train.add_argument("--decay-steps", type=_number(int, least=0), help="instead of schedule.decaySteps")
    train.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")

    export = commands.add_parser("export", help="write a run's newest weights as safetensors")
    export.add_argument("--run", required=True)
    export.add_argument("--out", required=True)

    init = commands.add_parser("init", help="write fresh weights as safetensors")
    init.add_argument("--recipe", required=True)
    init.add_argument("--out", required=True)
    init.add_argument("--seed", type=int, help="instead of the recipe's seed")
    init.add_argument("--random-projections", action="store_true", help="fill also what training starts at zero or one")

    logits = commands.add_parser("logits", help="write the logits of a token sequence as raw float32")
    logits.add_argument("--weights", required=True)
    logits.add_argument("--tokens", required=True, type=_token_list, help="JSON list of ids")
    logits.add_argument("--out", required=True)

    for command in (train, export, init, logits):
        command.add_argument("--threads", type=_number(int, least=1), help="CPU threads (default: OMP_NUM_THREADS, else all cores)")
    return parser.parse_args()


def _number(kind, least):
    def number(text):
        value = kind(text)
        if not least <= value < float("inf"):
            raise ValueError(text)
        return value

    number.__name__ = f"{kind.__name__} of at least {least}"
    return number


def _token_list(text):
    tokens = json.loads(text)
    if not isinstance(tokens, list) or not tokens or not all(type(token) is int and token >= 0 for token in tokens):
        raise ValueError(text)
    return tokens


if __name__ == "__main__":
    sys.exit(main())
