"""The model `goldassay-replay` of lm-eval: no model, but what a system has answered before."""

import json
import logging
from typing import Any

from lm_eval.api.instance import Instance
from lm_eval.api.model import LM
from lm_eval.api.registry import register_model

from goldassay.errors import UsageError
from goldassay.harness.replay import read_replay

NAME = "goldassay-replay"
logger = logging.getLogger(__name__)


@register_model(NAME)
class ReplayModel(LM):
    """`--model goldassay-replay --model_args predictions=<file>`: predictions, a run's folder, or model answers."""

    def __init__(self, predictions: object = None, **_: Any) -> None:
        super().__init__()
        self.answers = read_replay_argument(predictions)

    def generate_until(self, requests: list[Instance], disable_tqdm: bool = False) -> list[str]:
        """What the file says about the document of each request; nothing where it says nothing."""
        doc_ids = [_doc_id(request) for request in requests]
        unasked = sorted(set(self.answers) - set(doc_ids))
        if unasked:
            logger.warning("%d lines are about documents that were not asked for: %s", len(unasked), unasked[:10])
        return [self.answers.get(doc_id, "") for doc_id in doc_ids]

    def loglikelihood(self, requests: list[Instance]) -> list[tuple[float, bool]]:
        """Refused: a file of answers has no probabilities."""
        raise UsageError(f"{NAME} has answers, and no probabilities; it answers goldassay's own tasks only")

    def loglikelihood_rolling(self, requests: list[Instance]) -> list[float]:
        """Refused: a file of answers has no probabilities."""
        raise UsageError(f"{NAME} has answers, and no probabilities; it answers goldassay's own tasks only")

    @property
    def tokenizer_name(self) -> str:
        """Names the template below in caches of requests."""
        return NAME

    def apply_chat_template(self, chat_history: list[dict[str, str]], add_generation_prompt: bool = True) -> str:
        """The messages as JSON; nobody reads them."""
        return json.dumps(chat_history, ensure_ascii=False)


def read_replay_argument(predictions: object) -> dict[str, str]:
    """The answers that `--model_args predictions=…` names.

    Raises:
        UsageError: It is missing, or names nothing that can be replayed.
    """
    if predictions is None:
        raise UsageError(
            f"{NAME} answers from a file: add --model_args predictions=PATH, "
            "a file of predictions or of model answers, or the folder of a run"
        )
    return read_replay(str(predictions))


def _doc_id(request: Instance) -> str:
    doc = request.doc
    if not isinstance(doc, dict) or "doc_id" not in doc:
        raise UsageError(f"{NAME} answers goldassay's own tasks only: this question names no document")
    return str(doc["doc_id"])
