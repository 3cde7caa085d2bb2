"""The same submission and seed give the same verdict and the same properties in every kind of box."""

from __future__ import annotations

import json

import pytest
from tiny_bank import NAIVE, VECTORIZED

GUARD = "import numpy as np\ndef double(x):\n    if x.ndim != 1:\n        raise ValueError('one dimension')\n"
SUBMISSIONS = {
    "vectorized": VECTORIZED,
    "naive": NAIVE,
    "wrong": GUARD + "    return np.abs(x.astype(np.float64)) * 2.0\n",
    "modifies": GUARD + "    out = x.astype(np.float64) * 2.0\n    x[...] = 1\n    return out\n",
    "raises": GUARD + "    return 1 / 0\n",
    "forks": GUARD + "    import os; os.fork()\n",
    "exits": GUARD + "    import os; os._exit(3)\n",
    "crashes": GUARD + "    import ctypes; ctypes.string_at(0)\n",
    "hoards": GUARD + "    return np.ones((1 << 14, 1 << 14))\n",
    "prints": GUARD + "    while True: print('x' * 4096)\n",
    "loops": GUARD + "    while True: pass\n",
    "does not compile": "def double(x:\n",
    "lacks the function": "x = 1\n",
}


@pytest.mark.docker
@pytest.mark.slow
@pytest.mark.usefixtures("docker_image")
@pytest.mark.parametrize("name", SUBMISSIONS)
def test_both_boxes_come_to_the_same_result(submit, name):
    reports = []
    for box in ("bubblewrap", "docker"):
        process = submit(SUBMISSIONS[name], "--format", "json", "--seed", "11", "--no-speed", "--box", box)
        report = json.loads(process.stdout)
        reports.append({key: report[key] for key in ("verdict", "reason", "score", "correctness")} | {"exit": process.returncode})
    assert reports[0] == reports[1]
