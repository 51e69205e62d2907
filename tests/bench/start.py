"""Seconds from the start of a program to its first visible window, on the display that DISPLAY names (xdotool is needed).

    python3 tests/bench/start.py build/release/app/gui/chladni [FILE] --times 5
"""
import argparse
import subprocess
import time


def visible(pid):
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(pid)], capture_output=True, text=True)
    return bool(found.stdout.strip())


def seconds(command, longest):
    begun = time.monotonic()
    program = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        while not visible(program.pid):
            if program.poll() is not None or time.monotonic() - begun > longest:
                raise SystemExit(f"{command[0]}: no window within {longest} s")
            time.sleep(0.005)
        return time.monotonic() - begun
    finally:
        time.sleep(0.7)  # a window that is not yet at rest takes longer to leave
        program.terminate()
        program.wait()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("command", nargs="+")
    arguments.add_argument("--times", type=int, default=5)
    arguments.add_argument("--longest", type=float, default=30.0)
    given = arguments.parse_args()
    print(" ".join(f"{seconds(given.command, given.longest):.3f}" for _ in range(given.times)))


if __name__ == "__main__":
    main()
