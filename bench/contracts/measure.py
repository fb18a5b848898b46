"""Runs commands in turn and prints the medians of what each took. Lines of standard input: a name, a tab, a command."""
import os
import statistics
import subprocess
import sys
import time

runs = int(sys.argv[1])
commands = [line.rstrip("\n").split("\t") for line in sys.stdin if line.strip()]
taken = {name: [] for name, _ in commands}
for _ in range(runs):
    for name, command in commands:
        start = time.monotonic()
        process = subprocess.Popen(command.split(" "), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        if os.waitstatus_to_exitcode(status) not in (0, 100):
            sys.exit(f"{command} ended with {os.waitstatus_to_exitcode(status)}")
        taken[name].append((usage.ru_utime + usage.ru_stime, time.monotonic() - start, usage.ru_maxrss / 1024))

print("| what | processor | wall | peak memory |\n|---|---|---|---|")
for name, rows in taken.items():
    cpu, wall, memory = (statistics.median(column) for column in zip(*rows))
    print(f"| {name} | {cpu:.2f} s | {wall:.2f} s | {memory:.0f} MB |")
