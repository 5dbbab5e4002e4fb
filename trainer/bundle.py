"""Training on a machine without network: a run packed into parts that are small enough to carry, and its results packed for
the way back. Only the standard library, so that this file alone opens a bundle; training needs PyTorch besides.

    here:   python3 trainer/bundle.py pack --recipe R.json --data SHARDS [--run RUN] --out BUNDLE
    there:  python3 BUNDLE/bundle.py resume --seconds 1200          (writes BUNDLE/results)
    here:   python3 trainer/bundle.py unpack RESULTS --run RUN

A bundle is a folder: `bundle.json` (the manifest) and parts, which joined are a tar archive. The manifest holds each part's
size and SHA-256, so a part that is missing or damaged is told by name before anything is unpacked. Exit codes are the
trainer's: 0 done, 2 a problem, told in one sentence on standard error.
"""

import argparse
import contextlib
import hashlib
import json
import lzma
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path

FORMAT = "understudy-bundle-1"
MANIFEST = "bundle.json"
# In a run's folder: which data the run began with, as `understudy train run` notes it.
_DATA = "data.json"
_IDS = "ids.xz"
_CHUNK = 1 << 20
_CHECKPOINT = re.compile(r"checkpoint-(\d{8})\.pt$")
# As `checkpoint.py` writes them, which cannot be imported without PyTorch: a mark, the SHA-256 of the rest, the rest.
_CHECKPOINT_MARK = b"understudy-checkpoint-1\n"


class Problem(Exception):
    """One sentence about what is wrong and what to do."""


def main():
    began = time.monotonic()
    arguments = _arguments()
    # SIGTERM ends as Ctrl-C does, so that what is half-written is removed.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return arguments.action(arguments, began) or 0
    except KeyboardInterrupt:
        print("Interrupted; run the same command again.", file=sys.stderr)
    except Problem as problem:
        print(problem, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename or 'A file'}: {(error.strerror or str(error)).lower()}; put that right and run the same command again.", file=sys.stderr)
    return 2


def pack(arguments, _began):
    """Bundles trainer, recipe, shards and, of a run, its newest checkpoint and diary."""
    data, run = Path(arguments.data), Path(arguments.run) if arguments.run else None
    recipe = Path(arguments.recipe) if arguments.recipe else run / "recipe.json" if run else None
    if recipe is None:
        raise Problem("There is nothing to pack; give --recipe for a new run, or --run for one that is to go on.")
    index = _read_json(data / "shards.json", "make the shards with `understudy train shards`")
    newest = _newest_checkpoint(run) if run else None
    if run and newest is None and not arguments.recipe:
        raise Problem(f"{run} holds no whole checkpoint; give a run that has reached its first, or --recipe for a new one.")
    about = {
        "recipe": _read_json(recipe, "give the path of a recipe file").get("name"),
        "data": {"shards": _sha256(data / "shards.json"), **{key: index[key] for key in ("tokenizer", "corpus") if key in index}},
        "baseStep": newest[0] if newest else 0,
    }
    if run:
        _refuse_other_data(run, about["data"], f"the shards in {data}")
    with _Bundle(arguments.out, "training", about, arguments.part_bytes) as bundle:
        bundle.add(recipe, "recipe.json")
        bundle.add(data / "shards.json", "data/shards.json")
        compressed = bundle.folder / _IDS
        _compress(data, _shards(index), compressed)
        bundle.add(compressed, f"data/{_IDS}")
        compressed.unlink()
        sources = Path(__file__).parent
        for path in sorted([*sources.glob("*.py"), *sources.glob("*.json")]):
            bundle.add(path, f"trainer/{path.name}")
        if newest:
            bundle.add(newest[1], f"run/{newest[1].name}")
            bundle.add(run / "metrics.jsonl", "run/metrics.jsonl")
        shutil.copyfile(__file__, bundle.folder / "bundle.py")
    _tell("packed", bundle)


