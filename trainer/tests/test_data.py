import json
import tempfile
import unittest
from pathlib import Path

from trainer.data import Shards
from trainer.errors import Problem
from trainer.tests.tiny import CONTEXT, VOCABULARY, counting_row, run_trainer, write_recipe, write_shards


class DataTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = write_shards(Path(temporary.name, "data"))

    def open(self, seed=3):
        return Shards(self.folder, VOCABULARY, CONTEXT, seed)

    def edit_index(self, **fields):
        path = self.folder / "shards.json"
        path.write_text(json.dumps({**json.loads(path.read_text()), **fields}))

    def test_each_pass_takes_every_row_once_in_another_order(self):
        shards = self.open()
        everything = sorted(counting_row(i) for i in range(50))
        passes = []
        for epoch in range(2):
            passes.append([row for step in range(5) for row in shards.batch(epoch * 5 + step, 10).tolist()])
            self.assertEqual(sorted(passes[-1]), everything)
        self.assertNotEqual(*passes)

    def test_a_batch_depends_on_the_step_and_the_seed_alone(self):
        visited, fresh = self.open(), self.open()
        for step in range(30):
            visited.batch(step, 8)
        self.assertEqual(visited.batch(7, 8).tolist(), fresh.batch(7, 8).tolist())
        self.assertNotEqual(self.open(seed=4).batch(7, 8).tolist(), fresh.batch(7, 8).tolist())

    def test_a_batch_reaches_over_the_end_of_a_pass(self):
        shards = self.open()
        rows = shards.batch(0, 50).tolist() + shards.batch(1, 50).tolist()
        self.assertEqual(shards.batch(6, 8).tolist(), rows[48:56])

    def test_ids_above_32767_are_read_as_they_are(self):
        path = self.folder / "train-000.bin"
        path.write_bytes(b"\xfe\xff" + path.read_bytes()[2:])
        self.edit_index(vocabularySize=65536)
        shards = Shards(self.folder, 65536, CONTEXT, 3)
        self.assertEqual(max(max(row) for row in shards.batch(0, 50).tolist()), 65534)

    def test_wrong_shards_are_refused(self):
        with self.assertRaisesRegex(Problem, "vocabulary of 320 tokens and the recipe asks for 640"):
            Shards(self.folder, 640, CONTEXT, 3)
        with self.assertRaisesRegex(Problem, "rows .* hold 33 ids and .* needs 65"):
            Shards(self.folder, VOCABULARY, 64, 3)
        path = self.folder / "train-001.bin"
        whole = path.read_bytes()
        path.write_bytes(whole[:-2])
        with self.assertRaisesRegex(Problem, "cut off"):
            self.open()
        path.unlink()
        with self.assertRaisesRegex(Problem, "cannot be read"):
            self.open()
        path.write_bytes(b"\xff\xff" + whole[2:])
        with self.assertRaisesRegex(Problem, "id 65535, outside its vocabulary"):
            self.open().batch(0, 50)
        for fields in ({"format": "x"}, {"rowLength": "33"}, {"train": None}, {"train": [{"rows": 1}]}, {"train": []}):
            self.edit_index(**fields)
            with self.subTest(fields), self.assertRaises(Problem):
                self.open()

    def test_a_name_outside_the_folder_is_refused(self):
        self.edit_index(train=[{"file": "../train-000.bin", "rows": 30, "tokens": 1, "sha256": ""}])
        with self.assertRaisesRegex(Problem, "outside its folder"):
            self.open()

    def test_the_command_refuses_a_wrong_vocabulary_in_one_line(self):
        folder = self.folder.parent
        recipe = write_recipe(folder, model={"vocabularySize": 512})
        code, events, err = run_trainer("train", "--recipe", recipe, "--data", self.folder, "--out", folder / "run")
        self.assertEqual((code, events), (2, []))
        self.assertRegex(err, r"\AThe shards in .* vocabulary of 320 .*\n\Z")


if __name__ == "__main__":
    unittest.main()
