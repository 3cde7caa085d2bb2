"""The walls of a docker box: everything that a container is created with.

The worker locks itself in as well (``sandbox/lockdown.py``): resource limits on its address space and CPU time, and the
full system-call filter. What stands here is the outer wall, which holds from the container's first instruction on and does
not depend on anything that runs inside.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from judge.sandbox.lockdown import ENVIRONMENT, OPEN_FILES, REFUSED, THREADS

if TYPE_CHECKING:
    from pathlib import Path

    from judge.boxes.docker_engine import Engine
    from judge.boxes.image import BoxImage
    from judge.model import Limits

__all__ = ["Plan", "container_options", "seccomp_profile"]

BACKSTOP = 1024
"""MiB of memory beyond the submission's own limit: the interpreter, pandas and DuckDB take about 200, the tmpfs 16."""
SPARE_PROCESSES = 8
"""Beside the worker's threads: the guard, and the runtime's own while the container starts."""
TMPFS = "size=16m,mode=1777,noexec,nosuid,nodev"
CPUS = 2
"""Cores at most: a submission full of spinning threads leaves the rest of a large machine alone."""

MASKED = (
    "/proc/acpi", "/proc/asound", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
    "/proc/sched_debug", "/proc/scsi", "/proc/timer_list", "/proc/timer_stats",
    # Beyond docker's own list: nothing needs the machine's hardware and cgroups, and a message queue is a place to write.
    "/dev/mqueue", "/sys",
)  # fmt: skip

NEEDED_EARLY = frozenset({
    # The worker connects to the judge, and the guard watches the worker.
    "socket", "connect", "pidfd_open",
    # The runtime executes Python, and where it applies the profile early it changes the user behind it. Nobody inside has the
    # capability to do that.
    "execve", "capset", "setgid", "setgroups", "setregid", "setresgid", "setresuid", "setreuid", "setuid",
})  # fmt: skip
"""Refused to a submission, but used before one is loaded."""

_AF_UNIX = 1
_ENOSYS = 38
_NAMESPACE_FLAGS = tuple(1 << bit for bit in (17, 25, 26, 27, 28, 29, 30))
"""CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET."""


@dataclass(frozen=True)
class Plan:
    """What differs from box to box.

    Parameters
    ----------
    image : BoxImage
        What the container is made of.
    uid, gid : int
        The user inside.
    folder : pathlib.Path or None
        The folder that holds the judge's socket; None where calls go over the standard streams.
    limits : Limits
        What the submission may use.
    labels : dict
        By which the container can be found again.
    runtime : str or None
        Another runtime than the daemon's default.
    """

    image: BoxImage
    uid: int
    gid: int
    folder: Path | None
    limits: Limits
    labels: dict[str, str]
    runtime: str | None = None


def container_options(engine: Engine, plan: Plan) -> dict[str, Any]:
    """Return the arguments for the SDK's ``create_container``."""
    return {
        "image": plan.image.name,
        "user": f"{plan.uid}:{plan.gid}",
        "hostname": "box",
        "stdin_open": True,
        # No network of docker's, not even "none": the container has an empty network namespace, and starts twice as fast.
        "network_disabled": True,
        "use_config_proxy": False,
        "environment": _environment(plan),
        "labels": plan.labels,
        "host_config": _host_config(engine, plan),
    }


def _host_config(engine: Engine, plan: Plan) -> dict[str, Any]:
    from docker.types import LogConfig, Mount, Ulimit  # noqa: PLC0415 - see docker_engine

    memory = (plan.limits.memory + BACKSTOP) << 20
    security = ["no-new-privileges"]
    if engine.has_seccomp:
        security.append(f"seccomp={json.dumps(seccomp_profile())}")
    config: dict[str, Any] = engine.api.create_host_config(
        runtime=plan.runtime,
        auto_remove=True,
        init=False,
        read_only=True,
        cap_drop=["ALL"],
        security_opt=security,
        ipc_mode="none",
        pids_limit=THREADS + SPARE_PROCESSES,
        mem_limit=memory,
        memswap_limit=memory,
        nano_cpus=min(CPUS, engine.info.get("NCPU") or 1) * 10**9,
        oom_score_adj=500,
        ulimits=[Ulimit(name="core", soft=0, hard=0), Ulimit(name="nofile", soft=OPEN_FILES, hard=OPEN_FILES)],
        tmpfs={"/tmp": TMPFS},  # noqa: S108 - inside
        mounts=[Mount("/run/judge", str(plan.folder), type="bind", read_only=True)] if plan.folder else [],
        log_config=LogConfig(type="none"),
    )
    return config | {"MaskedPaths": list(MASKED)}


def _environment(plan: Plan) -> list[str]:
    """Return exactly the box's environment: a name without ``=`` takes away what the image or docker would set."""
    wanted = ENVIRONMENT | {"PYTHONPATH": "/box:/box/lib", "JUDGE_GUARD": "1"}
    if plan.folder is None:
        wanted["JUDGE_CHANNEL"] = "stdio"
    inherited = {entry.partition("=")[0] for entry in plan.image.environment} | {"HOSTNAME"}
    return [f"{name}={value}" for name, value in wanted.items()] + sorted(inherited - wanted.keys())


def seccomp_profile() -> dict[str, Any]:
    """Return the system-call profile in docker's format, from the same table as the worker's own filter.

    Everything in the table is refused but what is needed before the worker shuts itself in; of sockets only Unix ones
    can be made, and of new processes none with namespaces of its own.
    """
    refused = sorted(REFUSED.keys() - NEEDED_EARLY)
    rules: list[dict[str, Any]] = [{"names": refused, "action": "SCMP_ACT_ERRNO"}]
    rules.append({"names": ["socket"], "action": "SCMP_ACT_ERRNO", "args": [{"index": 0, "value": _AF_UNIX, "op": "SCMP_CMP_NE"}]})
    # clone3 hides its flags in memory, where no filter can look; told that it does not exist, C libraries fall back to clone.
    rules.append({"names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": _ENOSYS})
    for flag in _NAMESPACE_FLAGS:
        is_set = {"index": 0, "value": flag, "valueTwo": flag, "op": "SCMP_CMP_MASKED_EQ"}
        rules.append({"names": ["clone"], "action": "SCMP_ACT_ERRNO", "args": [is_set]})
    return {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": rules}