def resume(arguments, began):
    """Trains within the time that is given, unpacking and packing included, and writes the results. Run again, it goes on."""
    folder = Path(arguments.bundle)
    manifest = _read_manifest(folder, "training")
    work = Path(arguments.work) if arguments.work else folder / "work"
    if not (work / MANIFEST).is_file() or (work / MANIFEST).read_bytes() != (folder / MANIFEST).read_bytes():
        _open_training(folder, manifest, work)
    run = work / "run"
    newest = _newest_checkpoint(run)
    # The way back: a checkpoint is read, hashed and written once more.
    reserve = 2 + 3 * (newest[1].stat().st_size / 100e6 if newest else 0)
    left = arguments.seconds - (time.monotonic() - began) - reserve
    if left <= 0:
        raise Problem(f"Unpacking took all of the {arguments.seconds:g} seconds; give more, and what is unpacked is used.")
    command = [sys.executable, "-m", "trainer", "train", "--seconds", f"{left:.1f}"]
    for option, path in (("--recipe", work / "recipe.json"), ("--data", work / "data"), ("--out", run)):
        command += [option, str(path.resolve())]
    for name in ("steps", "decay_steps", "threads", "device"):
        if getattr(arguments, name) is not None:
            command += [f"--{name.replace('_', '-')}", str(getattr(arguments, name))]
    code = _run_until_told(command, work)
    if code < 0:
        raise Problem(f"The trainer was ended by signal {-code}; run the same command again, and it goes on from its newest checkpoint.")
    if code > 0:
        return code
    newest = _newest_checkpoint(run)
    if newest is None:
        raise Problem(f"No step was finished in {arguments.seconds:g} seconds; give more.")
    about = {
        "recipe": manifest["about"]["recipe"],
        "data": manifest["about"]["data"],
        "baseStep": manifest["about"]["baseStep"],
        "step": newest[0],
        "seconds": round(time.monotonic() - began, 1),
        "machine": _machine(),
    }
    results = Path(arguments.out) if arguments.out else folder / "results"
    with _Bundle(results, "results", about, arguments.part_bytes, replace=True) as bundle:
        bundle.add(run / "metrics.jsonl", "metrics.jsonl")
        bundle.add(run / "recipe.json", "recipe.json")
        bundle.add(newest[1], newest[1].name)
    _tell("packed", bundle)
    return 0


def unpack(arguments, _began):
    """Installs results in a run's folder, where training then goes on."""
    folder, run = Path(arguments.results), Path(arguments.run)
    manifest = _read_manifest(folder, "results")
    _refuse_other_data(run, manifest["about"]["data"], f"the results in {folder}")
    newest = _newest_checkpoint(run)
    if newest and newest[0] > manifest["about"]["baseStep"] and newest[0] != manifest["about"]["step"]:
        raise Problem(
            f"The run in {run} has gone on to step {newest[0]} since the bundle was packed at step {manifest['about']['baseStep']}; "
            f"unpack into a new folder, and keep the run you want."
        )
    run.mkdir(parents=True, exist_ok=True)
    # Unpacked beside their places, so that each takes its place at once. The checkpoint goes last: a diary that is ahead
    # of the newest checkpoint is cut by the trainer, one that is behind would have a hole.
    incoming = run / "incoming.tmp"
    shutil.rmtree(incoming, ignore_errors=True)
    try:
        _extract(folder, manifest, incoming)
        for path in sorted(incoming.glob("checkpoint-*.pt")):
            if not _is_whole(path):
                raise Problem(f"The checkpoint {path.name} in {folder} is damaged; pack the results again where they were made.")
        (incoming / _DATA).write_text(json.dumps(manifest["about"]["data"], indent=2) + "\n", encoding="utf-8")
        for path in sorted(incoming.iterdir(), key=lambda path: path.suffix == ".pt"):
            os.replace(path, run / path.name)
    finally:
        shutil.rmtree(incoming, ignore_errors=True)
    print(json.dumps({"event": "unpacked", "folder": str(run), "about": manifest["about"]}), flush=True)


