#!/usr/bin/env bash
# Measures the step benchmark against PyTorch in interleaved pairs, one thread each: peer, Oddlens, peer, Oddlens, …
# Usage: PEER=FILE docs/evidence/performance.sh OUT.csv [WORKLOAD …]        (default: all workloads)
#   PEER     script of the peer: takes --threads 1 --seconds S NAME, prints one JSON line with us_per_step_median and
#            loss_after_50 (docs/bench.md defines the work)
#   PYTHON   interpreter of the peer, default /usr/bin/python3 (Debian's python3-torch with libopenblas0-pthread)
#   PAIRS    pairs for each workload, default 7         SECONDS_EACH  length of a measurement, default 2
#   INTERPRETER=no leaves the one measurement of SameDiff's interpreter for each workload out
#   ODDLENS  program to use, default ./oddlens
# Writes one CSV row a pair (interpreter rows: pair "samediff", ratio Oddlens' median to it) and prints for each
# workload the median of the ratios with minimum, maximum and upper quartile. A target counts as met when the upper
# quartile meets it. Ends with 1 if a loss after 50 steps is off by more than 1e-4 (memae-12: see docs/bench.md).
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,12p' "$0" >&2; exit 2; }
out=$1
shift
[ -f "${PEER:-}" ] || { echo "PEER is to name the peer's script; '${PEER:-}' is no file." >&2; exit 2; }
[ -f "$out" ] && { echo "$out exists; choose another file or delete it." >&2; exit 2; }
program=${ODDLENS:-./oddlens}
python=${PYTHON:-/usr/bin/python3}
pairs=${PAIRS:-7}
seconds=${SECONDS_EACH:-2}
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
[ $# -gt 0 ] || set -- ae-6 ae-118 ae-784 memae-12 memae-274 vae-784 conv-784
result=0

load() { cut -d ' ' -f 1 /proc/loadavg; }
# Value of a key in JSON with one object, on one line or many.
value() { tr ',{}' '\n\n\n' <<<"$1" | sed -n "s/^ *\"$2\" *: *\"\{0,1\}\([^\"]*[^\" ]\)\"\{0,1\} *\$/\1/p" | head -n 1; }
ours() { "$program" bench "$1" --threads 1 --seconds "$seconds" --executor "${2:-compiled}" --json; }
peer() { "$python" "$PEER" --threads 1 --seconds "$seconds" "$1"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.4f", a / b }'; }
median() { sort -g | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }

require() { # what value
  [ -n "$2" ] || { echo "$1 printed no number; stopped." >&2; exit 1; }
}

"$program" --version >/dev/null # builds a checkout before anything is measured
echo "workload,pair,oddlens_us,peer_us,ratio" >"$out"
echo "processor: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc --all) logical; load $(load)"
for name in "$@"; do
  for ((pair = 1; pair <= pairs; pair++)); do
    before=$(load)
    theirs=$(peer "$name")
    mine=$(ours "$name")
    [ "$pair" -gt 1 ] || [ "$name" != "$1" ] || echo "peer: $(value "$theirs" peer)"
    peer_us=$(value "$theirs" us_per_step_median)
    oddlens_us=$(value "$mine" us_per_step_median)
    require "$PEER" "$peer_us"
    require "$program" "$oddlens_us"
    echo "$name,$pair,$oddlens_us,$peer_us,$(ratio "$oddlens_us" "$peer_us")" >>"$out"
    echo "$(tail -n 1 "$out")   (load before $before)"
    if [ "$pair" = 1 ]; then
      awk -v name="$name" -v a="$(value "$mine" loss_after_50)" -v b="$(value "$theirs" loss_after_50)" 'BEGIN {
        off = (a - b) / b; off = off < 0 ? -off : off
        printf "%s: loss after 50 steps %s, peer %s, relative difference %.1e\n", name, a, b, off
        exit !(off <= 1e-4 || name == "memae-12") }' || result=1
    fi
  done
  if [ "${INTERPRETER:-yes}" != no ]; then
    samediff_us=$(value "$(ours "$name" samediff)" us_per_step_median)
    oddlens_us=$(awk -F, -v name="$name" '$1 == name && $2 ~ /^[0-9]+$/ { print $3 }' "$out" | median)
    require "$program with the interpreter" "$samediff_us"
    echo "$name,samediff,$oddlens_us,$samediff_us,$(ratio "$oddlens_us" "$samediff_us")" >>"$out"
    tail -n 1 "$out"
  fi
done

# Quartile: linear between the two nearest ranks, as NumPy and R do by default.
printf '\n%-10s %12s %12s %8s %8s %8s %14s %6s\n' workload oddlens_us peer_us ratio least most upper_quartile pairs
for name in "$@"; do
  awk -F, -v name="$name" '$1 == name && $2 ~ /^[0-9]+$/ { print $5 }' "$out" | sort -g | awk -v name="$name" \
    -v mine="$(awk -F, -v n="$name" '$1 == n && $2 ~ /^[0-9]+$/ { print $3 }' "$out" | median)" \
    -v theirs="$(awk -F, -v n="$name" '$1 == n && $2 ~ /^[0-9]+$/ { print $4 }' "$out" | median)" '
    { v[NR] = $1 }
    function at(share,   place, below) {
      place = 1 + (NR - 1) * share; below = int(place)
      return below >= NR ? v[NR] : v[below] + (place - below) * (v[below + 1] - v[below])
    }
    END { printf "%-10s %12.1f %12.1f %8.4f %8.4f %8.4f %14.4f %6d\n", name, mine, theirs, at(0.5), v[1], v[NR], at(0.75), NR }'
done
[ "$result" = 0 ] || echo "A loss after 50 steps differs by more than 1e-4: the two did not do the same work." >&2
exit "$result"
