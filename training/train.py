"""Train the tagger: python -m training.train --data POLNEAR --encoder MODEL.safetensors --out FOLDER.

Writes a checkpoint after every epoch and resumes from the last one. CPU or GPU.
"""

import argparse
import copy
import json
import random
import time
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch.nn import functional

from training.corpora.labels import read_labelled, with_nested
from training.corpora.polnear import read_split
from training.evaluate import score
from training.examples import Batch, batches, prepare, vary
from training.model import Tagger, load_minilm


def loss_of(model: Tagger, batch: Batch, device: torch.device) -> torch.Tensor:
    """Cue and path losses, summed over the batch and shared out over its cues."""
    vectors, cue_scores = model.encoder(
        batch.pieces.to(device), batch.features.to(device), batch.mask.to(device), batch.words.to(device)
    )
    labels = batch.cue_labels.to(device)
    total = functional.cross_entropy(
        cue_scores.float().flatten(0, 1), labels.flatten(), ignore_index=-100, reduction="sum"
    )
    if len(batch.cues):
        scores = model.pairs(vectors, batch.cues.to(device), batch.rows.to(device))
        total = total + model.path_loss(scores, batch.roles.to(device), batch.lengths.to(device)).sum()
    return total / max(len(batch.cues), 1)


def optimiser(model: Tagger, encoder_rate: float, head_rate: float) -> torch.optim.AdamW:
    fresh, pretrained = [], []
    for name, parameter in model.named_parameters():
        is_old = name.startswith("encoder.") and not name.startswith(("encoder.cue", "encoder.features"))
        (pretrained if is_old else fresh).append(parameter)
    groups = [{"params": pretrained, "lr": encoder_rate}, {"params": fresh, "lr": head_rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01)


@torch.no_grad()
def average(mean: Tagger, model: Tagger, decay: float) -> None:
    """Move the averaged weights towards the current ones."""
    for kept, new in zip(mean.parameters(), model.parameters(), strict=True):
        kept.lerp_(new, 1 - decay)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with PolNeAR's train and dev")
    parser.add_argument("--encoder", type=Path, required=True, help="model.safetensors of all-MiniLM-L6-v2")
    parser.add_argument("--nested", type=Path, help="labels of what PolNeAR leaves out, see training/labels")
    parser.add_argument("--labels", type=Path, nargs="*", default=[], help="our own labels, see training/labels")
    parser.add_argument("--texts", type=Path, help="folder with the articles that --labels were made on")
    parser.add_argument("--repeat", type=int, default=2, help="how often an epoch shows an article of --labels")
    parser.add_argument("--tokenizer", type=Path, default=Path("src/onrecord/tag/model/tokenizer.json"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--encoder-rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--decay", type=float, default=0.995, help="of the running mean of the weights")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--limit", type=int, help="train on the first N articles only (a trial)")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    if args.threads:
        torch.set_num_threads(args.threads)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(args.seed)
    tokenizer = Tokenizer.from_file(str(args.tokenizer))
    articles = list(read_split(args.data / "train"))
    if args.nested:
        articles = with_nested(articles, args.nested)
    for labels in args.labels:
        articles += args.repeat * read_labelled(labels, args.texts)
    train = [prepare(article, tokenizer) for article in articles][: args.limit]
    dev = [prepare(article, tokenizer) for article in read_split(args.data / "dev")][: args.limit]
    model = Tagger()
    load_minilm(model, args.encoder)
    model.to(device)
    mean = copy.deepcopy(model)
    adam = optimiser(model, args.encoder_rate, args.head_rate)
    steps = args.epochs * len(list(batches(train, args.batch, random.Random(0))))
    schedule = torch.optim.lr_scheduler.LambdaLR(adam, lambda step: ramp(step, steps))
    last, step = args.out / "last.pt", 0
    start = 0
    if last.exists():
        saved = torch.load(last, map_location=device)
        for name, part in (("model", model), ("mean", mean), ("adam", adam), ("schedule", schedule)):
            part.load_state_dict(saved[name])
        start, step = saved["epoch"] + 1, saved["step"]
    for epoch in range(start, args.epochs):
        began, seen = time.time(), 0.0
        model.train()
        rng = random.Random(args.seed * 1000 + epoch)
        varied = [vary(prepared, tokenizer, rng) for prepared in train]
        for number, batch in enumerate(batches(varied, args.batch, rng)):
            with torch.autocast(device.type, dtype=torch.bfloat16):
                loss = loss_of(model, batch, device)
            adam.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            adam.step()
            schedule.step()
            step += 1
            average(mean, model, min(args.decay, (1 + step) / (10 + step)))
            seen += (loss.item() - seen) / min(number + 1, 50)
            if number % 25 == 0:
                print(f"epoch {epoch} step {step}/{steps} loss {seen:.3f} {time.time() - began:.0f} s", flush=True)
        parts = {"model": model, "mean": mean, "adam": adam, "schedule": schedule}
        torch.save({name: part.state_dict() for name, part in parts.items()} | {"epoch": epoch, "step": step}, last)
        torch.save(mean.state_dict(), args.out / f"epoch{epoch}.pt")
        figures = {"epoch": epoch, "seconds": round(time.time() - began), **score(mean, dev, device)}
        print(json.dumps(figures), flush=True)
        with (args.out / "log.jsonl").open("a") as log:
            log.write(json.dumps(figures) + "\n")


def ramp(step: int, steps: int, warm: float = 0.08) -> float:
    """Linear up, then linear down to zero."""
    grown = step / max(1, warm * steps)
    return min(grown, max(0.0, (steps - step) / max(1, (1 - warm) * steps)), 1.0)


if __name__ == "__main__":
    main()
