#!/usr/bin/env bash
# The tables of named presets behind docs/results.md: those for any data on the seven public sets, those made for Thyroid and
# Arrhythmia on their own sets. Every network trains for 100 epochs, whatever its preset says, to keep the hours down; DROCC, whose
# warm-up is half of that, has a table with the epochs of its presets. Finished cells lie in docs/evidence/presets-*/cells.csv and
# are not repeated.
#   docs/evidence/presets.sh [DATA_FOLDER]     ODDLENS=./oddlens JOBS=2 SEEDS=0-4 MAX_ROWS=12000 ONLY='lof|oc-svm'
set -euo pipefail
cd "$(dirname "$0")/../.."
data=${1:-../shared/data}
thyroid=$data/adbench/38_thyroid.npz
arrhythmia=$data/odds/arrhythmia.mat
files=$thyroid,$arrhythmia,$data/odds/cardio.mat,$data/odds/satimage-2.mat
files=$files,$data/adbench/28_pendigits.npz,$data/adbench/23_mammography.npz,$data/adbench/32_shuttle.npz

# Detectors with a preset of each name.
presets() {
  local pair
  for pair in "$@"; do
    local preset=${pair%%=*} detector
    for detector in ${pair#*=}; do
      [[ -z "${ONLY:-}" || "$detector" =~ ^(${ONLY})$ ]] && printf '%s:%s,' "$detector" "$preset"
    done
  done
}

# NAME FILES DETECTORS [FLAG...]
table() {
  local name=$1 files=$2 detectors=$3
  [ -z "$detectors" ] && return
  "${ODDLENS:-./oddlens}" compare --data "$files" --detectors "${detectors%,}" --seeds "${SEEDS:-0-4}" \
    --protocol normal-split --max-rows "${MAX_ROWS:-12000}" "${@:4}" --jobs "${JOBS:-2}" --discard-runs \
    --out "docs/evidence/presets-$name"
}

deep="autoencoder memae dagmm deep-svdd dsebm duad neutral-ad som-dagmm alad"
table general "$files" "$(presets "nrcan=$deep lof oc-svm rec-forest" \
  "paper=memae dagmm deep-svdd dsebm neutral-ad lof oc-svm rec-forest alad")" --set epochs=100
table thyroid "$thyroid" "$(presets "nrcan/thyroid=$deep" "paper/thyroid=dagmm neutral-ad" \
  "robeval/thyroid=dsebm memae alad" "pyad/thyroid=$deep lof oc-svm")" --set epochs=100
table arrhythmia "$arrhythmia" "$(presets "nrcan/arrhythmia=autoencoder memae dagmm deep-svdd dsebm neutral-ad som-dagmm alad" \
  "paper/arrhythmia=dagmm dsebm alad" "robeval/arrhythmia=alad" "pyad/arrhythmia=$deep lof oc-svm")" --set epochs=100
own=
for preset in nrcan nrcan/thyroid paper/thyroid pyad/thyroid nrcan/arrhythmia paper/arrhythmia pyad/arrhythmia; do
  own+=$(presets "$preset=drocc")
done
table drocc "$thyroid,$arrhythmia" "$own"
