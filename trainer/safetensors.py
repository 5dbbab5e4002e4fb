"""The safetensors file format: an 8-byte little-endian header length, a JSON header, then the raw tensors.
Specification: https://huggingface.co/docs/safetensors
"""

import ctypes
import json
import os
import struct
from pathlib import Path

import torch

from .atomically import written_atomically
from .errors import Problem
from .recipe import reason


def write_safetensors(path, tensors, metadata):
    """Writes float32 `tensors` (name → tensor) and `metadata` (string → string) in one step: temporary name, then rename."""
    header, offset = {"__metadata__": metadata}, 0
    for name, tensor in tensors.items():
        size = tensor.numel() * 4
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [offset, offset + size]}
        offset += size
    encoded = json.dumps(header, separators=(",", ":")).encode()
    encoded += b" " * (-len(encoded) % 8)
    with written_atomically(path) as file:
        file.write(struct.pack("<Q", len(encoded)) + encoded)
        for tensor in tensors.values():
            file.write(float32_bytes(tensor))


def read_safetensors(path):
    """(tensors, metadata) of a file whose tensors are all F32."""
    try:
        data = bytearray(Path(path).read_bytes())
    except OSError as error:
        raise Problem(f"The weights {path} cannot be read ({reason(error)}); give the path of a .safetensors file.") from error
    try:
        (length,) = struct.unpack_from("<Q", data)
        header = json.loads(data[8 : 8 + length])
        metadata = header.pop("__metadata__", {})
        tensors = {}
        for name, entry in header.items():
            start, end = entry["data_offsets"]
            if entry["dtype"] != "F32" or end > len(data) - 8 - length:
                raise ValueError(name)
            part = torch.frombuffer(data, dtype=torch.uint8, count=end - start, offset=8 + length + start)
            tensors[name] = part.clone().view(torch.float32).view(entry["shape"])
    except (struct.error, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise Problem(f"The weights {path} are damaged or not F32 safetensors; export them again.") from error
    return tensors, metadata


def float32_bytes(tensor):
    """The raw little-endian bytes of a tensor as float32, without numpy."""
    tensor = tensor.detach().to("cpu", torch.float32).contiguous()
    return ctypes.string_at(tensor.data_ptr(), tensor.numel() * 4)
