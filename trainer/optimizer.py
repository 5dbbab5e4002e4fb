"""Muon for the matrices inside the layers, Adam for the embedding and the norms.

Muon (Jordan and others, 2024, https://kellerjordan.github.io/posts/muon/) replaces a matrix's momentum by the nearest
orthogonal matrix, so that every direction is learnt at the same pace.
"""

import torch

# The quintic of Newton–Schulz whose slope at 0 is steep: singular values end between about 0.7 and 1.2.
_QUINTIC = (3.4445, -4.7750, 2.0315)
_ITERATIONS = 5


class Muon:
    """Momentum, orthogonalised by Newton–Schulz. Matrices of one shape are handled as one batch."""

    def __init__(self, matrices, momentum, weight_decay, precision):
        self._momentum, self._weight_decay, self._precision = momentum, weight_decay, precision
        self._matrices = matrices
        self._buffers = [torch.zeros_like(matrix) for matrix in matrices]
        self._batches = {}
        for i, matrix in enumerate(matrices):
            self._batches.setdefault(tuple(sorted(matrix.shape)), []).append(i)

    @torch.no_grad()
    def step(self, rate):
        for members in self._batches.values():
            gradients = [self._matrices[i].grad for i in members]
            buffers = [self._buffers[i] for i in members]
            updates = []
            for gradient, buffer in zip(gradients, buffers):
                buffer.lerp_(gradient, 1 - self._momentum)
                update = gradient.lerp(buffer, self._momentum)
                updates.append(update.t() if update.shape[0] > update.shape[1] else update)
            for i, update in zip(members, orthogonalised(torch.stack(updates), self._precision)):
                matrix = self._matrices[i]
                outputs, inputs = matrix.shape
                matrix.mul_(1 - rate * self._weight_decay)
                update = update.t() if outputs > inputs else update
                matrix.add_(update.to(matrix.dtype), alpha=-rate * max(1.0, outputs / inputs) ** 0.5)

    def state(self):
        """Momentum per matrix, in the matrices' order."""
        return self._buffers

    def load_state(self, buffers):
        for mine, saved in zip(self._buffers, buffers):
            mine.copy_(saved)


def orthogonalised(matrices, precision):
    """Nearest (semi-)orthogonal matrices to `matrices` [count, rows, columns], rows ≤ columns, roughly."""
    a, b, c = _QUINTIC
    x = (matrices / (matrices.flatten(1).norm(dim=1)[:, None, None] + 1e-7)).to(precision)
    for _ in range(_ITERATIONS):
        gram = torch.bmm(x, x.transpose(1, 2))
        # Not baddbmm: in bfloat16 on a CPU it takes half as long again.
        polynomial = torch.bmm(gram, gram).mul_(c).add_(gram, alpha=b)
        x = torch.bmm(polynomial, x).add_(x, alpha=a)
    return x


class Adam:
    """Adam with bias correction and without weight decay (Kingma and Ba, 2015)."""

    def __init__(self, weights, betas=(0.9, 0.95), epsilon=1e-10):
        self._weights, self._betas, self._epsilon = weights, betas, epsilon
        self._first = [torch.zeros_like(weight) for weight in weights]
        self._second = [torch.zeros_like(weight) for weight in weights]
        self._steps = 0

    @torch.no_grad()
    def step(self, rate):
        self._steps += 1
        beta1, beta2 = self._betas
        for weight, first, second in zip(self._weights, self._first, self._second):
            first.lerp_(weight.grad, 1 - beta1)
            second.mul_(beta2).addcmul_(weight.grad, weight.grad, value=1 - beta2)
            spread = (second / (1 - beta2**self._steps)).sqrt_().add_(self._epsilon)
            weight.addcdiv_(first, spread, value=-rate / (1 - beta1**self._steps))

    def state(self):
        """Both moments per weight, in the weights' order."""
        return {"first": self._first, "second": self._second}

    def load_state(self, state, steps):
        self._steps = steps
        for mine, saved in zip(self._first + self._second, state["first"] + state["second"]):
            mine.copy_(saved)


def split_parameters(model):
    """(matrices inside the layers, everything else) in the model's order."""
    inside = [weight for name, weight in model.named_parameters() if weight.dim() == 2 and ".layers." in name]
    rest = [weight for name, weight in model.named_parameters() if weight.dim() != 2 or ".layers." not in name]
    return inside, rest


@torch.no_grad()
def clip_gradients(parameters, limit):
    """Scales all gradients so that their common norm is at most `limit` (0 for no limit); returns the norm before, a tensor."""
    gradients = [parameter.grad for parameter in parameters]
    norm = torch.stack([gradient.norm() for gradient in gradients]).norm()
    if limit > 0:
        torch._foreach_mul_(gradients, float((limit / (norm + 1e-6)).clamp(max=1.0)))
    return norm
