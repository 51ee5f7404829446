"""`python -m goldassay.harness.lm_eval …`: lm-eval with its own arguments, our tasks and the replay model.

lm-eval finds tasks by `--include_path`, but it has no way to be told of a model that is not its own.
"""

import sys
from argparse import Namespace
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

from goldassay.errors import GoldassayError, InvalidDataError

USAGE, INVALID = 2, 3
TASKS = "goldassay"
"""How the names of our tasks begin."""


def main() -> None:
    """Register the model, add the folder of the tasks unless another is named, and hand over to lm-eval.

    What goldassay refuses ends in a sentence, with the exit codes of `goldassay`: 2 wrong usage, 3 invalid data.
    """
    if find_spec("lm_eval") is None:
        _exit("lm_eval is not installed; pip install 'goldassay[lm-eval]'", USAGE)
    from lm_eval.__main__ import HarnessCLI, cli_evaluate

    given = any(argument.split("=")[0] == "--include_path" for argument in sys.argv[1:])
    if len(sys.argv) > 1 and not given:
        sys.argv += ["--include_path", str(Path(__file__).parent)]
    try:
        check_arguments(HarnessCLI().parse_args())
        cli_evaluate()
    except InvalidDataError as error:
        _exit(str(error), INVALID)
    except GoldassayError as error:
        _exit(str(error), USAGE)


def check_arguments(arguments: Namespace) -> None:
    """Refuse what cannot be replayed or scored now: lm-eval takes many seconds to come to its model and tasks.

    Raises:
        UsageError: The file to replay, the gold or `on_invalid` cannot be used.
        InvalidDataError: The gold has errors.
    """
    from goldassay.gold import load_gold
    from goldassay.harness.answers import check_policy
    from goldassay.harness.lm_eval.replay import NAME, read_replay_argument

    said = vars(arguments)
    model_args = said.get("model_args") or {}
    if said.get("model") == NAME:
        read_replay_argument(model_args.get("predictions"))
    if any(str(task).startswith(TASKS) for task in said.get("tasks") or ()):
        told = {**model_args, **(said.get("metadata") or {})}
        check_policy(str(told.get("on_invalid", "auto")))
        load_gold(Path(str(told["gold"])) if told.get("gold") else None, split=told.get("split"))


def _exit(message: str, code: int) -> NoReturn:
    sys.stderr.write(f"Error: {message}\n")
    sys.exit(code)


if __name__ == "__main__":
    main()
