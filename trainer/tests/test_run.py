"""Whole runs through the command, as the command line starts them: learning, stopping, dying and going on."""

import json
import random
import signal
import tempfile
import time
import unittest
from pathlib import Path

import torch

from trainer.checkpoint import load_newest_checkpoint
from trainer.safetensors import read_safetensors
from trainer.tests.tiny import PAD, counting_row, run_trainer, tiny_recipe, trainer_process, write_recipe, write_shards


class RunTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.data = write_shards(self.folder / "data")

    def arguments(self, run, *more, **changes):
        recipe = write_recipe(self.folder, **changes)
        return ("train", "--recipe", recipe, "--data", self.data, "--out", self.folder / run, "--threads", 1, *more)

    def train(self, run, *more, **changes):
        """Events of a run that is expected to end well."""
        code, events, err = run_trainer(*self.arguments(run, *more, **changes))
        self.assertEqual(code, 0, err)
        return events

    def diary(self, run):
        return [json.loads(line) for line in (self.folder / run / "metrics.jsonl").read_text().splitlines()]

    def weights(self, run):
        out = self.folder / f"{run}.safetensors"
        code, _, err = run_trainer("export", "--run", self.folder / run, "--out", out)
        self.assertEqual(code, 0, err)
        return read_safetensors(out)

    def assert_same_state(self, one, other):
        """Weights and both optimizers' moments, bit by bit."""
        (first, first_tensors), (second, second_tensors) = (load_newest_checkpoint(self.folder / run) for run in (one, other))
        self.assertEqual((first["step"], first["tokens"]), (second["step"], second["tokens"]))
        for part, ones, others in zip(first_tensors, map(flat, first_tensors.values()), map(flat, second_tensors.values())):
            self.assertEqual(len(ones), len(others))
            self.assertTrue(all(map(torch.equal, ones, others)), part)

    def wait_for(self, process, wanted):
        """Reads events until `wanted` holds for one."""
        for line in process.stdout:
            if wanted(json.loads(line)):
                return
        self.fail(f"ended before: {process.stderr.read()}")

    def close(self, process):
        process.wait(timeout=60)
        process.stdout.close()
        process.stderr.close()

    def test_learns_a_pattern_and_tells_about_it(self):
        events = self.train("run", schedule={"steps": 50, "decaySteps": 20, "heldoutEverySteps": 25, "checkpointEverySteps": 20})
        self.assertEqual(
            [event["event"] + str(event["step"]) for event in events],
            "start0 step10 step20 checkpoint20 heldout25 step30 step40 checkpoint40 step50 checkpoint50 heldout50 stopped50".split(),
        )
        losses = [event["loss"] for event in events if event["event"] == "step"]
        self.assertGreater(losses[0], 3.5)
        self.assertLess(losses[-1], 0.5)
        heldout = [event for event in events if event["event"] == "heldout"]
        self.assertLess(heldout[-1]["bitsPerByte"]["all"], 0.3 * heldout[0]["bitsPerByte"]["all"] + 0.1)
        self.assertEqual(events[-1]["reason"], "done")
        self.assertEqual(events, self.diary("run"))
        # 400 rows are eight passes over the 50.
        predicted = sum(token != PAD for i in range(50) for token in counting_row(i)[1:])
        self.assertEqual(events[-1]["tokens"], 8 * predicted)
        tensors, metadata = self.weights("run")
        self.assertEqual(metadata["step"], "50")
        self.assertEqual(json.loads(metadata["recipe"])["model"], tiny_recipe()["model"])
        self.assertIn("model.layers.1.self_attn.k_norm.weight", tensors)
        self.assertNotIn("lm_head.weight", tensors)
        self.assertEqual(self.train("run", "--steps", 50, "--decay-steps", 20)[-1]["reason"], "done")

    def test_a_killed_run_ends_with_the_same_bits(self):
        self.train("straight")
        random.seed(time.time_ns())
        for _ in range(3):
            process = trainer_process(*self.arguments("killed"))
            self.wait_for(process, lambda event: event["event"] == "start")
            time.sleep(random.uniform(0, 0.4))
            process.kill()
            self.close(process)
        self.train("killed")
        self.assert_same_state("straight", "killed")
        for event in ("step", "heldout"):
            straight, killed = (
                [{k: v for k, v in e.items() if k not in ("tokensPerSecond", "secondsLeft")} for e in self.diary(run) if e["event"] == event]
                for run in ("straight", "killed")
            )
            self.assertEqual(straight, killed)

    def test_a_cut_off_checkpoint_falls_back_to_the_one_before(self):
        self.train("straight")
        self.train("cut")
        newest = self.folder / "cut" / "checkpoint-00000020.pt"
        for damaged in (newest.read_bytes()[:-100], newest.read_bytes()[:-1] + b"?"):
            newest.write_bytes(damaged)
            code, events, err = run_trainer(*self.arguments("cut"))
            self.assertEqual((code, events[0]["step"]), (0, 16))
            self.assertIn("checkpoint-00000020.pt is damaged", err)
            self.assert_same_state("straight", "cut")
        told = [event["step"] for event in self.diary("cut") if event["event"] in ("step", "heldout")]
        self.assertEqual(told, [10, 10, 20, 20])

    def test_a_signal_stops_cleanly(self):
        self.train("straight", "--steps", 60)
        for number in (signal.SIGTERM, signal.SIGINT):
            process = trainer_process(*self.arguments("stopped", "--steps", 60))
            self.wait_for(process, lambda event: event["event"] == "step")
            process.send_signal(number)
            self.wait_for(process, lambda event: event["event"] == "stopped" and event["reason"] == "signal")
            self.close(process)
            self.assertEqual(process.returncode, 0)
            last = self.diary("stopped")[-1]
            self.assertEqual(load_newest_checkpoint(self.folder / "stopped")[0]["step"], last["step"])
        self.train("stopped", "--steps", 60)
        self.assert_same_state("straight", "stopped")

    def test_a_time_budget_ends_a_run_with_a_checkpoint(self):
        events = self.train("run", "--seconds", 8, "--steps", 1000000)
        self.assertEqual(events[-1]["reason"], "time")
        if events[-1]["step"]:
            self.assertEqual(load_newest_checkpoint(self.folder / "run")[0]["step"], events[-1]["step"])

    def test_a_run_may_be_told_to_decay_and_end_earlier(self):
        self.train("short", "--steps", 30, "--decay-steps", 10)
        self.train("long", "--steps", 12, "--decay-steps", 0)
        self.train("long", "--steps", 30, "--decay-steps", 10)
        self.assert_same_state("short", "long")
        code, _, err = run_trainer(*self.arguments("short", "--steps", 60))
        self.assertEqual(code, 2)
        self.assertRegex(err, r"\AThis run is 30 steps old and began to decay at step 20.*\n\Z")

    def test_another_recipe_is_refused(self):
        self.train("run")
        code, events, err = run_trainer(*self.arguments("run", optimizer={"adamRate": 0.001}))
        self.assertEqual((code, events), (2, []))
        self.assertIn("another optimizer.adamRate", err)

    def test_two_trainers_do_not_share_a_run(self):
        process = trainer_process(*self.arguments("run", "--steps", 1000000))
        self.wait_for(process, lambda event: event["event"] == "start")
        code, events, err = run_trainer(*self.arguments("run"))
        process.kill()
        self.close(process)
        self.assertEqual((code, events), (2, []))
        self.assertIn("Another trainer is at work", err)

    def test_an_export_without_a_checkpoint_is_a_sentence(self):
        code, _, err = run_trainer("export", "--run", self.folder / "absent", "--out", self.folder / "w.safetensors")
        self.assertEqual((code, (self.folder / "w.safetensors").exists()), (2, False))
        self.assertRegex(err, r"\A.* holds no whole checkpoint; .*\n\Z")


def flat(value):
    """The tensors in nested dicts and lists."""
    if isinstance(value, torch.Tensor):
        return [value]
    return [tensor for item in (value.values() if isinstance(value, dict) else value) for tensor in flat(item)]


if __name__ == "__main__":
    unittest.main()
