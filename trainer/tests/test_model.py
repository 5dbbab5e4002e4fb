import json
import tempfile
import unittest
from pathlib import Path

import torch
import torch.nn.functional as functional

from trainer import attention, fused
from trainer.loss import negative_log_likelihoods, summed_loss
from trainer.fused import normed_rotation
from trainer.model import Qwen3, initialise, rotations
from trainer.safetensors import read_safetensors
from trainer.tests.naive_qwen3 import naive_logits
from trainer.tests.tiny import CONTEXT, VOCABULARY, run_trainer, tiny_recipe, write_recipe


def turned(x, length, size):
    """Rotated without a norm's change: `x` must have a mean square of 1."""
    cosines, sines = rotations(length, size, 10000)
    return normed_rotation(x, torch.ones(1, size), 0.0, cosines[:, None], sines[:, None])[0, :, 0]


def random_model(seed=1, precision=torch.float32, **shape):
    model = Qwen3(tiny_recipe(model=shape)["model"], precision)
    initialise(model, seed, random_projections=True)
    return model


class ModelTest(unittest.TestCase):
    def test_forward_equals_a_naive_implementation(self):
        for shape in ({}, {"heads": 2, "kvHeads": 1, "headSize": 64}, {"heads": 3, "kvHeads": 3}, {"contextLength": 200}):
            with self.subTest(shape):
                model = random_model(**shape)
                wanted = {**tiny_recipe()["model"], **shape}
                tokens = torch.randint(VOCABULARY, (wanted["contextLength"] if shape.get("contextLength") else 9,), generator=torch.Generator().manual_seed(2))
                naive = naive_logits(model.state_dict(), wanted, tokens.tolist())
                with torch.no_grad():
                    ours = model.logits(tokens[None])[0]
                self.assertLess(float((ours - naive).abs().max()), 1e-4 * float(naive.abs().max()))

    def test_gradients_equal_those_of_plain_operations(self):
        """Whatever shortcuts the model takes, against automatic differentiation of the plain formulas in float64."""
        tokens = torch.randint(VOCABULARY, (2, 201), generator=torch.Generator().manual_seed(3))
        model = random_model(contextLength=200)
        summed_loss(model(tokens[:, :-1]).flatten(0, 1), model.embedding, tokens[:, 1:].flatten(), 0.01).backward()
        weights = {name: weight.detach().double().requires_grad_() for name, weight in model.named_parameters()}
        logits = plain_logits(weights, tiny_recipe()["model"], tokens[:, :-1])
        (functional.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten(), reduction="sum") * 0.01).backward()
        for name, weight in model.named_parameters():
            exact = weights[name].grad
            self.assertLess(float((weight.grad - exact).abs().max()), 1e-4 * float(exact.abs().max()), name)

    def test_bfloat16_stays_near_float32(self):
        tokens = torch.randint(VOCABULARY, (2, CONTEXT), generator=torch.Generator().manual_seed(2))
        with torch.no_grad():
            exact, near = random_model().logits(tokens), random_model(precision=torch.bfloat16).logits(tokens).float()
        self.assertLess(float((exact - near).abs().max()), 0.05 * float(exact.abs().max()))

    def test_a_fresh_model_starts_as_the_identity(self):
        model = Qwen3(tiny_recipe()["model"])
        initialise(model, 1)
        tokens = torch.tensor([[5, 6, 7]])
        with torch.no_grad():
            self.assertTrue(torch.equal(model(tokens), model.model.norm(model.embedding[tokens])))

    def test_rope_turns_halves(self):
        """Position 1, first pair: elements 0 and size/2 turn by one radian; the norm stays."""
        x = torch.zeros(1, 4, 1, 8)
        x[..., 0] = 8**0.5
        y = turned(x, 4, 8) / 8**0.5
        self.assertTrue(torch.allclose(y[1, [0, 4]], torch.tensor([0.540302, 0.841471])))
        self.assertEqual(float(y[1, [1, 2, 3, 5, 6, 7]].abs().sum()), 0)
        self.assertTrue(torch.allclose(y.norm(dim=1), torch.ones(4)))

    def test_rope_scores_depend_on_the_distance_alone(self):
        query, key = torch.randn(16, generator=torch.Generator().manual_seed(1)), torch.randn(16, generator=torch.Generator().manual_seed(2))
        queries, keys = (turned(x.expand(1, 32, 1, 16), 32, 16) for x in (query, key))
        self.assertAlmostEqual(float(queries[5] @ keys[2]), float(queries[30] @ keys[27]), places=4)

    def test_the_future_does_not_matter(self):
        tokens = torch.randint(VOCABULARY, (1, 200), generator=torch.Generator().manual_seed(2))
        other = tokens.clone()
        other[:, 150:] = 5
        model = random_model(contextLength=200)
        with torch.no_grad():
            self.assertTrue(torch.allclose(model(tokens)[:, :150], model(other)[:, :150], atol=1e-5))

    if hasattr(functional, "scaled_dot_product_attention"):  # PyTorch before 2.0 has only one of the two.

        def test_both_attentions_agree(self):
            parts = [torch.randn(2, 150, heads, 16, generator=torch.Generator().manual_seed(heads)) for heads in (4, 2, 2)]
            self.assertTrue(torch.allclose(attention._flash(*parts), attention._blockwise(*parts), atol=1e-5))


