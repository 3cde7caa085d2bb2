"""What a submission can see and reach: nothing worth having."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from judge.model import Limits
from judge.sandbox.lockdown import ENVIRONMENT

TMP = "/tmp"  # noqa: S108 - the box's own
SECRETS = ("hidden_tests.py", "problem.toml", "vectorized.py", "naive.py", "cases.py", "judge", "problems", "reference", "docker.sock")
FOREIGN = ("judge", "hypothesis", "pytest", "msgspec", "click", "docker", "rich", "pip", "setuptools", "problems", "reference", "conftest")
TOOLBOX = Path(__file__).with_name("submissions").joinpath("toolbox.py").read_bytes()


def test_the_user_inside_is_not_root_and_has_no_other_group(toolbox):
    users, groups, others = toolbox.call("identity")
    assert len(set(users)) == len(set(groups)) == 1
    assert users[0] != 0 != groups[0]
    assert others in ([], [65534])  # a group of the host's that the namespace does not know shows as 65534


def test_no_process_of_the_box_is_root_outside(box):
    with box.open(Limits()) as session:
        session.load(b"import os\ndef f(): return os.getuid()", "submission.py", ["f"])
        uid = session.call("f")
        inside = {pid: users for pid, users in users_of_processes().items() if pid == session.pid or uid in users}
        assert inside or os.geteuid() != 0
        assert all(0 not in users for users in inside.values())


def users_of_processes():
    """Return the real, effective, saved and file-system user of every process on this machine."""
    found = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            found[int(status.parent.name)] = [int(user) for user in re.search(r"^Uid:(.*)$", status.read_text(), re.MULTILINE)[1].split()]
        except OSError:
            continue
    return found


def test_two_boxes_of_a_judge_that_is_root_have_different_users(box):
    if os.geteuid() != 0:
        pytest.skip("an ordinary user's boxes run as that user")
    with box.open(Limits()) as one, box.open(Limits()) as other:
        users = set()
        for session in (one, other):
            session.load(b"import os\ndef f(): return os.getuid()", "submission.py", ["f"])
            users.add(session.call("f"))
    assert len(users) == 2


def test_the_environment_is_exactly_what_the_lock_says(toolbox):
    environment = dict(toolbox.call("environment"))
    paths = {name: environment.pop(name) for name in ("PYTHONPATH", "LD_LIBRARY_PATH", "PWD") if name in environment}
    environment.pop("LC_CTYPE", None)  # Python's own, where the C library has no UTF-8
    assert environment == ENVIRONMENT
    assert all(part.startswith(("/box", TMP)) for path in paths.values() for part in path.split(":"))


def test_there_is_no_network(toolbox):
    assert set(toolbox.call("network_interfaces")) <= {"lo"}


@pytest.mark.parametrize(
    "code",
    [
        "socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
        "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        "socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)",
        "socket.socket(socket.AF_UNIX)",
        "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
        "socket.socketpair()",
        "socket.create_connection(('127.0.0.1', 80))",
        "socket.getaddrinfo('localhost', 80) and socket.create_server(('127.0.0.1', 0))",
    ],
)
def test_no_socket_can_be_made(toolbox, code):
    assert toolbox.call("attempt", code)[0] in ("PermissionError", "gaierror")


@pytest.mark.parametrize(
    "call",
    ["unshare(0x10000000)", "ptrace(16, 1, 0, 0)", "mount(0, 0, 0, 0, 0)", "syscall(250, 0, 0)", "memfd_create(b'x', 0)", "personality(0)"],
)
def test_what_a_solution_never_needs_is_refused(toolbox, call):
    assert toolbox.call("attempt", f"1 / (1 + ctypes.CDLL(None).{call})") == ("ZeroDivisionError", 0)  # -1: refused


def test_only_the_small_temporary_folder_can_be_written(toolbox):
    assert [folder for folder in toolbox.call("find_writable") if not folder.startswith((TMP, "/dev/fd"))] == []
    assert toolbox.call("write_file", f"{TMP}/x", 10) is None


def test_two_boxes_share_no_folder(toolbox, box):
    toolbox.call("write_file", f"{TMP}/mine", 1)
    with box.open(Limits()) as other:
        other.load(b"import os\ndef f(): return os.listdir('/tmp')", "submission.py", ["f"])
        assert other.call("f") == []


@pytest.mark.parametrize("path", ["/proc/sysrq-trigger", "/proc/sys/kernel/core_pattern", "/proc/self/oom_score_adj", "/proc/1/mem"])
def test_the_kernels_files_cannot_be_written(toolbox, path):
    code = f"os.write(os.open({path!r}, os.O_WRONLY), b'-1000')"
    assert toolbox.call("attempt", code)[0] in ("PermissionError", "OSError", "FileNotFoundError")


@pytest.mark.parametrize("name", ["mem", "environ", "fd", "cwd"])
def test_the_boxs_first_process_is_closed_to_the_submission(toolbox, name):
    assert toolbox.call("attempt", f"open('/proc/1/{name}', 'rb').read(1)")[0] in ("PermissionError", "IsADirectoryError", "OSError")
    assert toolbox.call("attempt", "os.listdir('/proc/1/fd')")[0] == "PermissionError"


@pytest.mark.parametrize("number", ["SIGKILL", "SIGSTOP", "SIGTERM", "SIGSEGV"])
def test_the_boxs_first_process_cannot_be_ended_or_stopped(toolbox, number):
    toolbox.call("attempt", f"os.kill(1, signal.{number})")
    toolbox.call("attempt", f"os.kill(-1, signal.{number})")
    assert toolbox.call("echo", 1) == 1
    assert re.search(r"^State:\s+[SR]", toolbox.call("read", "/proc/1/status"), re.MULTILINE)


def test_no_other_process_can_be_seen(toolbox):
    assert toolbox.call("other_processes") in ([], [1])


def test_the_file_system_holds_no_tests_answers_or_judge(toolbox):
    assert toolbox.call("find_files", list(SECRETS)) == ["/run/judge"]  # where the socket is, or was


@pytest.mark.parametrize("folder", ["/home", "/root", "/mnt", "/media", "/srv", "/opt", "/var/lib/docker", "/run/secrets"])
def test_no_folder_of_people_or_services_is_there(toolbox, folder):
    assert toolbox.call("attempt", f"1 / (len(os.listdir({folder!r})) == 0)") in (None, ("FileNotFoundError", 2), ("PermissionError", 13))


@pytest.mark.parametrize("module", FOREIGN)
def test_no_module_but_the_solutions_own_tools_can_be_imported(toolbox, module):
    assert toolbox.call("import_module", module)[0] == "ModuleNotFoundError"
    assert not [name for name in toolbox.call("module_names") if name.split(".")[0] == module]


@pytest.mark.parametrize("module", ["numpy", "pandas", "duckdb", "sqlite3", "decimal", "concurrent.futures", "zoneinfo"])
def test_the_solutions_tools_can_be_imported(load, module):
    with load(f"import {module}\ndef f(): return {module}.__name__", "f") as session:
        assert session.call("f") == module


def test_open_files_are_the_standard_streams_and_the_channel(load, kind):
    with load(TOOLBOX, "open_files") as session:
        files = dict(session.call("open_files"))
    channel = sorted(target for number, target in files.items() if number > 2)
    assert channel == (["pipe", "pipe"] if kind == "docker-stdio" else ["socket"])
    assert [files[number] for number in range(3)] == ["/dev/null", "pipe", "pipe"]


def test_the_workers_memory_holds_no_trace_of_the_judge(toolbox):
    words = ["hidden_tests", "problem.toml", "hypothesis", str(Path(__file__).parents[2])]
    assert toolbox.call("find_in_memory", [word[::-1] for word in words]) == []


def test_the_first_process_was_told_nothing(toolbox):
    words = toolbox.call("read", "/proc/1/cmdline") + toolbox.call("read", "/proc/self/cmdline")
    assert not re.search(r"hidden|reference|problem|/home|token", words)