class _Bundle:
    """Writes files into a tar archive that is split into parts. The folder appears, whole, when the block ends well."""

    def __init__(self, folder, kind, about, part_bytes, replace=False):
        self.target, self._kind, self._about, self._part_bytes, self._replace = Path(folder), kind, about, part_bytes, replace
        if self.target.exists() and not replace:
            raise Problem(f"{self.target} is already there; choose another folder, or remove it.")
        self.folder = self.target.with_name(f"{self.target.name}.{os.getpid()}.tmp")
        self.parts = []
        self._file = None
        self._given_up = False

    def __enter__(self):
        self.folder.mkdir(parents=True)
        self._tar = tarfile.open(fileobj=self, mode="w|", bufsize=_CHUNK, format=tarfile.USTAR_FORMAT)
        return self

    def __exit__(self, kind, _error, _trace):
        try:
            self._given_up = kind is not None
            self._tar.close()
            if not self._given_up:
                self._close_part()
                manifest = {"format": FORMAT, "kind": self._kind, "about": self._about, "parts": self.parts}
                (self.folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
                if self._replace:
                    shutil.rmtree(self.target, ignore_errors=True)
                os.replace(self.folder, self.target)
        finally:
            if self._file:
                self._file.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def add(self, path, name):
        def plain(member):
            # Nothing of the machine that packs: the same input gives the same bytes.
            member.uid = member.gid = member.mtime = 0
            member.uname = member.gname = ""
            member.mode = 0o644
            return member

        if not Path(path).is_file():
            raise Problem(f"{path} is missing; put it back, or make it again.")
        self._tar.add(path, name, recursive=False, filter=plain)

    def write(self, data):
        """Called by tarfile: the next bytes of the archive."""
        view = memoryview(data)
        while view and not self._given_up:
            if self._file is None:
                self._name = f"{self._kind}-{len(self.parts):03d}.part"
                self._file, self._hash, self._size = open(self.folder / self._name, "wb"), hashlib.sha256(), 0
            piece = view[: self._part_bytes - self._size]
            self._file.write(piece)
            self._hash.update(piece)
            self._size += len(piece)
            view = view[len(piece) :]
            if self._size == self._part_bytes:
                self._close_part()
        return len(data)

    def _close_part(self):
        if self._file is not None:
            self._file.close()
            self._file = None
            self.parts.append({"file": self._name, "bytes": self._size, "sha256": self._hash.hexdigest()})


class _Parts:
    """The joined parts as a file to read from."""

    def __init__(self, folder, parts):
        self._paths = [folder / part["file"] for part in parts]
        self._file = None

    def read(self, size):
        """Called by tarfile: up to `size` bytes, none at the end."""
        while True:
            if self._file is None:
                if not self._paths:
                    return b""
                self._file = open(self._paths.pop(0), "rb")
            data = self._file.read(size)
            if data:
                return data
            self.close()

    def close(self):
        if self._file is not None:
            self._file.close()
            self._file = None


def _read_manifest(folder, kind):
    """The manifest of a bundle of which every part is there and whole; otherwise a `Problem` that names the bad ones."""
    manifest = _read_json(folder / MANIFEST, "give the folder that holds the parts and their bundle.json")
    try:
        if manifest["format"] != FORMAT or manifest["kind"] != kind:
            raise Problem(f"{folder} does not hold {kind} but {manifest['kind']} ({manifest['format']}); give the other folder.")
        parts = [(folder / part["file"], part["bytes"], part["sha256"]) for part in manifest["parts"]]
        manifest["about"]["baseStep"], manifest["about"]["data"]["shards"]
    except (KeyError, TypeError) as error:
        raise Problem(f"{folder / MANIFEST} is damaged; copy it again.") from error
    if any(path.parent != folder for path, _, _ in parts):
        raise Problem(f"{folder / MANIFEST} names a part outside its folder; copy it again.")
    missing = [path.name for path, _, _ in parts if not path.is_file()]
    damaged = [path.name for path, size, digest in parts if path.is_file() and (path.stat().st_size != size or _sha256(path) != digest)]
    told = [f"{', '.join(names)} {'is' if len(names) == 1 else 'are'} {what}" for names, what in ((missing, "missing"), (damaged, "damaged")) if names]
    if told:
        raise Problem(f"In {folder}, {' and '.join(told)}; copy {'it' if len(missing + damaged) == 1 else 'them'} again.")
    return manifest


def _extract(folder, manifest, target):
    """Unpacks plain files below `target`. The names are checked: a bundle may come from anywhere."""
    try:
        with contextlib.closing(_Parts(folder, manifest["parts"])) as joined, tarfile.open(fileobj=joined, mode="r|", bufsize=_CHUNK) as archive:
            for member in archive:
                pieces = member.name.split("/")
                if not member.isreg() or not all(re.fullmatch(r"\w[\w.-]*", piece) for piece in pieces):
                    raise Problem(f"{folder} holds {member.name!r}, which does not belong into a bundle; use one that you packed.")
                path = target.joinpath(*pieces)
                path.parent.mkdir(parents=True, exist_ok=True)
                with open(path, "wb") as file:
                    shutil.copyfileobj(archive.extractfile(member), file, _CHUNK)
    except tarfile.TarError as error:
        raise Problem(f"The parts in {folder} do not join to an archive ({error}); pack it again.") from error


def _open_training(folder, manifest, work):
    """Unpacks a training bundle, which takes the place of another one in `work`."""
    fresh = work.with_name(f"{work.name}.{os.getpid()}.tmp")
    try:
        _extract(folder, manifest, fresh)
        data = fresh / "data"
        index = _read_json(data / "shards.json", "pack the bundle again")
        _decompress(data / _IDS, _shards(index), data)
        (data / _IDS).unlink()
        (fresh / "run").mkdir(exist_ok=True)
        # Last, since it says that the folder is whole.
        shutil.copyfile(folder / MANIFEST, fresh / MANIFEST)
        shutil.rmtree(work, ignore_errors=True)
        os.replace(fresh, work)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _shards(index):
    """(name, bytes, SHA-256) of every shard, in the index's order."""
    try:
        width = 2 * index["rowLength"]
        return [(str(entry["file"]), entry["rows"] * width, entry["sha256"]) for entry in index["train"] + index["heldout"]]
    except (KeyError, TypeError) as error:
        raise Problem("shards.json lacks a field; make the shards again with `understudy train shards`.") from error


def _compress(data, shards, target):
    """All shards as one xz stream: files of one package lie in different shards, so apart they take 8 % more. `lp` and `pb`
    tell xz that the ids are pairs of bytes.
    """
    dictionary = min(64 << 20, max(1 << 20, sum(size for _, size, _ in shards)))
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 9, "dict_size": dictionary, "lp": 1, "pb": 1}]
    with lzma.open(target, "wb", check=lzma.CHECK_CRC64, filters=filters) as packed:
        for name, size, digest in shards:
            with open(data / name, "rb") as shard:
                _copy(shard, packed, size, digest, f"The shard {data / name} is damaged: its checksum does not match shards.json; make the shards again.")


