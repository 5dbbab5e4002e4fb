"""What each command does, from parsed arguments."""

import json
import sys
from pathlib import Path

import torch

from .atomically import written_atomically
from .checkpoint import load_newest_checkpoint
from .device import choose_device
from .errors import Problem
from .loop import train as train_run
from .model import Qwen3, initialise
from .recipe import check_recipe, load_recipe
from .safetensors import float32_bytes, read_safetensors, write_safetensors
from .stopping import Stopping


def train(arguments, began):
    stopping = Stopping(began, arguments.seconds)
    stopping.listen()
    recipe = load_recipe(arguments.recipe)
    if arguments.steps is not None:
        recipe["schedule"]["steps"] = arguments.steps
    if arguments.decay_steps is not None:
        recipe["schedule"]["decaySteps"] = arguments.decay_steps
    check_recipe(recipe)
    train_run(recipe, arguments.data, arguments.out, choose_device(arguments.device, arguments.threads), stopping)


def export(arguments, _began):
    saved = load_newest_checkpoint(arguments.run) if Path(arguments.run).is_dir() else None
    if saved is None:
        raise Problem(f"{arguments.run} holds no whole checkpoint; give the folder of a run that has reached its first.")
    facts, tensors = saved
    metadata = {key: str(facts[key]) for key in ("step", "tokens")}
    metadata.update(seconds=f"{facts['seconds']:.1f}", recipe=json.dumps(facts["recipe"]), format="pt")
    write_safetensors(arguments.out, tensors["model"], metadata)


def init(arguments, _began):
    recipe = load_recipe(arguments.recipe)
    model = Qwen3(recipe["model"])
    initialise(model, recipe["seed"] if arguments.seed is None else arguments.seed, arguments.random_projections)
    metadata = {"step": "0", "tokens": "0", "seconds": "0", "recipe": json.dumps(recipe), "format": "pt"}
    write_safetensors(arguments.out, model.state_dict(), metadata)


def logits(arguments, _began):
    """Writes float32 [tokens, vocabulary], little-endian, and prints the shape as a JSON line."""
    tensors, metadata = read_safetensors(arguments.weights)
    if "recipe" not in metadata:
        raise Problem(f"The weights {arguments.weights} carry no recipe; use a file that this trainer exported.")
    shape = json.loads(metadata["recipe"])["model"]
    if len(arguments.tokens) > shape["contextLength"] or max(arguments.tokens) >= shape["vocabularySize"]:
        raise Problem(
            f"The model reads at most {shape['contextLength']} tokens with ids below {shape['vocabularySize']}; shorten --tokens."
        )
    model = Qwen3(shape)
    try:
        model.load_state_dict(tensors)
    except RuntimeError as error:
        raise Problem(f"The weights {arguments.weights} do not fit the recipe inside them; export them again.") from error
    with torch.no_grad():
        scores = model.logits(torch.tensor([arguments.tokens]))[0]
    with written_atomically(arguments.out) as file:
        file.write(float32_bytes(scores))
    json.dump({"tokens": scores.shape[0], "vocabulary": scores.shape[1], "file": arguments.out}, sys.stdout)
    print()
