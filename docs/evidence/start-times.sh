#!/usr/bin/env bash
# Measures what docs/first-light.md says about waiting: from the command to the mapped window, and from the command
# `train` to the first epoch in an engine that has had time to warm up, as in the window.
# Usage: docs/evidence/start-times.sh [STARTS]      (needs Xvfb, openbox, xdotool; ODDLENS: program, default ./oddlens;
#                                                    SETTLE: seconds between ready and train, default 5)
# Prints one line for each start and the medians. Run it on a quiet machine: the load is printed beside each line.
set -u
starts=${1:-7}
program=${ODDLENS:-./oddlens}
settle=${SETTLE:-5}
export ODDLENS_HOME
ODDLENS_HOME=$(mktemp -d)
number=97
while [ -e "/tmp/.X$number-lock" ]; do number=$((number + 1)); done
Xvfb ":$number" -screen 0 1600x1200x24 >/dev/null 2>&1 &
server=$!
export DISPLAY=:$number
trap 'kill "$manager" "$server" 2>/dev/null; rm -rf "$ODDLENS_HOME"' EXIT
until xdotool getdisplaygeometry >/dev/null 2>&1; do sleep 0.1; done
openbox >/dev/null 2>&1 &
manager=$!
sleep 1

now() { echo $(($(date +%s%N) / 1000000)); }
load() { cut -d ' ' -f 1 /proc/loadavg; }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] " (" v[1] " to " v[NR] ", " NR " times)" }'; }

window() {
  local began pid
  began=$(now)
  "$program" >/dev/null 2>&1 &
  pid=$!
  until xdotool search --onlyvisible --name '^Oddlens$' >/dev/null 2>&1; do
    kill -0 "$pid" 2>/dev/null || return 1
    sleep 0.01
  done
  echo $(($(now) - began))
  sleep 3
  kill "$pid" 2>/dev/null
  wait "$pid" 2>/dev/null
  return 0
}

# Waits for a message of the engine that holds the text.
await() {
  local line
  while read -r line <&"${engine[0]}"; do
    case $line in *"$1"*) return 0 ;; esac
  done
  return 1
}

first_epoch() {
  local began ready data=$ODDLENS_HOME/samples/two-moons-12d.npz run=$ODDLENS_HOME/runs/start-$RANDOM$RANDOM
  began=$(now)
  coproc engine { OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 exec "$program" engine 2>/dev/null; }
  await '"ready"' || return 1
  ready=$(($(now) - began))
  sleep "$settle"
  printf '{"cmd":"inspect","id":"a","data":{"file":"%s"}}\n' "$data" >&"${engine[1]}"
  await '"answer"' || return 1
  printf '{"cmd":"picture","id":"b","data":{"file":"%s"},"method":"pca","seed":42}\n' "$data" >&"${engine[1]}"
  await '"answer"' || return 1
  began=$(now)
  printf '{"cmd":"train","id":"r","spec":{"data":{"file":"%s"},"detector":"memae","hyperparameters":{"epochs":3},"seed":42},"folder":"%s"}\n' \
    "$data" "$run" >&"${engine[1]}"
  await '"epoch":1,' || return 1
  echo "$(($(now) - began)) $ready"
  printf '{"cmd":"quit"}\n' >&"${engine[1]}"
  wait "$engine_PID" 2>/dev/null
}

"$program" demo --epochs 1 >/dev/null 2>&1 || exit 1 # writes the sample
for ((i = 1; i <= starts; i++)); do
  shown=$(window) || { echo "the window did not open" >&2; exit 1; }
  echo "$shown" >>"$ODDLENS_HOME/window"
  read -r epoch ready <<<"$(first_epoch)"
  echo "$epoch" >>"$ODDLENS_HOME/epoch"
  echo "$ready" >>"$ODDLENS_HOME/ready"
  echo "window $shown ms, engine ready $ready ms, first epoch $epoch ms after train; load $(load)"
done
echo "window mapped, ms:             $(median <"$ODDLENS_HOME/window")"
echo "engine ready, ms:              $(median <"$ODDLENS_HOME/ready")"
echo "first epoch after train, ms:   $(median <"$ODDLENS_HOME/epoch")"
