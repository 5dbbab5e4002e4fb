"""A Python program, in the fork that runs it."""

import atexit
import builtins
import linecache
import os
import signal
import sys
import threading
import traceback
import types


def run_python(python, verdict, nonce):
    """Runs the source as `__main__`; where it came to its end without an error, writes the nonce. What is needed
    afterwards is taken before: a program may replace any name of any module."""
    leave, send, get_pid, pid = os._exit, os.write, os.getpid, os.getpid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    module = types.ModuleType("__main__" if not python["tests"] else "program")
    module.__dict__.update(__file__="/cell/program.py", __builtins__=builtins)
    sys.modules[module.__name__] = module
    status, ended = 1, False
    try:
        source = python["source"].encode("utf-8", "surrogatepass")
        exec(compile(source, "program.py", "exec", dont_inherit=True), module.__dict__)
        if python["tests"]:
            run_tests(module)
        threading._shutdown()
        atexit._run_exitfuncs()
        status, ended = 0, True
    except SystemExit as exit:
        status = exit_status(exit)
    except BaseException as error:
        print_error(error, python["source"])
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        status, ended = status or 120, False
    if ended and get_pid() == pid:
        send(verdict, nonce)
    leave(status)


def run_tests(module):
    """Runs the `TestCase` classes and the `test…` functions without parameters, as pytest does."""
    import unittest

    suite = unittest.defaultTestLoader.loadTestsFromModule(module)
    for name, value in list(vars(module).items()):
        if name.startswith("test") and isinstance(value, types.FunctionType) and value.__code__.co_argcount == 0:
            suite.addTest(unittest.FunctionTestCase(value))
    if suite.countTestCases() == 0:
        raise RuntimeError("no tests")
    result = unittest.TextTestRunner(verbosity=0).run(suite)
    if not result.wasSuccessful():
        broken = result.errors + result.failures
        last = broken[0][1].strip().splitlines()[-1] if broken else "unexpected success"
        raise RuntimeError(last)


def exit_status(exit):
    if exit.code is None:
        return 0
    if isinstance(exit.code, int):
        return exit.code & 0xFF
    os.write(2, f"{exit.code}\n".encode("utf-8", "replace"))
    return 1


def print_error(error, source):
    """As Python prints an uncaught exception, without our own frames."""
    try:
        linecache.cache["program.py"] = (len(source), None, source.splitlines(True), "program.py")
        trace = error.__traceback__.tb_next if error.__traceback__ else None
        sys.stdout.flush()
        os.write(2, "".join(traceback.format_exception(type(error), error, trace)).encode("utf-8", "replace"))
    except BaseException:
        os.write(2, f"{type(error).__name__}\n".encode())
