"""`python -m goldassay.harness.lm_eval …`: lm-eval with its own arguments, our tasks and the replay model.

lm-eval finds tasks by `--include_path`, but it has no way to be told of a model that is not its own.
"""

import sys
from pathlib import Path


def main() -> None:
    """Register the model, add the folder of the tasks unless another is named, and hand over to lm-eval."""
    from lm_eval.__main__ import cli_evaluate

    import goldassay.harness.lm_eval.replay  # noqa: F401 - registers itself

    given = any(argument.split("=")[0] == "--include_path" for argument in sys.argv[1:])
    if len(sys.argv) > 1 and not given:
        sys.argv += ["--include_path", str(Path(__file__).parent)]
    cli_evaluate()


if __name__ == "__main__":
    main()
