"""One step of a program, a command or Python source: from its fork until nothing of it lives."""

import ctypes
import fcntl
import os
import resource
import select
import signal
import time

from zygote_program import run_python

# Descriptors from here on are out of the way of programs that number their own.
HIGH = 200
# How often the memory of all processes together is added up, in milliseconds.
WATCH = 20
# What a runtime may ask for and never touch, in bytes.
RESERVE = 1 << 30
PR_SET_DUMPABLE = 4
PAGE = resource.getpagesize()

prctl = ctypes.CDLL(None).prctl


def step(request, milliseconds, control, command=None, python=None, stdin=b""):
    started = time.monotonic()
    nonce = os.urandom(16).hex().encode()
    stdin_read, stdin_write = os.pipe()
    nonce_read, nonce_write = os.pipe()
    verdict_read, verdict_write = os.pipe()
    stdout_read, stdout_write = os.pipe()
    stderr_read, stderr_write = os.pipe()
    os.write(nonce_write, nonce)
    os.close(nonce_write)
    pid = os.fork()
    if pid == 0:
        try:
            os.close(control)
            os.dup2(stdin_read, 0)
            os.dup2(stdout_write, 1)
            os.dup2(stderr_write, 2)
            confine(request, milliseconds)
            if python is not None:
                verdict = fcntl.fcntl(verdict_write, fcntl.F_DUPFD_CLOEXEC, HIGH)
                os.closerange(3, verdict)
                os.closerange(verdict + 1, 1 << 16)
                run_python(python, verdict, nonce)
            # The pipes may have the numbers 3 and 4 themselves.
            nonce_high = fcntl.fcntl(nonce_read, fcntl.F_DUPFD_CLOEXEC, HIGH)
            verdict_high = fcntl.fcntl(verdict_write, fcntl.F_DUPFD_CLOEXEC, HIGH)
            os.dup2(nonce_high, 3)
            os.dup2(verdict_high, 4)
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            os.execve(command[0], command, request["environment"])
        except BaseException as error:
            os.write(2, f"{error}\n".encode())
        finally:
            os._exit(127)
    for descriptor in (stdin_read, nonce_read, verdict_write, stdout_write, stderr_write):
        os.close(descriptor)
    outputs = {stdout_read: bytearray(), stderr_read: bytearray()}
    status, ended_by = supervise(pid, started + milliseconds / 1000, request, stdin_write, stdin, outputs, control)
    verdict = os.read(verdict_read, 4096) if readable(verdict_read) else b""
    os.close(verdict_read)
    answer = {
        "status": os.waitstatus_to_exitcode(status),
        "endedBy": ended_by,
        "verdict": verdict == nonce,
        "stdout": outputs[stdout_read].decode("utf-8", "replace"),
        "stderr": outputs[stderr_read].decode("utf-8", "replace"),
        "milliseconds": (time.monotonic() - started) * 1000,
    }
    os.close(stdout_read)
    os.close(stderr_read)
    return answer


def confine(request, milliseconds):
    """Sets the limits of this process and of all that come from it."""
    os.setsid()
    os.chdir("/cell")
    limit = resource.setrlimit
    seconds = int(milliseconds / 1000 * (os.cpu_count() or 1)) + 2
    limit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    limit(resource.RLIMIT_CORE, (0, 0))
    limit(resource.RLIMIT_NOFILE, (512, 512))
    limit(resource.RLIMIT_FSIZE, (request["diskBytes"], request["diskBytes"]))
    # One more for PID 1, which has the same user.
    limit(resource.RLIMIT_NPROC, (request["processes"] + 1, request["processes"] + 1))
    memory = resource.RLIMIT_AS if request["memoryLimit"] == "address-space" else resource.RLIMIT_DATA
    reserve = RESERVE if request["memoryLimit"] == "resident" else 0
    limit(memory, (request["bytes"] + reserve, request["bytes"] + reserve))
    prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)


