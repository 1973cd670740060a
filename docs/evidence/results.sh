#!/usr/bin/env bash
# The tables behind docs/results.md: every detector on seven public data sets, five seeds, normal split. Finished cells lie in
# docs/evidence/results/cells.csv and are not repeated; a cell is done again when its settings or its data change.
#   docs/evidence/results.sh [DATA_FOLDER]     ODDLENS=./oddlens JOBS=2 SEEDS=0-4 MAX_ROWS=12000
set -euo pipefail
cd "$(dirname "$0")/../.."
data=${1:-../shared/data}
oddlens=${ODDLENS:-./oddlens}
out=docs/evidence/results
files=$data/adbench/38_thyroid.npz,$data/odds/arrhythmia.mat,$data/odds/cardio.mat,$data/odds/satimage-2.mat
files=$files,$data/adbench/28_pendigits.npz,$data/adbench/23_mammography.npz,$data/adbench/32_shuttle.npz
"$oddlens" compare --data "$files" --detectors "${DETECTORS:-all}" --seeds "${SEEDS:-0-4}" --protocol normal-split \
  --max-rows "${MAX_ROWS:-12000}" --jobs "${JOBS:-2}" --discard-runs --out "$out"
