"""Cross-entropy of the tied head, in chunks of tokens. The full matrix of logits would be the largest thing in memory
(16 rows of 512 tokens × 8,192 words × 4 bytes = 268 MB), and its gradient as large again.
"""

import torch

# Logits that are held at once.
_CPU_CHUNK = 2**24
_CUDA_CHUNK = 2**28


def summed_loss(hidden, embedding, targets, scale):
    """Sum over `targets` of −log p, times `scale`, differentiable in `hidden` and `embedding`.

    Shapes: hidden [tokens, width] in the precision of the products, embedding [vocabulary, width] float32,
    targets int64 [tokens]; targets below 0 are left out.
    """
    return _SummedLoss.apply(hidden, embedding, targets, scale)


def negative_log_likelihoods(hidden, embedding, targets):
    """−log p of each target as float32 [tokens], 0 where a target is below 0. Not differentiable."""
    embedding = embedding.to(hidden.dtype)
    parts = []
    with torch.no_grad():
        for span in _spans(hidden, embedding):
            logits = (hidden[span] @ embedding.t()).float()
            wanted = targets[span].clamp(min=0)
            losses = torch.logsumexp(logits, -1) - logits.gather(1, wanted[:, None])[:, 0]
            parts.append(torch.where(targets[span] < 0, torch.zeros_like(losses), losses))
    return torch.cat(parts)


class _SummedLoss(torch.autograd.Function):
    """Works out the gradients with the loss, while a chunk's probabilities are at hand: three products per chunk, and
    nothing is kept or computed twice.
    """

    @staticmethod
    def forward(context, hidden, embedding, targets, scale):
        head = embedding.to(hidden.dtype)
        hidden_gradient = torch.empty_like(hidden)
        head_gradient = torch.zeros_like(embedding)
        total = torch.zeros((), dtype=torch.float32, device=hidden.device)
        for span in _spans(hidden, head):
            counted = (targets[span] >= 0).float()
            wanted = targets[span].clamp(min=0)[:, None]
            probabilities = torch.softmax((hidden[span] @ head.t()).float(), -1)
            chosen = probabilities.gather(1, wanted)
            total -= (chosen[:, 0].clamp(min=1e-30).log() * counted).sum()
            logit_gradient = probabilities.scatter_(1, wanted, chosen - 1.0).to(hidden.dtype)
            # What leaves a row of the logits' gradient out leaves it out of the narrow matrices around it instead.
            kept = counted[:, None].to(hidden.dtype)
            hidden_gradient[span] = (logit_gradient @ head).mul_(kept)
            head_gradient += logit_gradient.t() @ (hidden[span] * kept)
        context.scale = scale
        context.save_for_backward(hidden_gradient, head_gradient)
        return total * scale

    @staticmethod
    def backward(context, upstream):
        hidden_gradient, head_gradient = context.saved_tensors
        factor = upstream * context.scale
        return hidden_gradient * factor, head_gradient * factor, None, None


def _spans(hidden, head):
    budget = _CUDA_CHUNK if hidden.is_cuda else _CPU_CHUNK
    length = max(1, budget // head.shape[0])
    return [slice(start, start + length) for start in range(0, hidden.shape[0], length)]