class FusedTest(unittest.TestCase):
    """The written-out gradients of the CPU against automatic differentiation of the formulas that CUDA runs."""

    def assert_same(self, ours, plain, inputs):
        upstream = torch.randn(ours.shape, generator=torch.Generator().manual_seed(9))
        for mine, theirs in zip(torch.autograd.grad(ours, inputs, upstream), torch.autograd.grad(plain, inputs, upstream)):
            self.assertTrue(torch.allclose(mine, theirs, rtol=1e-4, atol=1e-5))
        self.assertTrue(torch.allclose(ours, plain, rtol=1e-5, atol=1e-6))

    def random(self, *shape):
        return torch.randn(shape, generator=torch.Generator().manual_seed(sum(shape))).requires_grad_()

    def test_norm(self):
        x, weight = self.random(3, 7, 32), self.random(32)
        self.assert_same(fused.rms_norm(x, weight, 1e-6, torch.float32), fused._plain_norm(x, weight, 1e-6), (x, weight))

    def test_normed_rotation(self):
        x, weight = self.random(2, 9, 3, 16), self.random(3, 16)
        turn = [part[:, None] for part in rotations(9, 16, 10000)]
        plain = fused._turned(fused._plain_norm(x, weight, 1e-6), *turn)
        self.assert_same(fused.normed_rotation(x, weight, 1e-6, *turn), plain, (x, weight))

    def test_swiglu(self):
        joint = self.random(5, 300, 24)
        gate, up = joint.chunk(2, dim=-1)
        self.assert_same(fused.swiglu(joint), functional.silu(gate) * up, (joint,))


class LossTest(unittest.TestCase):
    def test_equals_cross_entropy_with_its_gradients(self):
        generator = torch.Generator().manual_seed(1)
        hidden = torch.randn(70_000, 8, generator=generator).requires_grad_()
        embedding = torch.randn(VOCABULARY, 8, generator=generator).requires_grad_()
        targets = torch.randint(VOCABULARY, (70_000,), generator=generator)
        targets[::7] = -1
        ours = summed_loss(hidden, embedding, targets, 1e-4)
        gradients = torch.autograd.grad(ours, (hidden, embedding))
        plain = functional.cross_entropy(hidden @ embedding.t(), targets, ignore_index=-1, reduction="sum") * 1e-4
        for mine, theirs in zip((ours, *gradients), (plain, *torch.autograd.grad(plain, (hidden, embedding)))):
            self.assertTrue(torch.allclose(mine, theirs, rtol=1e-4, atol=1e-6))
        single = negative_log_likelihoods(hidden.detach(), embedding.detach(), targets)
        self.assertAlmostEqual(float(single.sum()) * 1e-4, float(plain), places=3)
        self.assertEqual(float(single[::7].abs().sum()), 0)


