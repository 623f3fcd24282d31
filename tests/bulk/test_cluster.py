"""The same pieces on a cluster of two machines, which are two raylets on this one."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.bulk.made import jsonl, talks
from tests.conftest import unavailable

ROOT = Path(__file__).parents[2]
RAY = Path(sys.executable).with_name("ray")


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """Start two raylets that know each other; give their address and the environment they run in."""
    for package in ("daft", "ray"):
        try:
            __import__(package)
        except ImportError:
            unavailable(f"{package} is not installed; install lingting[cluster].")
    home = tmp_path_factory.mktemp("ray")
    environment = os.environ | {"RAY_AUTH_MODE": "disabled", "RAY_USAGE_STATS_ENABLED": "0", "DAFT_ANALYTICS_ENABLED": "0", "PYTHONPATH": str(ROOT / "src")}
    address = f"127.0.0.1:{free_port()}"
    shared = ["--num-cpus=1", "--object-store-memory=100000000", "--disable-usage-stats", "--block"]
    short = f"/tmp/ray-{os.getpid()}"  # noqa: S108  # the path of a socket may be 107 bytes long at most
    head = [str(RAY), "start", "--head", f"--port={address.split(':')[1]}", "--node-ip-address=127.0.0.1", "--include-dashboard=false", f"--temp-dir={short}"]
    logs = (home / "log").open("wb")
    machines = [subprocess.Popen([*head, *shared], env=environment, stdout=logs, stderr=logs)]
    try:
        wait(address, machines[0])
        machines.append(subprocess.Popen([str(RAY), "start", f"--address={address}", *shared], env=environment, stdout=logs, stderr=logs))
        yield address, environment
    finally:
        for machine in reversed(machines):
            machine.terminate()
            machine.wait(30)
        subprocess.run(["rm", "-rf", short], check=True)


def wait(address: str, machine: subprocess.Popen[bytes]) -> None:
    import time

    host, port = address.split(":")
    for _ in range(120):
        assert machine.poll() is None, "the head of the cluster did not start"
        try:
            socket.create_connection((host, int(port)), 1).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    unavailable("the cluster did not answer within a minute")


@pytest.mark.cluster
def test_two_machines_write_the_very_bytes_of_one_process(cluster: tuple[str, dict[str, str]], tmp_path: Path) -> None:
    address, environment = cluster
    for part in range(6):
        jsonl(tmp_path / f"{part}.jsonl", [one | {"id": f"{part}-{one['id']}"} for one in talks(20)])
    files = [str(tmp_path / f"{part}.jsonl") for part in range(6)]
    outs = {"near": ["--workers", "1"], "far": ["--ray", address]}
    for name, how in outs.items():
        command = [sys.executable, "-m", "lingting.cli", "inspect", *files, "--out", str(tmp_path / f"{name}.parquet"), *how]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=240, cwd=ROOT)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "near.parquet").read_bytes() == (tmp_path / "far.parquet").read_bytes()
