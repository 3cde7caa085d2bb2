"""What only the docker box does: its container, its daemon, its image, its attached streams."""

from __future__ import annotations

import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

import docker
import pytest
from box_kinds import eventually
from hypothesis import given
from hypothesis import strategies as st

from judge.boxes import image as image_module
from judge.boxes.docker import DockerBox
from judge.boxes.docker_engine import Engine
from judge.boxes.docker_stream import Attached
from judge.boxes.docker_walls import NEEDED_EARLY, seccomp_profile
from judge.boxes.image import BoxImage
from judge.boxes.image_build import build_box
from judge.boxes.wheels import Target, without_markers
from judge.errors import BoxError
from judge.model import Limits
from judge.sandbox.lockdown import REFUSED

SOURCE = b"def f(): return 1"


@pytest.fixture
def box(request):
    request.getfixturevalue("docker_image")
    made = DockerBox()
    yield made
    made.close()


@pytest.fixture
def client():
    with closing(docker.from_env()) as made:
        yield made


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    """No daemon: neither at the usual place nor by a context."""
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/docker.sock")


# -- the container ------------------------------------------------------------------------------------------


@pytest.mark.docker
def test_a_container_has_every_wall(box, client):
    with box.open(Limits(memory=300)) as session:
        session.load(SOURCE, "submission.py", ["f"])
        found = [entry for entry in client.containers.list(filters={"label": f"ml-judge.pid={os.getpid()}"}) if entry.name]
        config, host = max(found, key=lambda entry: entry.attrs["Created"]).attrs["Config"], None
        for entry in found:
            host = entry.attrs["HostConfig"]
            assert entry.attrs["Config"]["NetworkDisabled"]
            assert entry.attrs["Config"]["User"].split(":")[0] not in ("", "0", "root")
            assert [(mount["Destination"], mount["RW"]) for mount in entry.attrs["Mounts"]] in ([("/run/judge", False)], [])
    assert config["Labels"]["ml-judge.started"].isdigit()
    assert host["CapDrop"] == ["ALL"]
    assert not host["CapAdd"]
    assert not host["Privileged"]
    assert host["ReadonlyRootfs"]
    assert host["AutoRemove"]
    assert host["IpcMode"] == "none"
    assert host["PidMode"] == ""
    assert 64 <= host["PidsLimit"] <= 100
    assert host["Memory"] == host["MemorySwap"] >= 300 << 20
    assert host["NanoCpus"] > 0
    assert host["LogConfig"]["Type"] == "none"
    assert host["Tmpfs"].keys() == {"/tmp"}  # noqa: S108 - inside the box
    assert "no-new-privileges" in host["SecurityOpt"]
    assert any(option.startswith("seccomp={") for option in host["SecurityOpt"])
    assert {"/sys", "/dev/mqueue", "/proc/kcore"} <= set(host["MaskedPaths"])


@pytest.mark.docker
@pytest.mark.usefixtures("docker_image")
def test_the_system_call_profile_holds_before_the_worker_shuts_itself_in(client):
    code = "import ctypes; libc = ctypes.CDLL(None); print(libc.unshare(0x10000000), libc.ptrace(0, 0, 0, 0), libc.socket(2, 1, 0))"
    profile = json.dumps(seccomp_profile())
    output = client.containers.run(
        BoxImage(Engine()).name, entrypoint=["python3", "-c", code], remove=True, network_disabled=True, security_opt=[f"seccomp={profile}"]
    )
    assert output.split() == [b"-1"] * 3


def test_the_profile_refuses_the_whole_table_but_what_the_start_needs():
    rules = {name: rule for rule in seccomp_profile()["syscalls"] for name in rule["names"]}
    assert set(REFUSED) - set(rules) == NEEDED_EARLY - {"socket"}
    assert {rule["action"] for rule in rules.values()} == {"SCMP_ACT_ERRNO"}


@pytest.mark.docker
@pytest.mark.parametrize("delay", [0.0, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.5])
def test_a_box_closed_while_it_starts_leaves_no_container(box, client, delay):
    session = box.open(Limits())
    time.sleep(delay)  # not a wait for anything: the moment to be tried
    session.close()
    box.close()
    mine = {"label": f"ml-judge.run={box._run}"}
    assert eventually(lambda: not client.api.containers(all=True, filters=mine))


@pytest.mark.docker
def test_a_box_that_was_closed_opens_again(box):
    for _ in range(2):
        with box.open(Limits()) as session:
            session.load(SOURCE, "submission.py", ["f"])
            assert session.call("f") == 1
        box.close()


@pytest.mark.docker
def test_the_loss_of_the_container_is_not_held_against_the_submission_if_the_daemon_is_at_fault(box, client):
    with box.open(Limits()) as session:
        session.load(SOURCE, "submission.py", ["f"])
        session._cell._trouble = BoxError("the daemon went away")
        (container,) = client.api.containers(filters={"label": f"ml-judge.run={box._run}"})
        client.api.kill(container["Id"])
        with pytest.raises(BoxError, match="daemon went away"):
            session.call("f")


