"""Qwen3 a second time, position by position and head by head in float64, straight from the architecture's description and
sharing no code with `trainer.model`. It knows only the exported names.
"""

import math

import torch


def naive_logits(weights, shape, tokens):
    """float64 [tokens, vocabulary]."""
    weights = {name: tensor.double() for name, tensor in weights.items()}
    stream = [weights["model.embed_tokens.weight"][token] for token in tokens]
    for i in range(shape["layers"]):
        part = {name.split(f"layers.{i}.")[1]: tensor for name, tensor in weights.items() if f"layers.{i}." in name}
        normed = [_norm(x, part["input_layernorm.weight"], shape) for x in stream]
        stream = [x + y for x, y in zip(stream, _attention(part, shape, normed))]
        normed = [_norm(x, part["post_attention_layernorm.weight"], shape) for x in stream]
        stream = [x + _feed_forward(part, y) for x, y in zip(stream, normed)]
    return torch.stack([weights["model.embed_tokens.weight"] @ _norm(x, weights["model.norm.weight"], shape) for x in stream])


def _norm(x, weight, shape):
    return weight * x / torch.sqrt(torch.mean(x * x) + shape["normEpsilon"])


def _feed_forward(part, x):
    gate = part["mlp.gate_proj.weight"] @ x
    return part["mlp.down_proj.weight"] @ (gate / (1 + torch.exp(-gate)) * (part["mlp.up_proj.weight"] @ x))


def _attention(part, shape, inputs):
    size, outputs = shape["headSize"], [[] for _ in inputs]
    for head in range(shape["heads"]):
        shared = head // (shape["heads"] // shape["kvHeads"])
        keys, values = [], []
        for position, x in enumerate(inputs):
            key = _norm((part["self_attn.k_proj.weight"] @ x)[shared * size : (shared + 1) * size], part["self_attn.k_norm.weight"], shape)
            keys.append(_turn(key, position, shape))
            values.append((part["self_attn.v_proj.weight"] @ x)[shared * size : (shared + 1) * size])
            query = _norm((part["self_attn.q_proj.weight"] @ x)[head * size : (head + 1) * size], part["self_attn.q_norm.weight"], shape)
            query = _turn(query, position, shape)
            weights = torch.softmax(torch.stack([query @ key for key in keys]) / math.sqrt(size), 0)
            outputs[position].append(sum(weight * value for weight, value in zip(weights, values)))
    return [part["self_attn.o_proj.weight"] @ torch.cat(output) for output in outputs]


def _turn(x, position, shape):
    half, turned = shape["headSize"] // 2, x.clone()
    for i in range(half):
        angle = position * shape["ropeBase"] ** (-2 * i / shape["headSize"])
        turned[i] = x[i] * math.cos(angle) - x[i + half] * math.sin(angle)
        turned[i + half] = x[i + half] * math.cos(angle) + x[i] * math.sin(angle)
    return turned
