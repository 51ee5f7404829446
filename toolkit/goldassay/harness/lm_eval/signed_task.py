"""The task class that the task files name: lm-eval's own, which also keeps the signature of its numbers."""

from collections.abc import Callable, Sequence
from typing import Any

from lm_eval.api.task import ConfigurableTask

from goldassay.harness.lm_eval.task import Answer, score_signature, short_signature


class SignedTask(ConfigurableTask):
    """lm-eval's task, with the signature in the metadata that lm-eval writes into its results."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config={key: value for key, value in config.items() if key != "class"})
        self.signature: str | None = None

    def aggregation(self) -> dict[str, Callable[[Sequence[Answer]], Any]]:
        """The functions that the task files name; one of them also takes down what the numbers are signed with."""
        return {**super().aggregation(), "short_signature": self.sign}

    def sign(self, items: Sequence[Answer]) -> str:
        """The short form of the signature of all answers together."""
        self.signature = score_signature(items)
        return short_signature(items)

    def dump_config(self) -> dict[str, Any]:
        """What lm-eval writes as `configs` into its results, after it has aggregated."""
        config: dict[str, Any] = super().dump_config()
        if self.signature is None:
            return config
        return config | {"metadata": {**config.get("metadata", {}), "signature": self.signature}}
