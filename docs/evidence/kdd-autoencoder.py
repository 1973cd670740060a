#!/usr/bin/env python3
"""Why an autoencoder gets worse on KDD (10 %) the longer it trains: the network of preset robeval/kdd10 in PyTorch, apart from ours.

    kdd-autoencoder.py DATA_FOLDER [CLASS,...]      attacks left out of training, such as "back"

DATA_FOLDER holds kdd10.npz and kddcup.data_10_percent.gz (docs/data.md). Prints F1 with as many rows flagged as there are
anomalies (the connections named normal), and which services are missed. Needs NumPy and PyTorch; two minutes on one core.
"""
import collections
import gzip
import sys

import numpy as np
import torch

folder, left_out = sys.argv[1], sys.argv[2].split(",") if len(sys.argv) > 2 else []
torch.set_num_threads(1)
torch.manual_seed(0)
table = np.load(f"{folder}/kdd10.npz")["kdd"]
with gzip.open(f"{folder}/kddcup.data_10_percent.gz", "rt") as raw:
    lines = [line.strip().rstrip(".").split(",") for line in raw]
service = np.array([line[2] + " " + line[3] for line in lines])
attack = np.array([line[41] for line in lines])
rows, anomaly = table[:, :-1], table[:, -1] == 1
assert ((attack == "normal") == anomaly).all()

order = np.random.RandomState(0).permutation(len(rows))
train, test = order[: len(rows) // 2], order[len(rows) // 2 :]
train = train[~anomaly[train] & ~np.isin(attack[train], left_out)]
low = rows[train].min(0)
span = rows[train].max(0) - low
span[span == 0] = 1
x = torch.tensor((rows[train] - low) / span)
seen = torch.tensor((rows[test] - low) / span)
wanted = anomaly[test]
print(f"{len(train)} training rows, {len(test)} test rows, without {left_out or 'nothing'}")


def stack(widths):
    layers = []
    for a, b in zip(widths, widths[1:]):
        layers += [torch.nn.Linear(a, b), torch.nn.Tanh()]
    return layers[:-1]


widths = [rows.shape[1], 60, 30, 10, 1]
network = torch.nn.Sequential(*stack(widths), *stack(widths[::-1]))
adam = torch.optim.Adam(network.parameters(), lr=1e-4)
for epoch in range(1, 81):
    shuffled = torch.randperm(len(x))
    for i in range(0, len(x), 1024):
        batch = x[shuffled[i : i + 1024]]
        loss = ((network(batch) - batch) ** 2).sum(1).mean()
        adam.zero_grad()
        loss.backward()
        adam.step()
    if epoch in (10, 20, 40, 80):
        with torch.no_grad():
            scores = ((network(seen) - seen) ** 2).sum(1).numpy()
        flagged = np.zeros(len(scores), bool)
        flagged[np.argsort(-scores, kind="stable")[: wanted.sum()]] = True
        missed = collections.Counter(service[test][wanted & ~flagged]).most_common(3)
        print(f"epoch {epoch}: F1 {(flagged & wanted).sum() / wanted.sum():.3f}, missed {missed}")
