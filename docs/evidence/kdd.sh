#!/usr/bin/env bash
# The KDD table of docs/results.md: the DAGMM paper's protocol, five seeds, after few epochs and after the papers' 200. Finished
# cells lie in docs/evidence/kdd-*/cells.csv and are not repeated.
#   docs/evidence/kdd.sh [DATA_FOLDER]     ODDLENS=./oddlens JOBS=2 SEEDS=0-4
set -euo pipefail
cd "$(dirname "$0")/../.."
data=${1:-../shared/data}
for epochs in 20 200; do
  "${ODDLENS:-./oddlens}" compare --data "$data/kdd10/kdd10.npz" \
    --detectors "${DETECTORS:-autoencoder:robeval/kdd10,memae:paper,dagmm:paper}" \
    --protocol half-split --scaler min-max --seeds "${SEEDS:-0-4}" --set epochs=$epochs --set batch-size=1024 \
    --jobs "${JOBS:-2}" --job-memory 4g --discard-runs --out "docs/evidence/kdd-$epochs"
done
