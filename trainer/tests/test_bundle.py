"""Bundles without training: what is packed comes out again, and what is damaged is told by name. Whole journeys, with
training on the way, are tested from the command line's side.
"""

import contextlib
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import unittest
from pathlib import Path

from trainer import bundle
from trainer.tests.tiny import ROOT, write_recipe, write_shards

PROGRAM = ROOT / "trainer" / "bundle.py"


def run_bundle(*arguments, program=PROGRAM):
    """(exit code, events, standard error). `-I`: as on a machine where nothing of ours is on Python's path."""
    done = subprocess.run([sys.executable, "-I", str(program), *map(str, arguments)], capture_output=True, text=True, timeout=60)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


class BundleTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.data = write_shards(self.folder / "data")
        self.recipe = write_recipe(self.folder)
        self.out = self.folder / "bundle"

    def pack(self, *more):
        return run_bundle("pack", "--recipe", self.recipe, "--data", self.data, "--out", self.out, *more)

    def resume(self):
        return run_bundle("resume", "--seconds", 60, program=self.out / "bundle.py")

    def opened(self):
        manifest = bundle._read_manifest(self.out, "training")
        bundle._open_training(self.out, manifest, self.folder / "work")
        return self.folder / "work"

    def refused(self, *arguments):
        """The one sentence with which a command is refused."""
        code, _, err = run_bundle(*arguments)
        self.assertEqual((code, err.count("\n")), (2, 1), err)
        return err.strip()

    def test_what_is_packed_comes_out_again(self):
        code, events, err = self.pack("--part-bytes", 20_000)
        self.assertEqual(code, 0, err)
        parts = events[-1]["parts"]
        self.assertGreater(len(parts), 2)
        for part in parts:
            data = (self.out / part["file"]).read_bytes()
            self.assertLessEqual(len(data), 20_000)
            self.assertEqual((len(data), hashlib.sha256(data).hexdigest()), (part["bytes"], part["sha256"]))
        work = self.opened()
        for path in self.data.iterdir():
            self.assertEqual((work / "data" / path.name).read_bytes(), path.read_bytes())
        self.assertEqual((work / "recipe.json").read_bytes(), self.recipe.read_bytes())
        for path in (ROOT / "trainer").glob("*.py"):
            self.assertEqual((work / "trainer" / path.name).read_bytes(), path.read_bytes())
        self.assertEqual(list(work.rglob("*.xz")), [])

    def test_the_same_input_gives_the_same_bytes(self):
        self.assertEqual(self.pack()[0], 0)
        first = (self.out / "bundle.json").read_bytes()
        self.out.rename(self.folder / "first")
        self.assertEqual(self.pack()[0], 0)
        self.assertEqual((self.out / "bundle.json").read_bytes(), first)

    def test_missing_and_damaged_parts_are_named_before_anything_is_unpacked(self):
        self.pack("--part-bytes", 20_000)
        (self.out / "training-000.part").unlink()
        damaged = bytearray((self.out / "training-001.part").read_bytes())
        damaged[500] ^= 1
        (self.out / "training-001.part").write_bytes(damaged)
        code, _, err = self.resume()
        self.assertEqual(code, 2)
        self.assertIn("training-000.part is missing and training-001.part is damaged; copy them again.", err)
        self.assertFalse((self.out / "work").exists())

    def test_a_manifest_that_is_cut_off_or_of_another_kind_is_refused(self):
        self.pack()
        self.assertIn("does not hold results but training", self.refused("unpack", self.out, "--run", self.folder / "run"))
        text = (self.out / "bundle.json").read_text()
        (self.out / "bundle.json").write_text(text[:100])
        self.assertIn("bundle.json is not JSON", self.refused("unpack", self.out, "--run", self.folder / "run"))
        (self.out / "bundle.json").write_text("{}")
        self.assertIn("bundle.json is damaged", self.refused("unpack", self.out, "--run", self.folder / "run"))
        self.assertIn("does not exist", self.refused("unpack", self.folder, "--run", self.folder / "run"))

    def test_a_damaged_shard_is_not_packed(self):
        shard = self.data / "train-000.bin"
        shard.write_bytes(shard.read_bytes()[:-2] + b"xx")
        code, _, err = self.pack()
        self.assertEqual(code, 2)
        self.assertIn("train-000.bin is damaged", err)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["data", "recipe.json"])

    def test_a_folder_that_is_there_is_not_overwritten(self):
        self.pack()
        self.assertIn("is already there", self.pack()[2])

    def test_names_that_lead_out_of_the_folder_are_refused(self):
        for name, kind in (("../escape", tarfile.REGTYPE), ("/escape", tarfile.REGTYPE), ("run/.hidden", tarfile.REGTYPE), ("link", tarfile.SYMTYPE)):
            with self.subTest(name):
                out = self.folder / f"results-{kind}-{len(name)}"
                about = {"recipe": "tiny", "data": {"shards": "0"}, "baseStep": 0, "step": 4}
                with bundle._Bundle(out, "results", about, 1000) as written:
                    member = tarfile.TarInfo(name)
                    member.type, member.linkname = kind, "/etc/passwd" if kind == tarfile.SYMTYPE else ""
                    member.size = 4 if kind == tarfile.REGTYPE else 0
                    written._tar.addfile(member, io.BytesIO(b"data"))
                self.assertIn("does not belong into a bundle", self.refused("unpack", out, "--run", self.folder / "run"))
                self.assertFalse((self.folder / "escape").exists())

    def test_a_stopped_packing_leaves_nothing(self):
        with contextlib.suppress(KeyboardInterrupt):
            with bundle._Bundle(self.out, "results", {}, 1000) as written:
                written.add(self.recipe, "recipe.json")
                raise KeyboardInterrupt
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["data", "recipe.json"])

    def test_too_little_time_is_told(self):
        self.pack()
        code, _, err = run_bundle("resume", "--seconds", 0.5, program=self.out / "bundle.py")
        self.assertEqual(code, 2)
        self.assertIn("took all of the 0.5 seconds", err)


if __name__ == "__main__":
    unittest.main()
