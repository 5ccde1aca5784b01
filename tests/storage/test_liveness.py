"""A process is alive until it says otherwise or dies."""

import fcntl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.liveness import Liveness


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "wxqr.db"


@pytest.fixture
def here(database: Path) -> Iterator[Liveness]:
    liveness = Liveness.claim(database)
    yield liveness
    liveness.release()


PROCESS = """
import sys
from pathlib import Path
from storage.liveness import Liveness

liveness = Liveness.claim(Path(sys.argv[1]))
print(liveness.owner, flush=True)
for owner in sys.stdin:
    print(liveness.is_alive(owner.strip()), flush=True)
"""


@pytest.fixture
def there(database: Path) -> Iterator["subprocess.Popen[str]"]:
    """Run a process that prints its owner's name, and then tells of each name it is given whether that one lives."""
    with subprocess.Popen(
        [sys.executable, "-c", PROCESS, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def line_of(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def ask(process: "subprocess.Popen[str]", owner: str) -> str:
    assert process.stdin
    print(owner, file=process.stdin, flush=True)
    return line_of(process)


def proofs(database: Path) -> list[str]:
    return sorted(file.name for file in database.parent.iterdir())


def test_a_claim_is_alive_until_it_is_released(here: Liveness, database: Path) -> None:
    assert here.is_alive(here.owner)
    here.release()
    here.release()
    assert not here.is_alive(here.owner)
    assert proofs(database) == []


def test_two_claims_of_one_process_are_two_owners(here: Liveness, database: Path) -> None:
    other = Liveness.claim(database)
    assert other.owner != here.owner
    assert here.is_alive(other.owner)
    assert other.is_alive(here.owner)
    other.release()
    assert not here.is_alive(other.owner)
    assert here.is_alive(here.owner)


def test_an_owner_nobody_has_heard_of_is_dead(here: Liveness) -> None:
    assert not here.is_alive("0" * 32)


def test_processes_see_each_other_alive(here: Liveness, there: "subprocess.Popen[str]") -> None:
    assert here.is_alive(line_of(there))
    assert ask(there, here.owner) == "True"
    here.release()
    assert ask(there, here.owner) == "False"


def test_a_killed_process_is_dead_at_once_and_nothing_of_it_stays(
    here: Liveness, there: "subprocess.Popen[str]", database: Path
) -> None:
    owner = line_of(there)
    assert here.is_alive(owner)
    there.kill()
    there.wait()
    assert proofs(database) == sorted(f"wxqr.db.alive-{name}" for name in (here.owner, owner))
    assert not here.is_alive(owner)
    assert proofs(database) == [f"wxqr.db.alive-{here.owner}"]
    assert not here.is_alive(owner)


def test_asking_does_not_make_a_dead_process_look_alive_to_another_who_asks(
    here: Liveness, there: "subprocess.Popen[str]", database: Path
) -> None:
    owner = line_of(there)
    there.kill()
    there.wait()
    with (database.parent / f"wxqr.db.alive-{owner}").open() as proof:
        fcntl.flock(proof, fcntl.LOCK_SH)  # as another who asks would have it for a moment
        assert not here.is_alive(owner)


def test_a_program_started_by_a_process_does_not_outlive_it_as_its_owner(here: Liveness, database: Path) -> None:
    program = (
        "import subprocess, sys; from pathlib import Path; from storage.liveness import Liveness;"
        "print(Liveness.claim(Path(sys.argv[1])).owner);"
        "nowhere = subprocess.DEVNULL;"
        "print(subprocess.Popen(['sleep', '60'], stdout=nowhere, stderr=nowhere, close_fds=False).pid)"
    )
    started = subprocess.run([sys.executable, "-c", program, str(database)], capture_output=True, text=True, check=True)
    owner, child = started.stdout.split()
    assert not here.is_alive(owner)
    subprocess.run(["kill", child], check=True)


def test_the_proof_is_for_its_owner_only(here: Liveness, database: Path) -> None:
    assert (database.parent / f"wxqr.db.alive-{here.owner}").stat().st_mode & 0o777 == 0o600


def test_a_missing_directory_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Liveness.claim(tmp_path / "nowhere" / "wxqr.db")
