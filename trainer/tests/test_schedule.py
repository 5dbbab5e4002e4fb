import unittest

from trainer.errors import Problem
from trainer.schedule import rate_factor, refuse_other_past

SCHEDULE = {"steps": 100, "warmupSteps": 10, "decaySteps": 40, "finalShare": 0.05}


class ScheduleTest(unittest.TestCase):
    def test_warms_up_stays_and_decays(self):
        expected = {0: 0.1, 4: 0.5, 9: 1.0, 10: 1.0, 59: 1.0, 60: 1 - 0.95 / 40, 79: 0.525, 99: 0.05}
        for step, factor in expected.items():
            self.assertAlmostEqual(rate_factor(step, SCHEDULE), factor, msg=f"step {step}")

    def test_without_warmup_and_decay_it_is_flat(self):
        flat = {"steps": 3, "warmupSteps": 0, "decaySteps": 0, "finalShare": 0}
        self.assertEqual([rate_factor(step, flat) for step in range(3)], [1, 1, 1])

    def test_a_run_in_its_stable_phase_may_end_earlier_or_later(self):
        refuse_other_past(60, SCHEDULE, {**SCHEDULE, "steps": 1000})
        refuse_other_past(30, SCHEDULE, {**SCHEDULE, "steps": 50, "decaySteps": 20})

    def test_a_run_that_decays_keeps_its_length(self):
        with self.assertRaisesRegex(Problem, "began to decay at step 60"):
            refuse_other_past(61, SCHEDULE, {**SCHEDULE, "steps": 1000})

    def test_an_end_that_should_have_begun_to_decay_earlier_is_refused(self):
        with self.assertRaisesRegex(Problem, "at least 90 steps"):
            refuse_other_past(50, SCHEDULE, {**SCHEDULE, "steps": 80})


if __name__ == "__main__":
    unittest.main()
