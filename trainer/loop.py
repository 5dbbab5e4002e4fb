"""The training run: resume, step, measure, write, stop. Everything a step depends on is in the checkpoint or is a function of
the step, so a run that was cut off at any moment ends with the same weights as one that was not.
"""

import fcntl
import json
import math
import time
from pathlib import Path

import torch

from .atomically import written_atomically
from .checkpoint import load_newest_checkpoint, remove_leftovers, save_checkpoint
from .data import Shards
from .errors import Problem
from .heldout import bits_per_byte
from .loss import summed_loss
from .metrics import Metrics, has_full_heldout
from .model import Qwen3, initialise
from .optimizer import Adam, Muon, clip_gradients, split_parameters
from .schedule import rate_factor, refuse_other_past

_STEPS_PER_LINE = 10
# Rows of each language in the periodic measure; the last one takes all.
_PERIODIC_HELDOUT_ROWS = 32


def train(recipe, data_folder, run_folder, device, stopping):
    """Trains until the recipe's last step or until `stopping` says so. Returns why it stopped: done, time or signal."""
    run_folder = Path(run_folder)
    shards = Shards(data_folder, recipe["model"]["vocabularySize"], recipe["model"]["contextLength"], recipe["seed"])
    with _owned(run_folder):
        saved = load_newest_checkpoint(run_folder)
        if saved is not None:
            _refuse_other_run(saved[0], recipe)
        run = _Run(recipe, shards, run_folder, device, stopping, saved)
        try:
            return run.go()
        finally:
            run.metrics.close()


