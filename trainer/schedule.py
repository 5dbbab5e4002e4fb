"""Warm-up, stable, decay: the factor on both learning rates, as a function of the step alone."""

from .errors import Problem


def rate_factor(step, schedule):
    """Factor on the learning rates for step `step`, counted from 0: up to 1 over `warmupSteps`, then flat, then
    linear over the last `decaySteps`, so that the very last step runs at `finalShare`.
    """
    if step < schedule["warmupSteps"]:
        return (step + 1) / schedule["warmupSteps"]
    into_decay = step - (schedule["steps"] - schedule["decaySteps"]) + 1
    if into_decay <= 0:
        return 1.0
    return 1.0 + (schedule["finalShare"] - 1.0) * into_decay / schedule["decaySteps"]


def refuse_other_past(done, trained, wanted):
    """Raises a `Problem` unless the `done` steps trained under the schedule `trained` would have had the same
    rates under `wanted`. So a run may be told to end earlier or later as long as it has not begun to decay.
    """
    if all(rate_factor(step, trained) == rate_factor(step, wanted) for step in range(done)):
        if done <= wanted["steps"]:
            return
    if done > trained["steps"] - trained["decaySteps"]:
        raise Problem(
            f"This run is {done} steps old and began to decay at step {trained['steps'] - trained['decaySteps']}, so its "
            f"length cannot change any more; go on with {trained['steps']} steps of which {trained['decaySteps']} decay, "
            f"or start a new run."
        )
    raise Problem(
        f"This run is {done} steps old, and {wanted['steps']} steps of which {wanted['decaySteps']} decay would have to be at "
        f"another rate by then; ask for at least {done + wanted['decaySteps']} steps and the same warm-up."
    )
