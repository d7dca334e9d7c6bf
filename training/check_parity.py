"""Hold the exported graphs against PyTorch: python -m training.check_parity CHECKPOINT FOLDER --tokenizer FILE

Prints the largest difference of cue and pair scores over invented sentences and fails above the tolerance. fp32
must agree to 1e-3. int8 has no such bound; it is judged by the quality gate, and this prints how far it is.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from tokenizers import Tokenizer

from onrecord.tag.packing import pack
from onrecord.tag.quotes import quotes
from onrecord.tag.windows import split_windows
from onrecord.tag.words import quote_states, split_words
from training.export_onnx import load
from training.model import Tagger

TOLERANCE = 1e-3
TEXTS = (
    "“We will not sell,” said Mira Tolland. The ministry denied that it had been told.\n" * 20,
    "According to the Gazette, “the boats are old” and 3 of 4 captains want new ones.",
)


def differences(model: Tagger, folder: Path, tokenizer: Tokenizer) -> tuple[float, float]:
    """Largest absolute difference of cue scores and of pair scores."""
    sessions = {name: onnxruntime.InferenceSession(folder / f"{name}.onnx") for name in ("encoder", "pairs")}
    inputs = []
    for text in TEXTS:
        words = split_words(text, tokenizer, quote_states(len(text), quotes(text)))
        inputs += [(words, window) for window in split_windows(text, words)]
    packed = pack(inputs)
    feed = {name: getattr(packed, name) for name in ("pieces", "features", "mask", "words")}
    vectors, cues = sessions["encoder"].run(["vectors", "cue_scores"], feed)
    with torch.no_grad():
        ours, our_cues = model.encoder(*(torch.from_numpy(feed[n]) for n in feed))
        spans, rows = np.array([[1, 2], [0, 3], [4, 5]]), np.array([0, 0, len(inputs) - 1])
        (scores,) = sessions["pairs"].run(["scores"], {"vectors": vectors, "cues": spans, "rows": rows})
        our_scores = model.pairs(ours, torch.from_numpy(spans), torch.from_numpy(rows))
    real = torch.from_numpy(np.arange(vectors.shape[1])[None] < [[len(window)] for _, window in inputs])
    cue = (our_cues - torch.from_numpy(cues))[real].abs().max().item()
    pair = (our_scores - torch.from_numpy(scores))[real[rows]].abs().max().item()
    return cue, pair


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tokenizer", type=Path, default=Path("src/onrecord/tag/model/tokenizer.json"))
    parser.add_argument("--int8", action="store_true", help="print only")
    args = parser.parse_args()
    cue, pair = differences(load(args.checkpoint), args.folder, Tokenizer.from_file(str(args.tokenizer)))
    print(f"largest difference: cue scores {cue:.2e}, pair scores {pair:.2e}, tolerance {TOLERANCE:.0e}")
    sys.exit(not args.int8 and max(cue, pair) > TOLERANCE)


if __name__ == "__main__":
    main()
