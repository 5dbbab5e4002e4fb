"""Trains Understudy's language models: shards and a recipe in, metrics, checkpoints and weights out."""
