"""The model provider `goldassay-replay` of inspect_ai: no model, but what a system has answered before."""

from typing import Any

from inspect_ai.model import ChatMessage, GenerateConfig, ModelAPI, ModelOutput, ModelUsage, modelapi
from inspect_ai.tool import ToolChoice, ToolInfo

from goldassay.errors import UsageError
from goldassay.harness.inspect_errors import plain_refusals
from goldassay.harness.replay import read_replay


@modelapi(name="goldassay-replay")
def goldassay_replay() -> type[ModelAPI]:
    """`--model goldassay-replay/<file>`: predictions, or the folder of a run, or a file of model answers."""
    return ReplayAPI


class ReplayAPI(ModelAPI):
    """Answers with what a file says about the document, and with nothing where it says nothing."""

    def __init__(
        self,
        model_name: str,
        base_url: str | None = None,
        api_key: str | None = None,
        config: GenerateConfig = GenerateConfig(),  # noqa: B008 - the signature of all providers
        **_: Any,
    ) -> None:
        super().__init__(model_name, base_url, api_key, [], config)
        with plain_refusals():
            self.answers = read_replay(model_name)

    async def generate(
        self,
        input: list[ChatMessage],  # noqa: A002 - the name inspect_ai calls it by
        tools: list[ToolInfo],
        tool_choice: ToolChoice,
        config: GenerateConfig,
    ) -> ModelOutput:
        """Look the answer up by the id that the task leaves in the metadata of its question."""
        doc_ids = [message.metadata["doc_id"] for message in input if message.metadata and "doc_id" in message.metadata]
        if not doc_ids:
            raise UsageError("goldassay-replay answers goldassay's own tasks only: this question names no document")
        output = ModelOutput.from_content(self.model_name, self.answers.get(doc_ids[-1], ""))
        # Without a usage of its own an output is measured by a tokenizer, whose vocabulary would be downloaded.
        output.usage = ModelUsage()
        return output