class CommandTest(unittest.TestCase):
    def test_init_and_logits_agree_with_the_model(self):
        with tempfile.TemporaryDirectory() as folder:
            weights, out = Path(folder, "w.safetensors"), Path(folder, "logits.bin")
            code, _, err = run_trainer("init", "--recipe", write_recipe(folder), "--out", weights, "--seed", 5, "--random-projections")
            self.assertEqual((code, err), (0, ""))
            tensors, metadata = read_safetensors(weights)
            self.assertEqual(json.loads(metadata["recipe"]), tiny_recipe())
            self.assertEqual(len(tensors), 2 * 11 + 2)
            self.assertEqual(run_trainer("logits", "--weights", weights, "--tokens", "[10,11,12]", "--out", out)[0], 0)
            found = torch.frombuffer(bytearray(out.read_bytes()), dtype=torch.float32).view(3, VOCABULARY)
            expected = naive_logits(tensors, tiny_recipe()["model"], [10, 11, 12])
            self.assertLess(float((found - expected).abs().max()), 1e-4)

    def test_damaged_weights_are_a_sentence(self):
        with tempfile.TemporaryDirectory() as folder:
            weights = Path(folder, "w.safetensors")
            self.assertEqual(run_trainer("init", "--recipe", write_recipe(folder), "--out", weights)[0], 0)
            whole = weights.read_bytes()
            for damaged in (whole[:-4], whole[:5], b"\xff" * 100, b""):
                weights.write_bytes(damaged)
                with self.assertRaisesRegex(Exception, "damaged"):
                    read_safetensors(weights)


def plain_logits(weights, shape, tokens):
    """The model from plain differentiable operations, in the weights' own precision."""

    def norm(x, weight):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + shape["normEpsilon"]) * weight

    def turn(x):
        half = shape["headSize"] // 2
        angles = torch.arange(x.shape[1])[:, None].double() * shape["ropeBase"] ** (-torch.arange(half).double() / half)
        cosines, sines = angles.cos()[:, None], angles.sin()[:, None]
        first, second = x[..., :half], x[..., half:]
        return torch.cat([first * cosines - second * sines, first * sines + second * cosines], -1)

    embedding = weights["model.embed_tokens.weight"]
    stream = embedding[tokens]
    batch, time = tokens.shape
    future = torch.ones(time, time, dtype=torch.bool).triu(1)
    for i in range(shape["layers"]):
        get = lambda name: weights[f"model.layers.{i}.{name}.weight"]
        x = norm(stream, get("input_layernorm"))
        heads = lambda name, count: (x @ get(f"self_attn.{name}_proj").t()).view(batch, time, count, -1)
        q = turn(norm(heads("q", shape["heads"]), get("self_attn.q_norm"))).transpose(1, 2)
        group = shape["heads"] // shape["kvHeads"]
        k = turn(norm(heads("k", shape["kvHeads"]), get("self_attn.k_norm"))).transpose(1, 2).repeat_interleave(group, 1)
        v = heads("v", shape["kvHeads"]).transpose(1, 2).repeat_interleave(group, 1)
        scores = (q @ k.transpose(2, 3) / shape["headSize"] ** 0.5).masked_fill(future, float("-inf"))
        stream = stream + (scores.softmax(-1) @ v).transpose(1, 2).reshape(batch, time, -1) @ get("self_attn.o_proj").t()
        x = norm(stream, get("post_attention_layernorm"))
        stream = stream + (functional.silu(x @ get("mlp.gate_proj").t()) * (x @ get("mlp.up_proj").t())) @ get("mlp.down_proj").t()
    return norm(stream, weights["model.norm.weight"]) @ embedding.t()


if __name__ == "__main__":
    unittest.main()
