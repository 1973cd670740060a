#!/usr/bin/env python3
"""Counts how many of 100 epochs on Two moons are recorded for the window at full speed, for every preset that trains by epochs.

Usage: docs/evidence/recorded-epochs.py [DETECTOR ...]      (ODDLENS: program, default ./oddlens)
Prints one line for each run that recorded fewer than all, then the counts. Run it on a quiet machine: what recording may cost
is counted in seconds.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = os.environ.get("ODDLENS", "./oddlens")
EPOCHS = 100


def main(wanted):
    home = tempfile.TemporaryDirectory()
    os.environ["ODDLENS_HOME"] = home.name
    os.environ["OMP_NUM_THREADS"] = "1"
    detectors = json.loads(subprocess.run([PROGRAM, "detectors", "--json"], capture_output=True, check=True).stdout)
    with subprocess.Popen(
        [PROGRAM, "engine"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as engine:

        def ask(**command):
            print(json.dumps(command), file=engine.stdin, flush=True)

        def answer(*kinds):
            for line in engine.stdout:
                message = json.loads(line)
                if message["msg"] in kinds:
                    return message

        answer("ready")
        sample = "sample-data/src/main/resources/org/oddlens/sample/two-moons-12d.npz"
        data = pathlib.Path(__file__).resolve().parents[2] / sample
        ask(cmd="inspect", id="data", data={"file": str(data)})
        inspected = answer("answer", "refused")["result"]
        recorded = {}
        for detector in detectors:
            keys = {each["key"] for each in detector["hyperparameters"]}
            if (wanted and detector["id"] not in wanted) or "epochs" not in keys:
                continue
            for preset in detector["presets"]:
                name = preset["id"] if isinstance(preset, dict) else preset
                folder = pathlib.Path(home.name, "runs", f"{detector['id']}-{name}".replace("/", "-"))
                spec = {
                    "data": inspected["data"],
                    "detector": detector["id"],
                    "preset": name,
                    "hyperparameters": {"epochs": EPOCHS},
                    "seed": 42,
                    "threads": 1,
                }
                ask(cmd="train", id=folder.name, spec=spec, folder=str(folder), snapshots="watched")
                seconds = 0
                while True:
                    message = answer("event", "refused")
                    if message["msg"] == "refused":
                        print(f"{detector['id']} {name}: {message['sentence']}", flush=True)
                        break
                    event = message["event"]
                    seconds += event.get("seconds", 0) if event["type"] == "epoch" else 0
                    if event["type"] == "ended":
                        count = len(list((folder / "scores").glob("0*.npy")))
                        epochs = sum('"type":"epoch"' in line.replace(" ", "") for line in open(folder / "events.jsonl"))
                        recorded[detector["id"], name] = count >= epochs
                        if count < epochs:
                            print(f"{detector['id']} {name}: {count} of {epochs}, {seconds:.2f} s", flush=True)
                        break
        ask(cmd="quit")
        print(f"{sum(recorded.values())} of {len(recorded)} presets recorded every epoch")


main(sys.argv[1:])
