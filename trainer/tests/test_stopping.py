import time
import unittest

from trainer.stopping import Stopping


class StoppingTest(unittest.TestCase):
    def test_keeps_the_reserve_and_what_the_next_piece_needs_free(self):
        stopping = Stopping(began=time.monotonic() - 1000, seconds=2000)
        self.assertIsNone(stopping.reason())
        self.assertIsNone(stopping.reason(needed=900))
        self.assertEqual(stopping.reason(needed=1100), "time")
        stopping.reserve = 500
        self.assertIsNone(stopping.reason(needed=400))
        self.assertEqual(stopping.reason(needed=600), "time")

    def test_time_from_before_counts(self):
        self.assertEqual(Stopping(began=time.monotonic() - 10, seconds=5).reason(), "time")

    def test_without_a_budget_only_a_signal_stops(self):
        self.assertIsNone(Stopping(began=0, seconds=None).reason(needed=1e9))


if __name__ == "__main__":
    unittest.main()
