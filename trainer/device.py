"""Where training runs and in what precision. Everything that PyTorch 1.13 lacks and 2.x has is asked for here."""

import importlib.util
from dataclasses import dataclass

import torch

from .environment import processor_flags
from .errors import Problem


@dataclass(frozen=True)
class Device:
    """`precision` is the type of matrix products; weights, gradients and optimizer state stay float32."""

    torch: torch.device
    precision: torch.dtype
    compiles: bool
    name: str

    def synchronize(self):
        """Waits for queued work, so that a clock read afterwards means something."""
        if self.torch.type == "cuda":
            torch.cuda.synchronize()


def choose_device(wanted, threads):
    """The device for `auto`, `cpu` or `cuda`; sets the number of CPU threads where `threads` is given."""
    if threads is not None:
        torch.set_num_threads(threads)
    if wanted == "cuda" and not torch.cuda.is_available():
        raise Problem("PyTorch finds no CUDA device here; use --device cpu.")
    if wanted == "cpu" or not torch.cuda.is_available():
        # Emulated bfloat16 is slower than float32, so the processor must have the instructions.
        native = {"avx512_bf16", "amx_bf16"} & processor_flags()
        return Device(torch.device("cpu"), torch.bfloat16 if native else torch.float32, False, "cpu")
    torch.backends.cuda.matmul.allow_tf32 = True
    precision = torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float32
    compiles = hasattr(torch, "compile") and importlib.util.find_spec("triton") is not None
    return Device(torch.device("cuda"), precision, compiles, torch.cuda.get_device_name())
