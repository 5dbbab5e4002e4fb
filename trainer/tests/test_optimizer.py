import unittest

import torch

from trainer.loss import summed_loss
from trainer.model import Qwen3, initialise
from trainer.optimizer import Adam, Muon, clip_gradients, orthogonalised, split_parameters
from trainer.tests.tiny import VOCABULARY, tiny_recipe


class MuonTest(unittest.TestCase):
    def test_singular_values_end_near_one(self):
        """From singular values between 1 and 1/100; the quintic brings them to about 0.7 to 1.2."""
        generator = torch.Generator().manual_seed(1)
        left = torch.linalg.qr(torch.randn(3, 32, 32, generator=generator))[0]
        right = torch.linalg.qr(torch.randn(3, 80, 32, generator=generator))[0]
        matrices = left @ torch.diag_embed(torch.logspace(-2, 0, 32).expand(3, 32)) @ right.transpose(1, 2)
        values = torch.linalg.svdvals(orthogonalised(matrices, torch.float32))
        self.assertGreater(float(values.min()), 0.5)
        self.assertLess(float(values.max()), 1.3)
        rough = torch.linalg.svdvals(orthogonalised(matrices, torch.bfloat16).float())
        self.assertLess(float((values - rough).abs().max()), 0.1)

    def test_keeps_the_singular_vectors(self):
        matrix = torch.randn(16, 24, generator=torch.Generator().manual_seed(2))
        left, _, right = torch.linalg.svd(matrix, full_matrices=False)
        between = left.t() @ orthogonalised(matrix[None], torch.float32)[0] @ right.t()
        self.assertLess(float((between - torch.diag(between.diagonal())).abs().max()), 1e-3)

    def test_a_step_has_the_scale_of_its_shape_whatever_the_gradient_s(self):
        """Spectral norm of the step: rate · √max(1, out/in), within the quintic's 0.7 to 1.2."""
        for shape, scale in {(64, 16): 2.0, (16, 64): 1.0, (32, 32): 1.0}.items():
            for size in (1e-6, 1e3):
                matrix = torch.zeros(shape)
                matrix.grad = torch.randn(shape, generator=torch.Generator().manual_seed(3)) * size
                Muon([matrix], 0.95, 0.01, torch.float32).step(0.02)
                norm = float(torch.linalg.matrix_norm(matrix, 2))
                self.assertTrue(0.7 < norm / (0.02 * scale) < 1.3, (shape, size, norm))

    def test_matrices_in_a_batch_do_not_mix(self):
        generator = torch.Generator().manual_seed(4)
        shapes = [(16, 24), (24, 16), (16, 24), (16, 16)]
        gradients = [torch.randn(shape, generator=generator) for shape in shapes]
        together = [torch.ones(shape) for shape in shapes]
        for matrix, gradient in zip(together, gradients):
            matrix.grad = gradient.clone()
        Muon(together, 0.95, 0.01, torch.float32).step(0.02)
        for matrix, gradient in zip(together, gradients):
            alone = torch.ones(matrix.shape)
            alone.grad = gradient.clone()
            Muon([alone], 0.95, 0.01, torch.float32).step(0.02)
            self.assertTrue(torch.allclose(matrix, alone, atol=1e-6))

    def test_weight_decay_shrinks(self):
        matrix = torch.full((8, 8), 3.0)
        matrix.grad = torch.zeros(8, 8)
        Muon([matrix], 0.95, 0.5, torch.float32).step(0.1)
        self.assertTrue(torch.allclose(matrix, torch.full((8, 8), 3.0 * 0.95)))


class AdamTest(unittest.TestCase):
    def test_equals_pytorch_s(self):
        generator = torch.Generator().manual_seed(5)
        ours = torch.randn(7, 3, generator=generator)
        theirs = ours.clone().requires_grad_()
        mine, reference = Adam([ours]), torch.optim.Adam([theirs], lr=0.01, betas=(0.9, 0.95), eps=1e-10)
        for _ in range(20):
            ours.grad = torch.randn(7, 3, generator=generator)
            theirs.grad = ours.grad.clone()
            mine.step(0.01)
            reference.step()
        self.assertTrue(torch.allclose(ours, theirs.detach(), atol=1e-6))


class GradientTest(unittest.TestCase):
    def test_accumulated_parts_equal_the_whole_batch(self):
        rows = torch.randint(VOCABULARY, (8, 33), generator=torch.Generator().manual_seed(6))
        targets = rows[:, 1:].masked_fill(torch.arange(32)[None] > torch.arange(8)[:, None] * 4, -1)
        gradients = []
        for micro_rows in (8, 3):
            model = Qwen3(tiny_recipe()["model"])
            initialise(model, 1, random_projections=True)
            for start in range(0, 8, micro_rows):
                part = slice(start, start + micro_rows)
                hidden = model(rows[part, :-1]).flatten(0, 1)
                summed_loss(hidden, model.embedding, targets[part].flatten(), 1 / int((targets >= 0).sum())).backward()
            gradients.append([weight.grad for weight in model.parameters()])
        for whole, summed in zip(*gradients):
            self.assertLess(float((whole - summed).abs().max()), 1e-5 * float(whole.abs().max()))

    def test_clipping_keeps_the_direction(self):
        weights = [torch.zeros(3), torch.zeros(4)]
        for weight, gradient in zip(weights, ([0, 3.0, 0], [0, 0, 4.0, 0])):
            weight.grad = torch.tensor(gradient)
        self.assertAlmostEqual(float(clip_gradients(weights, 10)), 5)
        self.assertEqual(weights[0].grad.tolist(), [0, 3, 0])
        self.assertAlmostEqual(float(clip_gradients(weights, 1)), 5)
        self.assertAlmostEqual(float(weights[0].grad[1]), 0.6, places=5)
        self.assertAlmostEqual(float(weights[1].grad[2]), 0.8, places=5)

    def test_every_weight_has_one_optimizer(self):
        model = Qwen3(tiny_recipe()["model"])
        matrices, rest = split_parameters(model)
        self.assertEqual((len(matrices), len(rest)), (2 * 7, 2 * 4 + 2))
        self.assertEqual({id(w) for w in matrices + rest}, {id(w) for w in model.parameters()})


if __name__ == "__main__":
    unittest.main()