def supervise(pid, deadline, request, stdin_write, stdin, outputs, control):
    """Feeds standard input and drains the outputs until `pid` ends, is out of time or takes too much memory; then kills
    every process but this one. Returns the wait status and why it was ended: `time`, `memory` or None."""
    poll = select.poll()
    process = os.pidfd_open(pid)
    poll.register(process, select.POLLIN)
    poll.register(control, select.POLLRDHUP)
    for descriptor in outputs:
        os.set_blocking(descriptor, False)
        poll.register(descriptor, select.POLLIN)
    stdin = memoryview(stdin)
    if stdin:
        os.set_blocking(stdin_write, False)
        poll.register(stdin_write, select.POLLOUT)
    else:
        os.close(stdin_write)
    feeding = bool(stdin)
    ended_by = status = None
    watch = time.monotonic() + WATCH / 1000
    while status is None:
        now = time.monotonic()
        if now >= deadline:
            ended_by = "time"
            break
        if now >= watch:
            if memory_of_all() > request["bytes"]:
                ended_by = "memory"
                break
            status = reap(pid)
            watch = time.monotonic() + WATCH / 1000
            continue
        for descriptor, event in poll.poll(max(1, (min(deadline, watch) - now) * 1000)):
            if descriptor == control:
                os._exit(0)  # The sandbox was closed: all that runs in it ends with PID 1.
            if descriptor == process:
                status = reap(pid)
            elif descriptor == stdin_write:
                stdin = feed(descriptor, stdin)
                if not stdin:
                    poll.unregister(descriptor)
                    os.close(descriptor)
                    feeding = False
            elif not drain(descriptor, outputs[descriptor], request["outputBytes"]):
                poll.unregister(descriptor)
    os.close(process)
    if feeding:
        os.close(stdin_write)
    status = kill_all(pid, status)
    for descriptor, kept in outputs.items():
        drain(descriptor, kept, request["outputBytes"], to_the_end=True)
    return status, ended_by


def feed(descriptor, data):
    try:
        return data[os.write(descriptor, data[:65536]) :]
    except BlockingIOError:
        return data
    except BrokenPipeError:
        return data[:0]


def drain(descriptor, kept, limit, to_the_end=False):
    """Reads what is there and keeps the first `limit` bytes of all. False at the end of the output."""
    while True:
        try:
            data = os.read(descriptor, 65536)
        except BlockingIOError:
            return True
        if not data:
            return False
        if len(kept) < limit:
            kept += data[: limit - len(kept)]
        if not to_the_end:
            return True


def reap(pid):
    """Reaps what has ended; returns the status of `pid` if it is among them."""
    status = None
    while True:
        try:
            ended, its_status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return status
        if ended == 0:
            return status
        if ended == pid:
            status = its_status


def kill_all(pid, status):
    """Kills every process of the sandbox but this one, and reaps them all. The kernel lets no fork slip through."""
    while True:
        try:
            os.kill(-1, signal.SIGKILL)
        except ProcessLookupError:
            pass
        try:
            while True:
                ended, its_status = os.waitpid(-1, 0)
                if ended == pid:
                    status = its_status
        except ChildProcessError:
            return status


def memory_of_all():
    """Private memory of all other processes together, in bytes; exact where pages are shared by forks."""
    rough = list(resident_memory())
    total = sum(resident for _, resident in rough)
    return total if len(rough) < 2 or total < 64 << 20 else sum(proportional(pid, size) for pid, size in rough)


def resident_memory():
    for name in os.listdir("/proc"):
        if name.isdigit() and name != "1":
            try:
                with open(f"/proc/{name}/statm", "rb") as file:
                    fields = file.read().split()
            except OSError:
                continue
            yield name, (int(fields[1]) - int(fields[2])) * PAGE


def proportional(pid, otherwise):
    """Anonymous memory, where a page that n processes share counts as 1/n (`Pss_Anon`)."""
    try:
        with open(f"/proc/{pid}/smaps_rollup", "rb") as file:
            for line in file:
                if line.startswith(b"Pss_Anon:"):
                    return int(line.split()[1]) << 10
    except OSError:
        pass
    return otherwise


def readable(descriptor):
    return bool(select.select([descriptor], [], [], 0)[0])
