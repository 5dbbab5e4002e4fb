"""The operations between the matrix products, with gradients written out. On a CPU no compiler joins them, and each one
that automatic differentiation keeps apart reads and writes the activations once more; joined, and with exponentials in
float32 (which is faster there than bfloat16), a training step takes a quarter less time. On CUDA torch.compile does this.
"""

import torch
import torch.nn.functional as functional

# Rows of the wide middle of a layer that are worked on together, so that their float32 copies stay in the cache.
_ROWS = 512


def rms_norm(x, weight, epsilon, precision):
    """x / √(mean(x²) + ε) · weight over the last dimension, worked out in float32, given in `precision`."""
    if x.is_cuda:
        return _plain_norm(x.float(), weight, epsilon).to(precision)
    return _RMSNorm.apply(x, weight, epsilon, precision)


def normed_rotation(x, weight, epsilon, cosines, sines):
    """RMSNorm over each head, then RoPE (NEOX: element i turns with element i + size/2).

    Shapes: x [batch, time, heads, size], weight [heads, size], cosines and sines [time, 1, size/2].
    """
    if x.is_cuda:
        return _turned(_plain_norm(x.float(), weight, epsilon), cosines, sines).to(x.dtype)
    return _NormedRotation.apply(x, weight, epsilon, cosines, sines)


def swiglu(joint):
    """silu(gate) · up, where the last dimension of `joint` is gate and up, side by side."""
    if joint.is_cuda:
        gate, up = joint.chunk(2, dim=-1)
        return functional.silu(gate) * up
    return _SwiGLU.apply(joint)


class _RMSNorm(torch.autograd.Function):
    @staticmethod
    def forward(context, x, weight, epsilon, precision):
        y, inverse = _normed(x.float(), epsilon)
        context.save_for_backward(x, weight, inverse)
        return (y * weight).to(precision)

    @staticmethod
    def backward(context, upstream):
        x, weight, inverse = context.saved_tensors
        x_gradient, weight_gradient = _norm_gradients(upstream.float(), x.float(), weight, inverse)
        return x_gradient.to(x.dtype), weight_gradient, None, None


class _NormedRotation(torch.autograd.Function):
    @staticmethod
    def forward(context, x, weight, epsilon, cosines, sines):
        y, inverse = _normed(x.float(), epsilon)
        context.save_for_backward(x, weight, inverse, cosines, sines)
        return _turned(y.mul_(weight), cosines, sines).to(x.dtype)

    @staticmethod
    def backward(context, upstream):
        x, weight, inverse, cosines, sines = context.saved_tensors
        # The gradient of a rotation is the rotation back.
        turned_back = _turned(upstream.float(), cosines, -sines)
        x_gradient, weight_gradient = _norm_gradients(turned_back, x.float(), weight, inverse)
        return x_gradient.to(x.dtype), weight_gradient, None, None, None


class _SwiGLU(torch.autograd.Function):
    @staticmethod
    def forward(context, joint):
        context.save_for_backward(joint)
        width = joint.shape[-1]
        result = joint.new_empty(*joint.shape[:-1], width // 2)
        for rows, out in zip(joint.view(-1, width).split(_ROWS), result.view(-1, width // 2).split(_ROWS)):
            gate, up = (half.float() for half in rows.chunk(2, dim=-1))
            out.copy_(functional.silu(gate).mul_(up))
        return result

    @staticmethod
    def backward(context, upstream):
        (joint,) = context.saved_tensors
        width = joint.shape[-1]
        gradient = torch.empty_like(joint)
        parts = (joint.view(-1, width), upstream.reshape(-1, width // 2), gradient.view(-1, width))
        for rows, above, out in zip(*(part.split(_ROWS) for part in parts)):
            gate, up = (half.float() for half in rows.chunk(2, dim=-1))
            above = above.float()
            gate_gradient, up_gradient = out.chunk(2, dim=-1)
            up_gradient.copy_(functional.silu(gate).mul_(above))
            gate_gradient.copy_(torch.ops.aten.silu_backward(up * above, gate))
        return gradient


def _plain_norm(x, weight, epsilon):
    return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + epsilon) * weight


def _normed(x, epsilon):
    """(x / √(mean(x²) + ε), 1 / √(mean(x²) + ε))"""
    inverse = x.square().mean(-1, keepdim=True).add_(epsilon).rsqrt_()
    return x * inverse, inverse


def _norm_gradients(upstream, x, weight, inverse):
    """Gradients of x · inverse · weight by x and by weight; weight has x's last one or two dimensions."""
    y = x * inverse
    weight_gradient = (upstream * y).flatten(0, -weight.dim() - 1).sum(0)
    scaled = upstream * weight
    along = (scaled * y).mean(-1, keepdim=True)
    return scaled.addcmul_(y, along, value=-1).mul_(inverse), weight_gradient


def _turned(x, cosines, sines):
    """Each pair (x[i], x[i + half]) turned by its angle."""
    first, second = x.chunk(2, dim=-1)
    return torch.cat([first * cosines - second * sines, second * cosines + first * sines], dim=-1)
