import math
import tempfile
import unittest

import torch

from trainer.data import Shards
from trainer.heldout import bits_per_byte
from trainer.model import Qwen3, initialise
from trainer.tests.tiny import CONTEXT, PAD, VOCABULARY, counting_row, tiny_recipe, write_shards


class HeldoutTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.shards = Shards(write_shards(temporary.name, heldout_rows=6), VOCABULARY, CONTEXT, 1)
        self.model = Qwen3(tiny_recipe()["model"])
        initialise(self.model, 1)

    def make_uniform(self):
        with torch.no_grad():
            self.model.embedding.zero_()

    def predicted(self, first, rows):
        return sum(token != PAD for i in rows for token in counting_row(first + i)[1:])

    def test_a_uniform_model_pays_log2_of_the_vocabulary_for_each_token(self):
        self.make_uniform()
        result = bits_per_byte(self.model, self.shards, rows_at_once=4)
        c, python = self.predicted(1000, range(6)), self.predicted(2000, range(12))
        self.assertAlmostEqual(result["bitsPerByte"]["c"], math.log2(VOCABULARY) * c / 700, places=4)
        self.assertAlmostEqual(result["bitsPerByte"]["python"], math.log2(VOCABULARY) * python / 900, places=4)
        self.assertAlmostEqual(result["bitsPerByte"]["all"], math.log2(VOCABULARY) * (c + python) / 1600, places=4)
        self.assertEqual((result["rows"], result["ofRows"], result["full"]), (18, 18, True))

    def test_some_rows_count_for_their_share_of_the_bytes(self):
        """For a uniform model each token costs the same, so any rows give the value of all rows."""
        self.make_uniform()
        whole = bits_per_byte(self.model, self.shards, rows_at_once=4)["bitsPerByte"]
        some = bits_per_byte(self.model, self.shards, rows_at_once=4, most_rows=5)
        self.assertEqual((some["rows"], some["full"]), (10, False))
        self.assertAlmostEqual(some["bitsPerByte"]["c"], whole["c"], places=4)
        self.assertAlmostEqual(some["bitsPerByte"]["python"], whole["python"], places=4)

    def test_the_batch_does_not_matter(self):
        one, many = (bits_per_byte(self.model, self.shards, rows)["bitsPerByte"] for rows in (1, 100))
        for language, value in one.items():
            self.assertAlmostEqual(value, many[language], places=5)

    def test_an_interruption_gives_nothing(self):
        answers = iter([False, False, True])
        self.assertIsNone(bits_per_byte(self.model, self.shards, 4, interrupted=lambda: next(answers)))


if __name__ == "__main__":
    unittest.main()
