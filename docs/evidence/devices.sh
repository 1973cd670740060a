#!/usr/bin/env bash
# What Oddlens finds and does on a machine with a graphics card: the record that docs/gpu.md refers to.
# Usage: docs/evidence/devices.sh OUT      (OUT: a new folder; ODDLENS: program to use, default ./oddlens)
# Needs no network and no GPU pack. Ends with 0 if the card is named, is used or refused with a reason, and the scores
# asked for on the card equal those of the CPU to the bit wherever the CPU was used.
set -euo pipefail
out=$1
program=${ODDLENS:-./oddlens}
root=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$out"
out=$(cd "$out" && pwd)
export ODDLENS_HOME=$out/home
summary=$out/summary.txt
: >"$summary"

say() { printf '%s\n' "$*" | tee -a "$summary"; }
value() { sed -n "s/^ *\"$2\" : \"\\{0,1\\}\\([^\"]*[^\",]\\)\"\\{0,1\\},\\{0,1\\}\$/\\1/p" "$1" | head -n 1; }

say "date: $(date -u +%Y-%m-%dT%H:%MZ)"
say "commit: $(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)"
if command -v nvidia-smi >/dev/null; then
  # What the driver really prints, for the tests' examples.
  nvidia-smi --query-gpu=index,compute_cap,driver_version,memory.total,memory.free,mig.mode.current,name --format=csv \
    >"$out/nvidia-smi.txt" 2>&1 || true
  say "driver's answer:"
  say "$(cat "$out/nvidia-smi.txt")"
else
  say "driver's answer: there is no nvidia-smi"
fi

"$program" devices --json >"$out/devices.json"
"$program" devices | tee -a "$summary"
used=$(value "$out/devices.json" device)
say "device: $used"

data=$root/sample-data/src/main/resources/org/oddlens/sample/two-moons-12d.npz
result=0
for detector in autoencoder memae; do
  for device in cpu cuda; do
    rm -rf "$out/$detector-$device"
    "$program" train --data "$data" --detector "$detector" --epochs 20 --device "$device" \
      --out "$out/$detector-$device" --json >"$out/$detector-$device.json"
  done
  record=$out/$detector-cuda/run.json
  say "$detector, asked for cuda, used: $(value "$record" used); reason: $(value "$record" reason)"
  if [ "$(value "$record" used)" = cpu ]; then
    if cmp -s "$out/$detector-cpu/scores/final.npy" "$out/$detector-cuda/scores/final.npy"; then
      say "$detector: scores equal those of the CPU to the bit"
    else
      say "$detector: SCORES DIFFER although both were computed on the CPU"
      result=1
    fi
    [ -n "$(value "$record" reason)" ] || { say "$detector: NO REASON is recorded"; result=1; }
  else
    say "$detector: trained on the card; AUROC $(value "$out/$detector-cuda.json" auroc), on the CPU" \
      "$(value "$out/$detector-cpu.json" auroc)"
  fi
done
say "result: $([ "$result" = 0 ] && echo as promised || echo FAILED)"
exit "$result"