# -- the daemon ---------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("nowhere")
def test_a_missing_daemon_is_one_line_with_a_way_out_and_costs_no_time():
    began = time.monotonic()
    trouble = DockerBox().problem()
    assert time.monotonic() - began < 5
    assert trouble.startswith("the docker daemon does not answer (No such file or directory). Start docker")
    assert "\n" not in trouble


def test_a_daemon_that_never_answers_is_given_up_on(monkeypatch, tmp_path):
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / "s"))
        silent.listen()
        monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/s")
        monkeypatch.setattr("judge.boxes.docker_engine.PROBE_TIMEOUT", 1)
        began = time.monotonic()
        assert "does not answer" in DockerBox().problem()
        assert time.monotonic() - began < 10


def test_a_machine_without_docker_is_told_so_before_the_sdk_is_imported(tmp_path):
    code = "import sys; from judge.boxes.docker import DockerBox; print(DockerBox().problem()); assert 'docker' not in sys.modules"
    code = f"from pathlib import Path; import judge.boxes.docker_engine as engine; engine.DEFAULT_SOCKET = Path('/nowhere'); {code}"
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.startswith("there is no docker daemon. ")


def test_a_daemon_over_ssh_is_declined_with_a_way_round(monkeypatch):
    monkeypatch.setenv("DOCKER_HOST", "ssh://somewhere.invalid")
    assert "Forward its socket" in DockerBox().problem()


@pytest.mark.docker
@pytest.mark.usefixtures("docker_image")
def test_an_unknown_runtime_is_one_line():
    assert "no runtime 'no-such-runtime'" in DockerBox(runtime="no-such-runtime").problem()


@pytest.mark.docker
@pytest.mark.usefixtures("docker_image")
def test_a_daemon_that_is_not_on_this_machine_gets_the_calls_over_its_streams(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=forward, args=(server,), daemon=True).start()
        monkeypatch.setenv("DOCKER_HOST", f"tcp://127.0.0.1:{server.getsockname()[1]}")
        box = DockerBox()
        assert box.problem() is None
        assert (box.channel, box.info().clock) == ("stdio", "wall")
        with box.open(Limits()) as session:
            session.load(SOURCE, "submission.py", ["f"])
            assert session.call("f") == 1
        box.close()


def forward(server):
    """Carry the bytes of every connection to the local daemon and back, as a network would."""
    while True:
        try:
            near, _ = server.accept()
        except OSError:
            return
        far = socket.socket(socket.AF_UNIX)
        far.connect("/var/run/docker.sock")
        ways = [threading.Thread(target=carry, args=way, daemon=True) for way in ((near, far), (far, near))]
        for way in ways:
            way.start()
        threading.Thread(target=close_after, args=(ways, near, far), daemon=True).start()


def carry(source, target):
    with suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


def close_after(threads, *sockets):
    for thread in threads:
        thread.join()
    for each in sockets:
        each.close()


@pytest.mark.docker
@pytest.mark.usefixtures("docker_image")
def test_a_local_daemon_gets_the_socket():
    assert DockerBox().channel == "socket"


# -- the image ----------------------------------------------------------------------------------------------


@pytest.fixture
def other_sources(monkeypatch, tmp_path):
    """A sandbox folder like the installed one, to be changed."""
    shutil.copytree(image_module.SANDBOX, tmp_path / "sandbox")
    monkeypatch.setattr(image_module, "SANDBOX", tmp_path / "sandbox")
    return tmp_path / "sandbox"


def test_the_images_name_depends_on_everything_that_goes_into_it(other_sources):
    names = {BoxImage(Engine()).name}
    for name in ("worker.py", "lockdown.py", "requirements.lock", "Dockerfile"):
        with (other_sources / name).open("a") as file:
            file.write("\n# changed\n")
        names.add(BoxImage(Engine()).name)
    (other_sources / "another.py").touch()
    names.add(BoxImage(Engine()).name)
    assert len(names) == 6


def test_the_images_name_depends_on_nothing_else(other_sources):
    before = BoxImage(Engine()).name
    (other_sources / "notes.md").write_text("x")
    (other_sources / "worker.py").touch()
    assert BoxImage(Engine()).name == before


@pytest.mark.docker
@pytest.mark.usefixtures("docker_image")
def test_an_image_built_from_other_sources_is_out_of_date(other_sources):
    (other_sources / "worker.py").write_text("changed")
    assert DockerBox().problem() == "the docker box's image is out of date. Build it: `judge box build`."


@pytest.mark.docker
@pytest.mark.usefixtures("docker_image")
def test_a_box_opened_on_a_missing_image_says_how_to_build_it(other_sources):
    (other_sources / "worker.py").write_text("changed")
    box = DockerBox()
    with box.open(Limits()) as session, pytest.raises(BoxError, match="image cannot be found") as error:
        session.connect()
    assert error.value.hint == "Build it: `judge box build`."
    box.close()


