#!/usr/bin/env python3
"""Opens files in the real window, one after the other, and tells how long that takes and how much memory it leaves.

Usage: docs/evidence/large-open.py FILE [FILE ...]     (Linux with Xvfb, openbox and xdotool; ODDLENS: program, default
                                                        ./oddlens, so that two versions can be compared; IDLE: seconds
                                                        between the window and the first file, default 10)
A file counts as opened when the screen has changed for the last time before window and engine rested for half a second,
twenty times a second looked at. Prints one line for each file, and the load of the machine beside it.
"""
import ctypes
import os
import subprocess
import sys
import tempfile
import time
import zlib

TICKS = os.sysconf("SC_CLK_TCK")
STEP, QUIET, SIZE = 0.05, 0.5, (1600, 1200)


def children(pid):
    found = [pid]
    for parent in found:
        for thread in os.listdir(f"/proc/{parent}/task"):
            with open(f"/proc/{parent}/task/{thread}/children") as listed:
                found += [int(child) for child in listed.read().split()]
    return found


def java(pid):
    """Window and engine below a process, in the order of their start."""
    return [each for each in children(pid) if os.path.basename(os.readlink(f"/proc/{each}/exe")) == "java"]


def used(pids):
    total = 0
    for pid in pids:
        with open(f"/proc/{pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def resident(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) >> 10 for line in status if line.startswith("VmRSS"))


class Screen:
    """The pixels of a display, by the X library itself: a program that takes pictures would use the processors measured."""

    class Image(ctypes.Structure):
        _fields_ = [
            ("width", ctypes.c_int), ("height", ctypes.c_int), ("xoffset", ctypes.c_int), ("format", ctypes.c_int),
            ("data", ctypes.POINTER(ctypes.c_char)), ("byte_order", ctypes.c_int), ("bitmap_unit", ctypes.c_int),
            ("bitmap_bit_order", ctypes.c_int), ("bitmap_pad", ctypes.c_int), ("depth", ctypes.c_int),
            ("bytes_per_line", ctypes.c_int),
        ]  # fmt: skip

    def __init__(self):
        x = ctypes.CDLL("libX11.so.6")
        x.XOpenDisplay.restype = ctypes.c_void_p
        x.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        x.XDefaultRootWindow.restype = ctypes.c_ulong
        x.XGetImage.restype = ctypes.POINTER(Screen.Image)
        x.XGetImage.argtypes = [ctypes.c_void_p, ctypes.c_ulong] + 2 * [ctypes.c_int] + 2 * [ctypes.c_uint] + [
            ctypes.c_ulong, ctypes.c_int]  # fmt: skip
        x.XDestroyImage.argtypes = [ctypes.POINTER(Screen.Image)]
        self.x, self.display = x, x.XOpenDisplay(None)
        self.root = x.XDefaultRootWindow(self.display)

    def state(self):
        image = self.x.XGetImage(self.display, self.root, 0, 0, *SIZE, 0xFFFFFFFF, 2)
        taken = image.contents
        sum_ = zlib.adler32(ctypes.string_at(taken.data, taken.bytes_per_line * taken.height))
        self.x.XDestroyImage(image)
        return sum_


def until_drawn(screen, pids, begun):
    """Seconds until the screen changed for the last time, and what the processors did until both rested."""
    before = used(pids)
    quiet_since = changed = begun
    last, shown = before, screen.state()
    while time.monotonic() - quiet_since < QUIET:
        time.sleep(STEP)
        now, seen = used(pids), screen.state()
        if seen != shown:
            changed = time.monotonic()
        if now - last > STEP / 5 or now - before < 0.1 or seen != shown:
            quiet_since = time.monotonic()
        last, shown = now, seen
    return changed - begun, last - before


def key(*arguments):
    subprocess.run(["xdotool", *arguments], check=True)


def dialogue():
    return not subprocess.run(["xdotool", "search", "--name", "^Import data$"], stdout=subprocess.DEVNULL).returncode


def main(files):
    display = next(n for n in range(97, 200) if not os.path.exists(f"/tmp/.X{n}-lock"))
    os.environ["DISPLAY"] = f":{display}"
    quietly = dict(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server = subprocess.Popen(["Xvfb", f":{display}", "-screen", "0", "%dx%dx24" % SIZE], **quietly)
    time.sleep(1)
    screen = Screen()
    manager = subprocess.Popen(["openbox"], **quietly)
    with tempfile.TemporaryDirectory() as home:
        os.environ["ODDLENS_HOME"] = home
        program = subprocess.Popen([os.environ.get("ODDLENS", "./oddlens")], **quietly)
        try:
            while subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--name", "^Oddlens"], **quietly
            ).returncode:
                time.sleep(0.1)
            time.sleep(float(os.environ.get("IDLE", "10")))
            window, engine = java(program.pid)[:2]
            print(f"empty window: window {resident(window)} MB, engine {resident(engine)} MB", flush=True)
            for file in files:
                while not dialogue():
                    key("key", "ctrl+i")
                    time.sleep(2)
                key("type", "/")  # opens the line for a path, which loses what is typed meanwhile
                time.sleep(1)
                key("type", "--delay", "5", os.path.abspath(file)[1:])
                time.sleep(2)
                begun = time.monotonic()
                key("key", "Return")
                time.sleep(0.2)
                if dialogue():  # the first one may only have closed the list of completions
                    begun = time.monotonic()
                    key("key", "Return")
                seconds, processor = until_drawn(screen, [window, engine], begun)
                time.sleep(6)  # memory is given back once nothing happens
                print(
                    f"{os.path.basename(file)}: {seconds:.1f} s, {processor:.1f} s of processors; resident: "
                    f"window {resident(window)} MB, engine {resident(engine)} MB; load {os.getloadavg()[0]:.1f}",
                    flush=True,
                )
                if os.environ.get("PICTURE"):
                    subprocess.run(["import", "-window", "root", os.environ["PICTURE"]], check=False)
        finally:
            for pid in reversed(java(program.pid)):
                os.kill(pid, 15)
            program.wait()
            manager.kill()
            server.kill()


main(sys.argv[1:])
