"""A full disk, a read-only one, a folder of somebody else: a clear error, and nothing is lost."""

import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.store import GraphStore
from ontology.errors import StoreFull, StoreNotWritable

NOON = datetime(2024, 3, 4, 12, tzinfo=UTC)
NOBODY = 65_534

# What a child says when it tries to publish; it takes another user's identity where one is given.
TRY = """
import os, sys
from datetime import datetime
from pathlib import Path
import rdflib
from graph.store import GraphStore
from ontology.errors import KopruError

store = GraphStore(Path(sys.argv[1]))
if len(sys.argv) > 2:
    os.setuid(int(sys.argv[2]))
try:
    with store.writer() as draft:
        draft.replace_source("records", rdflib.Graph(), retrieved_at=datetime.now())
        print("published", draft.publish().number)
except KopruError as error:
    print(type(error).__name__, error)
"""


def run_mount(*arguments: str) -> bool:
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


@pytest.fixture
def mount(tmp_path):
    """Return a function that mounts a small disk with the options given; unmounted at the end."""
    mounted = []

    def make(options: str) -> Path:
        folder = tmp_path / f"disk{len(mounted)}"
        folder.mkdir()
        if not run_mount("-t", "tmpfs", "-o", options, "tmpfs", str(folder)):
            if os.environ.get("CI") == "true":
                pytest.fail("mount -t tmpfs is not permitted")
            pytest.skip("mount -t tmpfs is not permitted: run as root")
        mounted.append(folder)
        return folder

    yield make
    for folder in mounted:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(rdf, count):
    for number in range(count):
        rdf.parse(data=f'<urn:{number}> <urn:text> "{os.urandom(60).hex()}" .', format="nt")
    return rdf


def try_to_publish(path: Path, *user: str) -> str:
    command = [sys.executable, "-c", TRY, str(path), *user]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def publish(store, rdf):
    with store.writer() as draft:
        draft.replace_source("records", rdf, retrieved_at=NOON)
        draft.derive()
        return draft.publish()


@pytest.mark.parametrize("size", ["40k", "300k", "1m", "3m"])
def test_a_disk_too_small_for_the_first_revision_is_told_at_whatever_step(mount, make_rdf, size):
    store = GraphStore(mount(f"size={size}"))
    with pytest.raises(StoreFull, match=r"no room left on the disk.*Nothing was published"):
        publish(store, make_rdf(':a rdfs:label "Bir"@tr .'))
    assert store.is_empty()
    assert not list(store.path.glob("staging-*")) + list(store.path.glob("revisions/*"))


def test_a_disk_that_fills_up_leaves_the_published_revision(mount, make_rdf):
    store = GraphStore(mount("size=12m"))
    assert publish(store, make_rdf(':a rdfs:label "Bir"@tr .')).number == 1
    with pytest.raises(StoreFull):
        publish(store, fill(make_rdf(""), 30_000))
    again = GraphStore(store.path)
    assert again.current().compute_digest() == again.current().info.digest
    assert publish(store, make_rdf(':a rdfs:label "İki"@tr .')).number == 2


def test_a_read_only_disk_is_told_and_can_be_read(mount, make_rdf):
    folder = mount("size=12m")
    publish(GraphStore(folder), make_rdf(':a rdfs:label "Bir"@tr .'))
    assert run_mount("-o", "remount,ro", str(folder))
    store = GraphStore(folder)
    with pytest.raises(StoreNotWritable, match="Read-only file system"):
        publish(store, make_rdf(""))
    with pytest.raises(StoreNotWritable):
        store.rollback(1)
    assert store.current().number == 1
    store.state.put("key", 1)
    assert store.state.find("key") is None


@pytest.fixture
def public_folder():
    """Return a folder that every user may read (below tmp_path others may not even enter)."""
    folder = Path(tempfile.mkdtemp(prefix="kopru-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize("filled", [False, True])
def test_a_folder_without_the_right_to_write_is_told_and_can_be_read(public_folder, make_rdf, filled):
    if filled:
        publish(GraphStore(public_folder), make_rdf(':a rdfs:label "Bir"@tr .'))
    public_folder.chmod(0o555)
    user = [str(NOBODY)] if os.getuid() == 0 else []  # for root, rights don't bind
    assert try_to_publish(public_folder, *user).split()[0] == "StoreNotWritable"
    assert GraphStore(public_folder).is_empty() != filled


def test_what_cannot_be_written_can_be_written_with_the_right(tmp_path):
    assert try_to_publish(tmp_path) == "published 1\n"