@pytest.mark.docker
@pytest.mark.usefixtures("docker_image")
def test_an_image_that_is_up_to_date_is_not_built_again():
    lines = []
    build_box(None, lines.append)
    assert len(lines) == 1
    assert "is up to date" in lines[0]


@pytest.mark.docker
@pytest.mark.usefixtures("docker_image")
def test_a_base_that_cannot_be_pulled_is_one_line_with_a_way_out():
    with pytest.raises(BoxError, match=r"the base image localhost:1/nothing:1 cannot be pulled: ") as error:
        build_box("localhost:1/nothing:1", lambda _: None)
    assert "--base debootstrap" in error.value.hint
    assert "\n" not in error.value.message


@pytest.mark.usefixtures("nowhere")
def test_nothing_is_built_without_a_daemon():
    with pytest.raises(BoxError, match="the docker daemon does not answer"):
        build_box(None, lambda _: None)


@pytest.mark.docker
@pytest.mark.usefixtures("docker_image")
def test_the_image_holds_no_pip_no_setuid_program_and_is_not_roots(client):
    code = (
        "import os, stat\n"
        "for folder, folders, files in os.walk('/'):\n"
        "    if folder == '/': folders.remove('proc'); folders.remove('sys')\n"
        "    for name in files:\n"
        "        mode = os.lstat(os.path.join(folder, name)).st_mode\n"
        "        if name.startswith('pip') or stat.S_ISREG(mode) and mode & 0o6000: print(folder, name)\n"
    )
    found = client.containers.run(BoxImage(Engine()).name, entrypoint=["python3", "-c", code], remove=True, network_disabled=True, user="0")
    assert [line for line in found.decode().splitlines() if "pipes" not in line] == []
    assert client.images.get(BoxImage(Engine()).name).attrs["Config"]["User"] not in ("", "0", "root")


def test_markers_are_taken_out_of_the_lock_and_hashes_are_not():
    lock = "a==1 ; sys_platform == 'linux' \\\n    --hash=sha256:12 \\\n    --hash=sha256:34\n    # via b\nb==2 \\\n    --hash=sha256:56\n"
    assert without_markers(lock) == lock.replace(" ; sys_platform == 'linux'", "")


def test_the_lock_pins_each_package_once_and_for_linux_alone():
    """Markers are taken out, so there may be no two versions of a package to choose from."""
    lines = [line for line in (image_module.SANDBOX / "requirements.lock").read_text().splitlines() if line[:1].isalnum()]
    names = [line.split("==")[0] for line in lines]
    assert len(names) == len(set(names)) >= 3
    assert all("==" in line and ("sys_platform == 'linux'" in line or ";" not in line) for line in lines)


def test_wheels_are_those_that_run_on_the_bases_c_library():
    assert Target((3, 11), "aarch64", (2, 19)).platforms() == [
        "manylinux_2_19_aarch64", "manylinux_2_18_aarch64", "manylinux_2_17_aarch64", "manylinux2014_aarch64",
    ]  # fmt: skip


# -- the attached streams -----------------------------------------------------------------------------------


@given(
    pieces=st.lists(st.tuples(st.sampled_from([1, 2]), st.binary(max_size=300))),
    cuts=st.lists(st.integers(1, 50), min_size=1),
    frames=st.booleans(),
)
def test_the_attached_streams_come_apart_however_they_are_cut(pieces, cuts, frames):
    near, far = socket.socketpair()
    with far, closing(Attached(near, frames_on_stdout=frames)) as attached:
        data = b"".join(struct.pack(">BxxxI", stream, len(piece)) + piece for stream, piece in pieces)
        out, printed, cut = b"", b"", 0
        while data:
            size = cuts[cut % len(cuts)]
            cut += 1
            far.sendall(data[:size])
            data = data[size:]
            out, printed = out + received(attached), printed + output(attached)
        far.shutdown(socket.SHUT_WR)
        assert attached.read_output() is None
        assert attached.receive(memoryview(bytearray(1))) == 0
    assert out == b"".join(piece for stream, piece in pieces if frames and stream == 1)
    assert printed == b"".join(piece for stream, piece in pieces if not frames or stream == 2)


def received(attached):
    buffer = memoryview(bytearray(10_000))
    try:
        return bytes(buffer[: attached.receive(buffer)])
    except BlockingIOError:
        return b""


def output(attached):
    try:
        return attached.read_output() or b""
    except BlockingIOError:
        return b""


def test_a_stream_that_nobody_reads_is_left_to_fill_up_rather_than_kept():
    near, far = socket.socketpair()
    with far, closing(Attached(near, frames_on_stdout=True)) as attached:
        far.setblocking(False)  # noqa: FBT003 - the socket's interface
        piece = struct.pack(">BxxxI", 2, 1 << 16) + bytes(1 << 16)
        sent = 0
        for _ in range(10_000):
            try:
                sent += far.send(piece)
            except BlockingIOError:
                break
            assert received(attached) == b""
        assert sent < 20 << 20
