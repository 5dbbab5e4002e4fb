"""Qwen3: RMSNorm, SwiGLU, RoPE on halves, norms on queries and keys, grouped heads, tied embedding, no biases.
llama.cpp runs these weights as they are. Module names are Hugging Face's, so `state_dict` is what is exported.
"""

import math

import torch
import torch.nn.functional as functional
from torch import nn

from .attention import causal_attention
from .fused import normed_rotation, rms_norm, swiglu


class Qwen3(nn.Module):
    """Token ids [batch, time] → final hidden states [batch, time, width]; the head is the embedding itself.

    `shape` is a recipe's `model`. Weights are float32; matrix products run in `precision`.
    """

    def __init__(self, shape, precision=torch.float32):
        super().__init__()
        self.model = _Decoder(shape, precision)

    def forward(self, tokens):
        return self.model(tokens)

    @property
    def embedding(self):
        """The [vocabulary, width] matrix that is both embedding and head."""
        return self.model.embed_tokens.weight

    def logits(self, tokens):
        """Scores of the next token at each position, [batch, time, vocabulary]."""
        hidden = self(tokens)
        return hidden @ self.embedding.to(hidden.dtype).t()


def initialise(model, seed, random_projections=False):
    """Fills the weights from `seed`. The two projections that write into the residual stream start at zero, so that
    each layer starts as the identity; `random_projections` fills them and the norms too, for tests that compare
    implementations.
    """
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if weight.dim() == 1:
                weight.fill_(1.0)
                if random_projections:
                    weight.add_(torch.randn(weight.shape, generator=generator) * 0.2)
            elif name.endswith("embed_tokens.weight"):
                weight.copy_(torch.randn(weight.shape, generator=generator) * 0.02)
            elif name.endswith(("o_proj.weight", "down_proj.weight")) and not random_projections:
                weight.zero_()
            else:
                weight.copy_(torch.randn(weight.shape, generator=generator) * (0.5 / math.sqrt(weight.shape[1])))


class _Decoder(nn.Module):
    def __init__(self, shape, precision):
        super().__init__()
        self.embed_tokens = nn.Embedding(shape["vocabularySize"], shape["width"])
        self.layers = nn.ModuleList(_Layer(shape, precision) for _ in range(shape["layers"]))
        self.norm = RMSNorm(shape["width"], shape["normEpsilon"], precision)
        cosines, sines = rotations(shape["contextLength"], shape["headSize"], shape["ropeBase"])
        self.register_buffer("cosines", cosines, persistent=False)
        self.register_buffer("sines", sines, persistent=False)

    def forward(self, tokens):
        stream = self.embed_tokens(tokens)
        time = tokens.shape[1]
        turn = (self.cosines[:time, None], self.sines[:time, None])
        for layer in self.layers:
            stream = layer(stream, turn)
        return self.norm(stream)


class _Layer(nn.Module):
    def __init__(self, shape, precision):
        super().__init__()
        self.self_attn = _Attention(shape)
        self.mlp = _SwiGLU(shape)
        self.input_layernorm = RMSNorm(shape["width"], shape["normEpsilon"], precision)
        self.post_attention_layernorm = RMSNorm(shape["width"], shape["normEpsilon"], precision)

    def forward(self, stream, turn):
        stream = stream + self.self_attn(self.input_layernorm(stream), turn)
        return stream + self.mlp(self.post_attention_layernorm(stream))


class _Attention(nn.Module):
    def __init__(self, shape):
        super().__init__()
        width, size = shape["width"], shape["headSize"]
        self.heads, self.kv_heads, self.size = shape["heads"], shape["kvHeads"], size
        self.q_proj = nn.Linear(width, self.heads * size, bias=False)
        self.k_proj = nn.Linear(width, self.kv_heads * size, bias=False)
        self.v_proj = nn.Linear(width, self.kv_heads * size, bias=False)
        self.o_proj = nn.Linear(self.heads * size, width, bias=False)
        self.q_norm = RMSNorm(size, shape["normEpsilon"], torch.float32)
        self.k_norm = RMSNorm(size, shape["normEpsilon"], torch.float32)

    def forward(self, x, turn):
        batch, time, _ = x.shape
        # One product for the three: the matrices are small and the activations are read once.
        joint = torch.cat([self.q_proj.weight, self.k_proj.weight, self.v_proj.weight]).to(x.dtype)
        mixed = functional.linear(x, joint).view(batch, time, -1, self.size)
        turning, values = mixed.split([self.heads + self.kv_heads, self.kv_heads], dim=2)
        norms = torch.cat([self.q_norm.weight.expand(self.heads, -1), self.k_norm.weight.expand(self.kv_heads, -1)])
        queries, keys = normed_rotation(turning, norms, self.q_norm.epsilon, *turn).split([self.heads, self.kv_heads], dim=2)
        attended = causal_attention(queries, keys, values)
        return functional.linear(attended.reshape(batch, time, -1), self.o_proj.weight.to(x.dtype))


class _SwiGLU(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.gate_proj = nn.Linear(shape["width"], shape["feedForward"], bias=False)
        self.up_proj = nn.Linear(shape["width"], shape["feedForward"], bias=False)
        self.down_proj = nn.Linear(shape["feedForward"], shape["width"], bias=False)

    def forward(self, x):
        joint = torch.cat([self.gate_proj.weight, self.up_proj.weight]).to(x.dtype)
        return functional.linear(swiglu(functional.linear(x, joint)), self.down_proj.weight.to(x.dtype))


class RMSNorm(nn.Module):
    """Normalises the last dimension; gives its result in `precision`."""

    def __init__(self, width, epsilon, precision):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon
        self._precision = precision

    def forward(self, x):
        return rms_norm(x, self.weight, self.epsilon, self._precision)


def rotations(length, size, base):
    """Cosines and sines [length, size/2] of RoPE's angles: position · base^(−2i/size)."""
    frequencies = base ** (-torch.arange(0, size, 2, dtype=torch.float64) / size)
    angles = torch.arange(length, dtype=torch.float64)[:, None] * frequencies
    return angles.cos().float(), angles.sin().float()

