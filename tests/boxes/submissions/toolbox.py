"""A submission that looks around from inside a box. It is sent to the box as source, never imported here."""

import os
import sys
import threading
import time

import numpy as np


def echo(value):
    return value


def describe_array(array):
    return array.dtype.str, array.shape, array.strides, bool(array.flags.writeable), array.tobytes()


def add_one(array, *, step=1):
    array += step
    return array


def double(array, scale=2):
    return array * scale


def append_to(items):
    items.append(1)
    return len(items)


def raise_value_error():
    raise ValueError("a message for the learner")


def raise_own_error():
    class OwnError(LookupError):
        def __str__(self):
            raise RuntimeError

    raise OwnError


def call_exit():
    sys.exit(3)


def return_object():
    return object()


def return_function():
    return echo


def ask():
    return input()


def spin(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return True


def nap(seconds):
    time.sleep(seconds)
    return True


def attempt(code):
    """Evaluate an expression; return what kind of error it raises, and its errno, or None."""
    try:
        eval(code, {name: __import__(name) for name in ("ctypes", "multiprocessing", "os", "signal", "socket", "subprocess")})
    except BaseException as error:
        return type(error).__name__, getattr(error, "errno", None) or 0
    return None


def import_module(name):
    return attempt(f"__import__({name!r})")


def write_file(path, size):
    return attempt(f"open({path!r}, 'wb').write(bytes({size}))")


def identity():
    return os.getresuid(), os.getresgid(), sorted(set(os.getgroups()) - {os.getgid()})


def environment():
    return sorted(os.environ.items())


def read(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def find_files(names):
    """Return the paths of all files and folders with one of the names."""
    found = []
    for folder, folders, files in os.walk("/", onerror=None):
        if folder == "/":
            folders.remove("proc")
        found += [os.path.join(folder, name) for name in (*folders, *files) if name in names]
    return found


def find_writable():
    """Return the folders in which a file can be made."""
    found = []
    for folder, folders, _ in os.walk("/", onerror=None):
        if folder == "/":
            folders.remove("proc")
        try:
            path = os.path.join(folder, "a-new-file")
            with open(path, "w"):
                pass
            os.remove(path)
        except OSError:
            continue
        found.append(folder)
    return found


def open_files():
    """Return what the descriptors of this process lead to."""
    found = []
    for name in os.listdir("/proc/self/fd"):
        try:
            found.append((int(name), os.readlink(f"/proc/self/fd/{name}").split(":")[0]))
        except OSError:
            continue
    return [(number, target) for number, target in sorted(found) if not target.startswith("/proc/")]


def module_names():
    return sorted(sys.modules)


def find_in_memory(backwards):
    """Return which words, given backwards, occur in a string that this process can reach."""
    import gc

    words = {word[::-1] for word in backwards}
    gc.unfreeze()
    seen = set()
    for thing in gc.get_objects():
        if thing is words:
            continue
        for part in thing.values() if type(thing) is dict else thing if type(thing) in (list, tuple, set) else ():
            if type(part) is str:
                seen.update(word for word in words if word in part)
    return sorted(seen)


def blas_threads():
    matrix = np.ones((400, 400))
    matrix @ matrix
    return len(os.listdir("/proc/self/task"))


def start_threads(count):
    """Start threads until that fails; return how many there are then."""
    done = threading.Event()
    threads = []
    try:
        for _ in range(count):
            thread = threading.Thread(target=done.wait)
            thread.start()
            threads.append(thread)
    except RuntimeError:
        pass
    alive = len(os.listdir("/proc/self/task"))
    done.set()
    for thread in threads:
        thread.join()
    return alive


def network_interfaces():
    return [line.split(":")[0].strip() for line in read("/proc/net/dev").splitlines()[2:]]


def other_processes():
    return sorted(int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid())
