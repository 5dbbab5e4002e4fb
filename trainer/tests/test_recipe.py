import json
import tempfile
import unittest
from pathlib import Path

from trainer.errors import Problem
from trainer.recipe import check_recipe, load_recipe
from trainer.tests.tiny import ROOT, run_trainer, tiny_recipe, write_recipe, write_shards


class RecipeTest(unittest.TestCase):
    def test_accepts_the_recipes_that_ship(self):
        recipes = sorted((ROOT / "recipes").glob("*.json"))
        self.assertTrue(recipes)
        for path in recipes:
            self.assertEqual(load_recipe(path), json.loads(path.read_text()))

    def test_names_the_field_that_is_wrong(self):
        for sentence, changes in {
            r"optimizer\.muonRate must be more than 0, not -0\.02": {"optimizer": {"muonRate": -0.02}},
            r"model\.width must be a multiple of 32, not 100": {"model": {"width": 100}},
            r"model\.layers must be an integer, not 2\.5": {"model": {"layers": 2.5}},
            r"model\.layers must be an integer, not true": {"model": {"layers": True}},
            r"optimizer\.adamRate must be a number, not NaN": {"optimizer": {"adamRate": float("nan")}},
            r"schedule\.speed is not a field": {"schedule": {"speed": 1}},
            r"name must match": {"name": "../tiny"},
            r"format must be \"understudy-recipe-1\"": {"format": "2"},
            r"model\.heads \(3\) must be a multiple of model\.kvHeads \(2\)": {"model": {"heads": 3}},
            r"must fit into schedule\.steps \(9\)": {"schedule": {"steps": 9}},
            r"batch\.microRows \(9\) must be at most": {"batch": {"microRows": 9}},
        }.items():
            with self.subTest(sentence), self.assertRaisesRegex(Problem, sentence):
                check_recipe(tiny_recipe(**changes))
        lacking = tiny_recipe()
        del lacking["batch"]["rows"]
        with self.assertRaisesRegex(Problem, r"batch\.rows is missing"):
            check_recipe(lacking)

    def test_the_command_refuses_in_one_line_and_leaves_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            recipe = write_recipe(folder, optimizer={"muonRate": -1})
            code, events, err = run_trainer("train", "--recipe", recipe, "--data", write_shards(f"{folder}/data"), "--out", f"{folder}/run")
            self.assertEqual((code, events), (2, []))
            self.assertRegex(err, r"\AThe recipe is wrong: optimizer\.muonRate .*\n\Z")
            self.assertFalse(Path(folder, "run").exists())

    def test_a_file_that_is_not_a_recipe_is_a_sentence(self):
        with tempfile.TemporaryDirectory() as folder:
            for text in ("{", "[]", "\0", "[" * 100_000):
                path = Path(folder, "recipe.json")
                path.write_text(text)
                with self.assertRaises(Problem):
                    load_recipe(path)
            with self.assertRaisesRegex(Problem, "cannot be read"):
                load_recipe(Path(folder, "absent.json"))


if __name__ == "__main__":
    unittest.main()
