"""Runs programs, one at a time, inside the sandbox: the first process (PID 1) of its PID namespace.

Requests come on standard input and answers go to standard output, each a JSON object after its length in bytes
(4 bytes, big-endian). A request writes files into /cell, compiles, and runs: a command, or Python source in a fork of
this interpreter, which has the common modules loaded already. After every step every other process is killed; before
the next program all files of the last are removed.

Nothing in the sandbox can kill, stop or trace this process: the kernel keeps signals without a handler from PID 1, and
it is not dumpable. Standard library only, Python 3.9 or newer.
"""

import ctypes
import fcntl
import gc
import json
import os
import shutil
import signal
import struct
import sys

from zygote_step import HIGH, step

WRITABLE = ("/cell", "/tmp", "/dev/shm")
PR_SET_DUMPABLE = 4


def main():
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    # Python handles SIGINT; a handler would let programs deliver it to PID 1.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    control = fcntl.fcntl(0, fcntl.F_DUPFD_CLOEXEC, HIGH)
    answers = fcntl.fcntl(1, fcntl.F_DUPFD_CLOEXEC, HIGH)
    nothing = os.open("/dev/null", os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    sys.path[0] = "/cell"
    sys.argv = ["program.py"]
    if read(control)["preload"]:
        preload()
    gc.collect()
    gc.freeze()
    write(answers, {"clean": True})
    while True:
        request = read(control)
        if request["fresh"] and not wipe():
            # What cannot be removed vanishes with this process and its mounts.
            write(answers, {"clean": False})
            os._exit(0)
        write(answers, serve(request, control))


def preload():
    """Imports what programs import most, once for all of them. `unittest` brings `asyncio` and is left out."""
    import array, base64, bisect, cmath, collections, contextlib, copy, dataclasses, datetime, decimal  # noqa
    import enum, fractions, functools, hashlib, heapq, inspect, io, itertools, math, numbers, operator  # noqa
    import pprint, queue, random, re, statistics, string, tempfile, textwrap, typing, uuid  # noqa


# Requests and answers


def read(descriptor):
    (length,) = struct.unpack(">I", read_exactly(descriptor, 4))
    return json.loads(read_exactly(descriptor, length))


def read_exactly(descriptor, length):
    parts = []
    while length > 0:
        part = os.read(descriptor, min(length, 1 << 20))
        if not part:
            os._exit(0)  # The sandbox was closed.
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def write(descriptor, answer):
    data = json.dumps(answer).encode()
    data = memoryview(struct.pack(">I", len(data)) + data)
    while data:
        data = data[os.write(descriptor, data) :]


def serve(request, control):
    for path, text in request.get("files", {}).items():
        path = os.path.join("/cell", path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(text.encode("utf-8", "replace"))
    answer = {"clean": True}
    if request.get("compile"):
        answer["compile"] = step(request, request["compileMilliseconds"], control, command=request["compile"])
        if answer["compile"]["status"] != 0:
            return answer
    stdin = request.get("stdin", "").encode("utf-8", "replace")
    command, python = request.get("run"), request.get("python")
    answer["run"] = step(request, request["milliseconds"], control, command, python, stdin)
    return answer


def wipe():
    """Empties every writable folder. False where something resists."""
    try:
        for folder in WRITABLE:
            os.chmod(folder, 0o755)
            for name in os.listdir(folder):
                path = os.path.join(folder, name)
                if os.path.isdir(path) and not os.path.islink(path):
                    shutil.rmtree(path)
                else:
                    os.unlink(path)
        return True
    except (OSError, RecursionError):
        return False


main()