def _decompress(source, shards, data):
    with lzma.open(source, "rb") as packed:
        for name, size, digest in shards:
            with open(data / name, "wb") as shard:
                try:
                    _copy(packed, shard, size, digest, f"The bundle does not hold the shard {name} as it should; pack it again.")
                except (EOFError, lzma.LZMAError) as error:
                    raise Problem(f"The ids in the bundle cannot be unpacked ({error}); pack it again.") from error


def _copy(source, target, size, sha256, complaint):
    """Copies `size` bytes, whose SHA-256 is checked on the way."""
    digest = hashlib.sha256()
    while size > 0 and (chunk := source.read(min(size, _CHUNK))):
        digest.update(chunk)
        target.write(chunk)
        size -= len(chunk)
    if size > 0 or digest.hexdigest() != sha256:
        raise Problem(complaint)


def _run_until_told(command, folder):
    """Runs the trainer; a signal to stop goes on to it, so that the results are still packed."""
    child = subprocess.Popen(command, cwd=folder)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _frame: child.send_signal(number))
    return child.wait()


def _refuse_other_data(run, data, what):
    """A run goes on only with the data it began with."""
    noted = run / _DATA
    if noted.is_file() and _read_json(noted, "remove it").get("shards") != data["shards"]:
        raise Problem(f"The run in {run} began with other data than {what}; give what belongs together, or a new folder.")


