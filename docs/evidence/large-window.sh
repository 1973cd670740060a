#!/usr/bin/env bash
# Measures what docs/performance.md says about large data in the window: time to open, memory of window and engine, frames a
# second of panning, wheel and table.
# Usage: docs/evidence/large-window.sh [FOLDER]      (needs xvfb-run, Maven and 4 GB of memory; without the data in FOLDER,
#                                                    python3 with NumPy makes them)
# Prints one line for each thing measured, and the load of the machine before and after. Run it on a quiet machine.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(mkdir -p "${1:-$root/target/large}" && cd "${1:-$root/target/large}" && pwd)
if [ ! -f "$folder/large-10.npz" ] || [ ! -f "$folder/large-119.npz" ]; then
  python3 "$root/docs/evidence/large-data.py" "$folder"
fi
# The flags with which the program itself is started, and no more memory than it may have there.
flags="-Xms48m -XX:+UseSerialGC -XX:-ShrinkHeapInSteps -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -Dprism.order=sw -Doddlens.watchdog.millis=60000"
echo "load before: $(cut -d ' ' -f 1-3 /proc/loadavg)"
cd "$root"
xvfb-run -a -s "-screen 0 1600x1200x24" mvn -B -ntp -Pjourneys -Dgroups=measurement -pl app -am verify -Dspotless.check.skip=true \
  -Dlicense.skip=true -Dtest=LargeDataJourneyTest -Dsurefire.failIfNoSpecifiedTests=false "-Dsurefire.args=$flags" \
  "-Doddlens.large=$folder" | grep -E 'LARGE|ERROR' || true
echo "load after: $(cut -d ' ' -f 1-3 /proc/loadavg)"