class _Run:
    """One run's state: the model, both optimizers, and how far they are."""

    def __init__(self, recipe, shards, folder, device, stopping, saved):
        self.recipe, self.shards, self.folder, self.device, self.stopping = recipe, shards, folder, device, stopping
        torch.manual_seed(recipe["seed"])
        self.model = Qwen3(recipe["model"], device.precision)
        if saved is None:
            initialise(self.model, recipe["seed"])
        self.model.to(device.torch)
        matrices, rest = split_parameters(self.model)
        settings = recipe["optimizer"]
        self.muon = Muon(matrices, settings["muonMomentum"], settings["muonWeightDecay"], device.precision)
        self.adam = Adam(rest)
        self.parameters = matrices + rest
        self.step, self.tokens, self.seconds = 0, 0, 0.0
        # Loss and steps since the last line, so that a line after a resume says what it would have said.
        self.window_loss, self.window_steps = 0.0, 0
        if saved is not None:
            self._restore(*saved)
        self.saved_step = self.step if saved is not None else None
        self.forward = torch.compile(self.model) if device.compiles else self.model
        size = sum(parameter.numel() for parameter in self.parameters)
        # Weights and at most two moments each, to a slow disk, and the end of the interpreter.
        stopping.reserve = 1.5 + size * 12 / 50e6
        with written_atomically(folder / "recipe.json") as file:
            file.write(json.dumps(recipe, indent=2).encode() + b"\n")
        self.metrics = Metrics(folder, self.step)
        self.metrics.tell(
            "start", step=self.step, tokens=self.tokens, steps=recipe["schedule"]["steps"], parameters=size, device=device.name,
            precision=str(device.precision).split(".")[1], threads=torch.get_num_threads(), torch=torch.__version__,
        )

    def go(self):
        schedule = self.recipe["schedule"]
        reason, last_step_seconds, window_tokens, window_seconds = None, 0.0, 0, 0.0
        while self.step < schedule["steps"]:
            # Half as long again as the last step, since other work on the machine comes and goes.
            reason = self.stopping.reason(1.5 * last_step_seconds)
            began = time.monotonic()
            done = None if reason else self.train_one_step()
            if done is None:
                reason = reason or self.stopping.reason()
                break
            loss, tokens, norm = done
            last_step_seconds = time.monotonic() - began
            self.step, self.tokens, self.seconds = self.step + 1, self.tokens + tokens, self.seconds + last_step_seconds
            self.window_loss, self.window_steps = self.window_loss + loss, self.window_steps + 1
            window_tokens, window_seconds = window_tokens + tokens, window_seconds + last_step_seconds
            last = self.step == schedule["steps"]
            if self.step % _STEPS_PER_LINE == 0 or last:
                self._tell_step(norm, window_tokens, window_seconds)
                window_tokens, window_seconds = 0, 0.0
            if self.step % schedule["heldoutEverySteps"] == 0 and not last:
                self.measure(_PERIODIC_HELDOUT_ROWS)
            if self.step % schedule["checkpointEverySteps"] == 0 or last:
                self.save()
        if reason is None and not has_full_heldout(self.folder, self.step) and not self.measure(None):
            reason = self.stopping.reason() or "time"
        self.save()
        reason = reason or "done"
        self.metrics.tell("stopped", step=self.step, tokens=self.tokens, seconds=round(self.seconds, 1), reason=reason)
        return reason

    def train_one_step(self):
        """(loss in nats a token, tokens, gradient norm) of one optimizer step, or None when it was broken off."""
        settings, batch = self.recipe["optimizer"], self.recipe["batch"]
        rows = self.shards.batch(self.step, batch["rows"])
        targets = rows[:, 1:].masked_fill(rows[:, 1:] == self.shards.pad_token, -1)
        tokens = int((targets >= 0).sum())
        inputs, targets = rows[:, :-1].to(self.device.torch), targets.to(self.device.torch)
        for parameter in self.parameters:
            parameter.grad = None
        loss = torch.zeros((), device=self.device.torch)
        for start in range(0, batch["rows"], batch["microRows"]):
            if self.stopping.reason():
                return None
            part = slice(start, start + batch["microRows"])
            hidden = self.forward(inputs[part]).flatten(0, 1)
            # Scaled by the whole batch's tokens, so that the parts add up to the gradient of the whole.
            piece = summed_loss(hidden, self.model.embedding, targets[part].flatten(), 1.0 / max(1, tokens))
            piece.backward()
            loss += piece.detach()
        norm = clip_gradients(self.parameters, settings["gradientClip"])
        factor = rate_factor(self.step, self.recipe["schedule"])
        self.muon.step(settings["muonRate"] * factor)
        self.adam.step(settings["adamRate"] * factor)
        loss, norm = float(loss), float(norm)
        if not math.isfinite(loss + norm):
            raise Problem(
                f"The loss stopped being a number at step {self.step + 1}; lower optimizer.muonRate and optimizer.adamRate and "
                f"start a new run (checkpoints up to step {self.saved_step or 0} are whole)."
            )
        return loss, tokens, norm

    def measure(self, most_rows):
        """Tells the held-out bits per byte; False where a stop came in between."""
        result = bits_per_byte(
            self.model, self.shards, self.recipe["batch"]["microRows"], most_rows, lambda: self.stopping.reason() is not None
        )
        if result is not None:
            result["bitsPerByte"] = {language: round(value, 5) for language, value in result["bitsPerByte"].items()}
            self.metrics.tell("heldout", step=self.step, tokens=self.tokens, **result)
        return result is not None

    def save(self):
        if self.step == self.saved_step:
            return
        began = time.monotonic()
        self.metrics.sync()
        name = save_checkpoint(
            self.folder,
            {
                "recipe": self.recipe, "step": self.step, "tokens": self.tokens, "seconds": self.seconds,
                "window": [self.window_loss, self.window_steps],
            },
            {
                "model": dict(self.model.state_dict()), "muon": self.muon.state(), "adam": self.adam.state(),
                "random": torch.get_rng_state(),
            },
        )
        self.saved_step = self.step
        self.metrics.tell("checkpoint", step=self.step, file=name)
        self.stopping.reserve = max(self.stopping.reserve, 1.5 + 2 * (time.monotonic() - began))

    def _restore(self, facts, tensors):
        self.model.load_state_dict(tensors["model"])
        self.muon.load_state(tensors["muon"])
        self.adam.load_state(tensors["adam"], facts["step"])
        torch.set_rng_state(tensors["random"])
        self.step, self.tokens, self.seconds = facts["step"], facts["tokens"], facts["seconds"]
        self.window_loss, self.window_steps = facts["window"]

    def _tell_step(self, norm, tokens, seconds):
        schedule = self.recipe["schedule"]
        speed = tokens / seconds
        self.metrics.tell(
            "step", step=self.step, tokens=self.tokens, loss=round(self.window_loss / self.window_steps, 5),
            rate=round(self.recipe["optimizer"]["muonRate"] * rate_factor(self.step - 1, schedule), 8),
            tokensPerSecond=round(speed, 1),
            secondsLeft=round((schedule["steps"] - self.step) * self.tokens / self.step / speed, 1), gradientNorm=round(norm, 5),
        )
        self.window_loss, self.window_steps = 0.0, 0


def _refuse_other_run(facts, recipe):
    """A run goes on only with what it began with; its length may change while that changes nothing already done."""
    before = facts["recipe"]
    for part in ("seed", "model", "batch", "optimizer"):
        if before[part] != recipe[part]:
            fields = [f"{part}.{key}" for key in recipe[part] if before[part].get(key) != recipe[part][key]] if isinstance(recipe[part], dict) else [part]
            raise Problem(f"This run began with another {fields[0]}; put the recipe back, or train into a new folder.")
    refuse_other_past(facts["step"], before["schedule"], recipe["schedule"])


class _owned:
    """Holds the run's folder against a second trainer, and clears what a killed one left."""

    def __init__(self, folder):
        self._folder = folder

    def __enter__(self):
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock = open(self._folder / "lock", "w")
        except OSError as error:
            raise Problem(f"The folder {self._folder} cannot be written ({error.strerror.lower()}); choose another.") from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._lock.close()
            raise Problem(f"Another trainer is at work in {self._folder}; wait for it, or train into another folder.") from error
        remove_leftovers(self._folder)

    def __exit__(self, *_):
        self._lock.close()