def _newest_checkpoint(run):
    """(step, path) of the newest whole checkpoint in a run's folder, or None."""
    found = [(int(match.group(1)), path) for path in run.glob("checkpoint-*.pt") if (match := _CHECKPOINT.search(path.name))]
    return next(((step, path) for step, path in sorted(found, reverse=True) if _is_whole(path)), None)


def _is_whole(path):
    with open(path, "rb") as file:
        if file.read(len(_CHECKPOINT_MARK)) != _CHECKPOINT_MARK:
            return False
        return file.read(32) == _hash_rest(file).digest()


def _sha256(path):
    with open(path, "rb") as file:
        return _hash_rest(file).hexdigest()


def _hash_rest(file):
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest


def _read_json(path, remedy):
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise Problem(f"{path} does not exist; {remedy}.") from error
    except ValueError as error:
        raise Problem(f"{path} is not JSON; {remedy}.") from error
    if not isinstance(value, dict):
        raise Problem(f"{path} does not hold what it should; {remedy}.")
    return value


def _machine():
    """This machine, as the log of the run tells it."""
    processor = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as file:
            processor = next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), processor)
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (OSError, ValueError):
        memory = 0
    return {"processor": processor, "cores": os.cpu_count() or 1, "memoryGB": round(memory / 1e9)}


def _tell(event, bundle):
    facts = {"event": event, "folder": str(bundle.target), "parts": bundle.parts, "about": bundle._about}
    print(json.dumps(facts, separators=(",", ":")), flush=True)


def _arguments():
    parser = argparse.ArgumentParser(prog="bundle.py", description="Packs training for a machine without network, and its results for the way back.")
    commands = parser.add_subparsers(dest="command", required=True)

    packing = commands.add_parser("pack", help="bundle a new run, or one that is to go on")
    packing.set_defaults(action=pack)
    packing.add_argument("--recipe", help="recipe (default: the run's)")
    packing.add_argument("--data", required=True, help="folder with shards.json")
    packing.add_argument("--run", help="run folder, if it is to go on")
    packing.add_argument("--out", required=True, help="folder to make")

    resuming = commands.add_parser("resume", help="train within a time, and pack the results")
    resuming.set_defaults(action=resume)
    resuming.add_argument("--seconds", type=float, required=True, help="time for everything, packing included")
    resuming.add_argument("--bundle", default=str(Path(__file__).resolve().parent), help="folder of the parts (default: this file's)")
    resuming.add_argument("--work", help="folder to train in (default: work in the bundle's)")
    resuming.add_argument("--out", help="folder for the results (default: results in the bundle's)")
    resuming.add_argument("--steps", type=int)
    resuming.add_argument("--decay-steps", type=int)
    resuming.add_argument("--threads", type=int)
    resuming.add_argument("--device", choices=("auto", "cpu", "cuda"))

    unpacking = commands.add_parser("unpack", help="install results in a run's folder")
    unpacking.set_defaults(action=unpack)
    unpacking.add_argument("results", help="folder of the results' parts")
    unpacking.add_argument("--run", required=True, help="run folder")

    for command, megabytes in ((packing, 40), (resuming, 15)):
        command.add_argument("--part-bytes", type=int, default=megabytes * 1_000_000, help=f"largest part (default: {megabytes} MB)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
