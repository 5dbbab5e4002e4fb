"""Causal attention over grouped heads, by the fastest means the device and the PyTorch version offer."""

import torch
import torch.nn.functional as functional

# Queries that are scored together on a CPU. Keys after a block's last query are left out, which saves
# up to half of the work; smaller blocks save more and make the products too small.
_BLOCK = 128


def causal_attention(queries, keys, values):
    """Softmax(QKᵀ/√d)V without a look ahead.

    Shapes: queries [batch, time, heads, size], keys and values [batch, time, kvHeads, size]; head h reads the
    keys of h // (heads / kvHeads). Returns [batch, time, heads, size].
    """
    if queries.is_cuda and hasattr(functional, "scaled_dot_product_attention"):
        return _flash(queries, keys, values)
    return _blockwise(queries, keys, values)


def _flash(queries, keys, values):
    group = queries.shape[2] // keys.shape[2]
    # Repeating keys costs little beside attention and works in every version, unlike enable_gqa.
    keys, values = (part.repeat_interleave(group, dim=2) if group > 1 else part for part in (keys, values))
    mixed = functional.scaled_dot_product_attention(
        queries.transpose(1, 2), keys.transpose(1, 2), values.transpose(1, 2), is_causal=True
    )
    return mixed.transpose(1, 2)


def _blockwise(queries, keys, values):
    """The heads of a group share keys, so their queries stand in one matrix, [batch·kvHeads, time·group, size]."""
    batch, time, heads, size = queries.shape
    kv_heads = keys.shape[2]
    queries = (queries * size**-0.5).view(batch, time, kv_heads, -1, size).transpose(1, 2).reshape(batch * kv_heads, -1, size)
    keys, values = (part.transpose(1, 2).reshape(-1, time, size) for part in (keys, values))
    mixed = _Blockwise.apply(queries, keys, values, heads // kv_heads)
    return mixed.view(batch, kv_heads, time, -1, size).transpose(1, 2).reshape(batch, time, heads, size)


class _Blockwise(torch.autograd.Function):
    """Keeps the attention weights, in the precision of the products, for the way back."""

    @staticmethod
    def forward(context, queries, keys, values, group):
        time = keys.shape[1]
        weights, mixed = [], []
        for start, end in _blocks(time):
            scores = torch.bmm(queries[:, start * group : end * group], keys[:, :end].transpose(1, 2))
            # Only the square on the diagonal reaches into the future. A large number in place of infinity: bfloat16 adds it as it is.
            scores[..., start:].add_(_future(end - start, group, scores))
            weights.append(scores.softmax(-1))
            mixed.append(torch.bmm(weights[-1], values[:, :end]))
        context.group = group
        context.save_for_backward(queries, keys, values, *weights)
        return torch.cat(mixed, 1)

    @staticmethod
    def backward(context, upstream):
        queries, keys, values, *weights = context.saved_tensors
        group = context.group
        query_gradients = []
        key_gradient, value_gradient = (torch.zeros(part.shape, dtype=torch.float32, device=part.device) for part in (keys, values))
        for (start, end), weight in zip(_blocks(keys.shape[1]), weights):
            rows = slice(start * group, end * group)
            value_gradient[:, :end] += torch.bmm(weight.transpose(1, 2), upstream[:, rows])
            outer = torch.bmm(upstream[:, rows], values[:, :end].transpose(1, 2))
            scores = torch.ops.aten._softmax_backward_data(outer, weight, -1, weight.dtype)
            query_gradients.append(torch.bmm(scores, keys[:, :end]))
            key_gradient[:, :end] += torch.bmm(scores.transpose(1, 2), queries[:, rows])
        return torch.cat(query_gradients, 1), key_gradient.to(keys.dtype), value_gradient.to(values.dtype), None


def _blocks(time):
    return [(start, min(start + _BLOCK, time)) for start in range(0, time, _BLOCK)]


def _future(length, group, like):
    """[length·group, length] of zeros, and −10³⁰ where a key is later than the query (queries in the order time, head)."""
    mask = torch.full((length, length), -1e30, dtype=like.dtype, device=like.device).triu(1)
    return mask.repeat_interleave(group, 0)
