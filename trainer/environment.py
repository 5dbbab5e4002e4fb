"""The process's environment on Linux. OpenBLAS, OpenMP and malloc read theirs once, before Python runs, so the trainer
starts itself again with the right one. Measured on two AVX-512 cores: the reference BLAS is a hundred times slower
than OpenBLAS, and keeping freed memory is worth a quarter of the speed.
"""

import os
import sys
from pathlib import Path

_OPENBLAS = "/usr/lib/x86_64-linux-gnu/openblas-openmp"


def tuned_environment(environment, threads):
    """`environment` with what PyTorch on a CPU wants; values that are already set stay, but for the thread count."""
    tuned = dict(environment)
    if threads is not None:
        tuned["OMP_NUM_THREADS"] = str(threads)
    tuned.setdefault("OMP_NUM_THREADS", str(len(os.sched_getaffinity(0))))
    # Spinning threads take the core from whoever else works on it.
    tuned.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    # Activations are freed and asked for again at every step: without these, each time from the kernel.
    tuned.setdefault("MALLOC_MMAP_THRESHOLD_", "1073741824")
    tuned.setdefault("MALLOC_TRIM_THRESHOLD_", "8589934592")
    flags = processor_flags()
    if {"avx512f", "avx512bw", "avx512dq", "avx512vl"} <= flags:
        # PyTorch 1.13 keeps to AVX2 unless told; exponentials take twice as long there.
        tuned.setdefault("ATEN_CPU_CAPABILITY", "avx512")
    if "avx512f" in flags:
        # OpenBLAS does not know some AVX-512 processors by name and would fall back to slower kernels.
        tuned.setdefault("OPENBLAS_CORETYPE", "SKYLAKEX")
    folders = [folder for folder in tuned.get("LD_LIBRARY_PATH", "").split(":") if folder]
    if Path(_OPENBLAS).is_dir() and folders[:1] != [_OPENBLAS]:
        tuned["LD_LIBRARY_PATH"] = ":".join([_OPENBLAS, *(folder for folder in folders if folder != _OPENBLAS)])
    return tuned


def enter_tuned_environment(threads):
    """Starts this very process again (same process id) if its environment is not the tuned one."""
    if sys.platform != "linux":
        return
    tuned = tuned_environment(os.environ, threads)
    if tuned != dict(os.environ):
        os.execve(sys.executable, [sys.executable, "-m", "trainer", *sys.argv[1:]], tuned)


def process_age():
    """Seconds since this process was started, over a start-again too; 0 where the system does not tell."""
    try:
        # Field 22 of proc(5): clock ticks from boot to start. The name in field 2 may hold spaces and ends with the last ")".
        ticks = int(Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()[19])
        return max(0.0, float(Path("/proc/uptime").read_text().split()[0]) - ticks / os.sysconf("SC_CLK_TCK"))
    except (OSError, ValueError, IndexError):
        return 0.0


def processor_flags():
    """The features that `/proc/cpuinfo` lists for the first processor, such as `avx512_bf16`."""
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
            for line in file:
                if line.startswith("flags"):
                    return set(line.split(":", 1)[1].split())
    except OSError:
        pass
    return set()
