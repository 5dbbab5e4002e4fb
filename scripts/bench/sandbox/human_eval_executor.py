"""How https://github.com/openai/human-eval (MIT) runs programs, written anew from its `execution.py` for comparison: a
pool of threads; for each program a `multiprocessing.Manager`, a process, a temporary folder, a guard that takes
dangerous functions away, a timer by signal, and the program's output dropped. It isolates nothing, and is given programs
that are known to be harmless.

Reads {"programs": [...], "workers": n, "timeout": seconds} as JSON; prints the seconds taken and how many passed.
"""

import builtins
import concurrent.futures
import contextlib
import faulthandler
import io
import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

TAKEN_FROM_OS = """kill system putenv remove removedirs rmdir fchdir setuid fork forkpty killpg rename renames truncate
replace unlink fchmod fchown chmod chown chroot lchflags lchmod lchown getcwd chdir""".split()


class WriteOnly(io.StringIO):
    def read(self, *_):
        raise IOError

    readline = readlines = read

    def readable(self, *_):
        return False


class RedirectedInput(contextlib._RedirectStream):
    _stream = "stdin"


class TimedOut(Exception):
    pass


@contextlib.contextmanager
def time_limit(seconds):
    def end(*_):
        raise TimedOut

    signal.setitimer(signal.ITIMER_REAL, seconds)
    signal.signal(signal.SIGALRM, end)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def guard():
    faulthandler.disable()
    builtins.exit = builtins.quit = builtins.help = None
    os.environ["OMP_NUM_THREADS"] = "1"
    for name in TAKEN_FROM_OS:
        setattr(os, name, None)
    shutil.rmtree = shutil.move = shutil.chown = subprocess.Popen = None
    for name in ("ipdb", "joblib", "resource", "psutil", "tkinter"):
        sys.modules[name] = None


def execute(program, timeout, result):
    with tempfile.TemporaryDirectory() as folder:
        rmtree, rmdir, chdir, unlink = shutil.rmtree, os.rmdir, os.chdir, os.unlink
        before = os.getcwd()
        chdir(folder)
        guard()
        stream = WriteOnly()
        try:
            with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream), RedirectedInput(stream):
                with time_limit(timeout):
                    exec(program, {})
            result.append("passed")
        except TimedOut:
            result.append("timed out")
        except BaseException as error:
            result.append(f"failed: {error}")
        chdir(before)
        shutil.rmtree, os.rmdir, os.chdir, os.unlink = rmtree, rmdir, chdir, unlink


def check(program, timeout):
    result = multiprocessing.Manager().list()
    process = multiprocessing.Process(target=execute, args=(program, timeout, result))
    process.start()
    process.join(timeout=timeout + 1)
    if process.is_alive():
        process.kill()
    return bool(result) and result[0] == "passed"


def main():
    request = json.load(sys.stdin)
    started = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(max_workers=request["workers"]) as executor:
        passed = sum(executor.map(lambda program: check(program, request["timeout"]), request["programs"]))
    print(json.dumps({"seconds": time.monotonic() - started, "passed": passed}))


if __name__ == "__main__":
    main()
