"""Writes the two large data sets that docs/performance.md measures: python3 large-data.py FOLDER

large-10.npz   619,326 rows of 10 features in double precision, 36,710 of them anomalies (5.9 %)
large-119.npz  494,021 rows of 119 features in single precision, 97,278 of them anomalies (19.7 %)

Normal rows lie around 20 centres, anomalies around 5 others further out; a third of the columns of the wide set are zeros and
ones. Seeded, so that everybody measures the same bytes.
"""
import sys
from pathlib import Path

import numpy as np


def rows(random, count, features, centres, spread):
    places = random.normal(0, spread, (centres, features))
    return places[random.integers(0, centres, count)] + random.normal(0, 1, (count, features))


def write(path, seed, normal, anomalous, features, dtype, binary):
    random = np.random.default_rng(seed)
    x = np.vstack([rows(random, normal, features, 20, 2), rows(random, anomalous, features, 5, 6)])
    x[:, :binary] = x[:, :binary] > 0
    y = np.repeat([0, 1], [normal, anomalous]).astype(np.uint8)
    order = random.permutation(len(y))
    np.savez_compressed(path, X=x[order].astype(dtype), y=y[order])
    print(path, x.shape, dtype.__name__)


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "large-10.npz", 1, 582_616, 36_710, 10, np.float64, 0)
    write(folder / "large-119.npz", 2, 396_743, 97_278, 119, np.float32, 40)
