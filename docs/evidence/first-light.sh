#!/usr/bin/env bash
# Repeats the numbers of docs/first-light.md: trains every cell and writes one CSV row each.
# Usage: docs/evidence/first-light.sh OUT.csv      (ODDLENS: program to use, default ./oddlens)
# Finished cells are kept, so an interrupted table goes on where it stopped.
set -eu
out=$1
program=${ODDLENS:-./oddlens}
shared=${ODDLENS_SHARED:-../shared}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ -f "$out" ] || echo "data,detector,preset,protocol,seed,train,test,anomalies,auroc,auprc,f1_at_threshold,recall,untrained_auroc,mean_distance_auroc,loss_first,loss_last,train_seconds,sha256" > "$out"

cell() { # data detector preset protocol seed
  key="$(basename "$1"),$2,$3,$4,$5,"
  grep -q "^$key" "$out" && return 0
  "$program" train --data "$shared/data/$1" --detector "$2" --preset "$3" --protocol "$4" --seed "$5" \
    --out "$work/run-$RANDOM-$RANDOM" --json > "$work/result.json"
  awk -v key="$key" '
    function number(line) { sub(/^[^:]*: */, "", line); sub(/,? *$/, "", line); gsub(/"/, "", line); return line }
    /"untrained"/ { base = "untrained" } /"mean_distance"/ { base = "mean" }
    /"train" :/ && !trained { rows = number($0); trained = 1; next }
    /"test" :/ { test = number($0) } /"anomalies" :/ { anomalies = number($0) }
    /"auroc"/ { if (base == "untrained") un = number($0); else if (base == "mean") mean = number($0); else auroc = number($0) }
    /"auprc"/ && !base { auprc = number($0) } /"f1" :/ { f1 = number($0) } /"recall"/ { recall = number($0) }
    /"first"/ { first = number($0) } /"last"/ { last = number($0) } /"sha256"/ { sha = number($0) }
    /"train" :/ && trained { seconds = number($0) }
    END { print key rows "," test "," anomalies "," auroc "," auprc "," f1 "," recall "," un "," mean "," first "," last "," seconds "," sha }
  ' "$work/result.json" >> "$out"
  tail -n 1 "$out"
}

for seed in 0 1 2 3 4; do cell adbench/38_thyroid.npz autoencoder default normal-split "$seed"; done
for data in memae-seed/TwoMoons12D.mat memae-seed/3G12D.mat memae-seed/ThreeBalls12D.mat; do
  for preset in default saltos; do
    for protocol in transductive normal-split; do
      for seed in 0 1 2; do cell "$data" memae "$preset" "$protocol" "$seed"; done
    done
  done
done
