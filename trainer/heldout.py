"""Bits per byte of text the model has not seen, by language: comparable between tokenizers and with other models."""

import math

import torch

from .loss import negative_log_likelihoods


def bits_per_byte(model, shards, rows_at_once, most_rows=None, interrupted=lambda: False):
    """Measures the held-out rows, at most `most_rows` of each language, evenly spread, or all.

    Returns {"bitsPerByte": {language: value, ..., "all": value}, "rows": ..., "ofRows": ..., "full": bool}, or None
    when `interrupted` became true. `all` weighs by bytes. Where only some rows are taken, a language's bytes are
    counted in proportion to the targets that are not padding in those rows. A row's first id has nothing before it and is
    not predicted.
    """
    results, nats_of_all, bytes_of_all, rows_done, rows_there = {}, 0.0, 0.0, 0, 0
    for heldout in shards.heldout:
        count = heldout.rows.shape[0]
        taken = count if most_rows is None else min(count, most_rows)
        if taken == 0 or heldout.bytes == 0:
            continue
        picked = [i * count // taken for i in range(taken)]
        nats, targets = 0.0, 0
        for start in range(0, taken, rows_at_once):
            if interrupted():
                return None
            rows = shards.as_ids(heldout.rows[torch.tensor(picked[start : start + rows_at_once])])
            batch_nats, batch_targets = _nats(model, rows, shards.pad_token)
            nats += batch_nats
            targets += batch_targets
        share = 1.0 if taken == count else targets / max(1, _targets(heldout.rows, shards.pad_token))
        size = heldout.bytes * share
        results[heldout.language] = nats / math.log(2) / size if size else 0.0
        nats_of_all, bytes_of_all = nats_of_all + nats, bytes_of_all + size
        rows_done, rows_there = rows_done + taken, rows_there + count
    if bytes_of_all:
        results["all"] = nats_of_all / math.log(2) / bytes_of_all
    return {"bitsPerByte": results, "rows": rows_done, "ofRows": rows_there, "full": rows_done == rows_there}


@torch.no_grad()
def _nats(model, rows, pad_token):
    targets = rows[:, 1:].masked_fill(rows[:, 1:] == pad_token, -1)
    device = model.embedding.device
    hidden = model(rows[:, :-1].to(device)).flatten(0, 1)
    losses = negative_log_likelihoods(hidden, model.embedding, targets.flatten().to(device))
    return float(losses.double().sum()), int((targets >= 0).sum())


def _targets(rows, pad_token):
    # Compared as they lie in the file, int16, so that a large held-out set is not copied to int64 at once.
    signed = pad_token - 65536 if pad_token >= 32768 else pad_token
    return int((rows[:, 1:] != signed).sum())
