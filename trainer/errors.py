"""The one kind of error that is meant for the person who started the trainer."""


class Problem(Exception):
    """One sentence about what is wrong and what to do. The command prints it without a traceback and exits with 2."""
