#!/usr/bin/env bash
# Measures whole runs: the process from the command to its end, what its phases take, and what watching costs.
# Usage: docs/evidence/runs.sh thyroid   OUT.csv FILE [FLAG …]   autoencoder, batch 128, EPOCHS (100), TIMES (5)
#        docs/evidence/runs.sh kdd       OUT.csv FILE [FLAG …]   autoencoder, batch 1024, EPOCHS (10), TIMES (1)
#        docs/evidence/runs.sh telemetry OUT.csv FILE [FLAG …]   PAIRS (5) of the same run with snapshots and checkpoints
#                                                                as they are by default and without; EPOCHS (20000)
# FLAG … are further flags of `oddlens train`, such as --detector memae; they win over those named above.
# Needs GNU time (Debian's package time). ODDLENS: program to use, default ./oddlens.
# thyroid, kdd: one CSV row a run (run,wall_s,load_s,train_s,score_s,peak_mib,auroc) and the medians. Phases are the
# engine's own clock; wall_s is the whole process with the start of Java.
# telemetry: one row a run (pair,watched,training_s,wall_s,snapshots,checkpoints); training_s is the time between the
# events "training" and "scoring", looks at the tracked rows and writing included. Events are written either way. Which of
# a pair goes first alternates. Prints the median of the overheads with minimum and maximum, and complains about runs
# below 10 s, for which the targets are others.
set -euo pipefail
usage() { sed -n '3,8p' "$0" >&2; exit 2; }
[ $# -ge 3 ] || usage
what=$1 out=$2 data=$3
shift 3
[ -f "$data" ] || { echo "there is no file $data" >&2; exit 2; }
[ -f "$out" ] && { echo "$out exists; choose another file or delete it." >&2; exit 2; }
[ -x /usr/bin/time ] || { echo "/usr/bin/time is missing; on Debian: apt-get install time" >&2; exit 2; }
program=${ODDLENS:-./oddlens}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ODDLENS_HOME=$work/home
"$program" --version >/dev/null # builds a checkout before anything is measured

now() { date +%s%N; }
load() { cut -d ' ' -f 1 /proc/loadavg; }
median() { sort -g | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }
column() { awk -F, -v n="$1" 'NR > 1 { print $n }' "$out" | median; }
# The flags of the command line come last and once: a flag given twice is refused.
flags=()
default() { # flag value, unless the user gives the flag
  local word
  for word in "${given[@]}"; do
    case $word in "$1" | "$1"=*) return 0 ;; esac
  done
  flags+=("$1" "$2")
}
given=("$@")

# One run into $work/run; leaves wall seconds in $wall, peak MiB in $peak, the document in $work/run.json.
train() {
  local began
  rm -rf "$work/run"
  began=$(now)
  /usr/bin/time -f %M -o "$work/time" "$program" train --data "$data" "${flags[@]}" "$@" --out "$work/run" --json \
    >"$work/run.json"
  wall=$(awk -v a="$began" -v b="$(now)" 'BEGIN { printf "%.3f", (b - a) / 1e9 }')
  peak=$(awk 'END { printf "%.0f", $1 / 1024 }' "$work/time")
}

# The number behind a key; "train" is the rows of training first and its seconds last, so the last one counts.
number() { sed -n "s/^ *\"$1\" : \(-\{0,1\}[0-9][0-9.Ee+-]*\),\{0,1\}\$/\1/p" "$work/run.json" | "$2" -n 1; }

# Time of the event that begins a phase, ns.
phase() { date -d "$(sed -n "s/.*\"time\":\"\([^\"]*\)\",\"phase\":\"$1\".*/\1/p" "$work/run/events.jsonl")" +%s%N; }

whole() { # times
  local i
  echo "run,wall_s,load_s,train_s,score_s,peak_mib,auroc" >"$out"
  for ((i = 1; i <= $1; i++)); do
    train "${given[@]}"
    echo "$i,$wall,$(number load tail),$(number train tail),$(number score tail),$peak,$(number auroc head)" >>"$out"
    echo "$(tail -n 1 "$out")   (load $(load))"
  done
  printf '\nmedians of %d: whole process %s s (load %s, train %s, score %s), peak %s MiB\n' "$1" "$(column 2)" \
    "$(column 3)" "$(column 4)" "$(column 5)" "$(column 6)"
}

watched() { # pair yes|no
  local bare=() seconds
  [ "$2" = yes ] || bare=(--snapshots none --checkpoint-seconds 1000000)
  train "${given[@]}" "${bare[@]}"
  seconds=$(awk -v a="$(phase training)" -v b="$(phase scoring)" 'BEGIN { printf "%.3f", (b - a) / 1e9 }')
  echo "$1,$2,$seconds,$wall,$(grep -c '"snapshot":true' "$work/run/events.jsonl" || true)," \
    "$(grep -c '"type":"checkpoint"' "$work/run/events.jsonl" || true)" | tr -d ' ' >>"$out"
  echo "$(tail -n 1 "$out")   (load $(load))"
}

telemetry() { # pairs
  local i
  echo "pair,watched,training_s,wall_s,snapshots,checkpoints" >"$out"
  for ((i = 1; i <= $1; i++)); do
    if ((i % 2)); then
      watched "$i" yes
      watched "$i" no
    else
      watched "$i" no
      watched "$i" yes
    fi
  done
  awk -F, 'NR > 1 { s[$1, $2] = $3 } NR > 1 && $3 < 10 { short = 1 }
    END { for (i = 1; (i, "yes") in s; i++) print 100 * (s[i, "yes"] - s[i, "no"]) / s[i, "no"]
          if (short) print "Some runs took less than 10 s: set EPOCHS higher." > "/dev/stderr" }' "$out" >"$work/overheads"
  printf '\noverhead of snapshots and checkpoints on training: median %.2f %%, least %.2f %%, most %.2f %%, %d pairs\n' \
    "$(median <"$work/overheads")" "$(sort -g "$work/overheads" | head -n 1)" \
    "$(sort -g "$work/overheads" | tail -n 1)" "$1"
}

echo "processor: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc --all) logical; load $(load)"
default --detector autoencoder
case $what in
  thyroid)
    default --batch-size 128
    default --epochs "${EPOCHS:-100}"
    whole "${TIMES:-5}"
    ;;
  kdd)
    default --batch-size 1024
    default --epochs "${EPOCHS:-10}"
    whole "${TIMES:-1}"
    ;;
  telemetry)
    default --epochs "${EPOCHS:-20000}"
    telemetry "${PAIRS:-5}"
    ;;
  *) usage ;;
esac
