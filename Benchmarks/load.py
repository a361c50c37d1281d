"""Load on one page: clients that ask again as soon as they are answered, for a few seconds."""

import http.client
import json
import os
import shutil
import subprocess
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))


def generator():
    return "wrk" if shutil.which("wrk") else "Python threads"


def press(port, path, clients, seconds, cookie=None):
    """Answers p50 and p95 in ms, requests, seconds and errors."""
    if generator() == "wrk":
        return press_with_wrk(port, path, clients, seconds, cookie)
    return press_with_threads(port, path, clients, seconds, cookie)


def press_with_wrk(port, path, clients, seconds, cookie):
    done = subprocess.run(
        ["wrk", "--threads", "1", "--connections", str(clients), "--duration", f"{seconds}s",
         "--timeout", f"{seconds}s", "--script", os.path.join(HERE, "percentiles.lua"),
         *(["--header", f"Cookie: {cookie}"] if cookie else []),
         f"http://127.0.0.1:{port}{path}"],
        capture_output=True, text=True, check=True, timeout=seconds + 30)
    return json.loads(done.stdout.splitlines()[-1])


def press_with_threads(port, path, clients, seconds, cookie):
    """The threads take turns in one interpreter, so this says more than wrk would."""
    latencies, errors = [], []
    start = time.monotonic()

    def client():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        while time.monotonic() < start + seconds:
            sent = time.monotonic()
            try:
                connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
                response = connection.getresponse()
                response.read()
            except (OSError, http.client.HTTPException) as fault:
                errors.append(fault)
                connection.close()
                continue
            latencies.append((time.monotonic() - sent) * 1000)
            if response.status != 200:
                errors.append(response.status)
        connection.close()

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    latencies.sort()
    return {
        "p50": percentile(latencies, 50), "p95": percentile(latencies, 95),
        "requests": len(latencies), "seconds": time.monotonic() - start, "errors": len(errors),
    }


def percentile(ordered, percent):
    if not ordered:
        return float("inf")
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
