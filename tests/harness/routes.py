"""The ways to a number: the command line, Python, pytest, inspect_ai and lm-eval, each as a user starts it.

All but Python run in processes of their own, without a network and away from the checkout.
"""

import json
import math
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from goldassay import api
from goldassay.measures.signature import short_signature

ROOT = Path(__file__).parents[2]
LAYERS = ("entities", "stances", "numeric_facts")
HEADLINES = {
    "entities": "entities.{}(match=strict,view=names,avg=micro)",
    "stances": "stances.{}(match=sign,view=opinion,avg=micro)",
    "numeric_facts": "numeric_facts.{}(match=core,view=facts,avg=micro)",
}
STATISTICS = ("precision", "recall", "f1")

Values = tuple[float | None, ...]


@dataclass(frozen=True)
class Result:
    """The headline number of a layer: precision, recall and F1, null for 0/0."""

    values: Values
    signature: str


Results = Mapping[str, Result]


@dataclass(frozen=True)
class Setting:
    """What is scored: a file to replay, the prediction lines that it comes to, the gold (null: the corpus)."""

    folder: Path
    replay: Path
    predictions: Path
    gold: Path | None
    on_invalid: str

    def options(self) -> list[str]:
        return ["--on-invalid", self.on_invalid, *([] if self.gold is None else ["--gold", str(self.gold)])]


def run_offline(command: list[str], folder: Path) -> str:
    """What a command prints; it must end well and must not have tried to reach the network."""
    ended = end_offline(command, folder)
    assert ended.returncode == 0, f"{ended.stdout[-3000:]}\n{ended.stderr[-3000:]}"
    return ended.stdout


def end_offline(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """How a command ends, well or not; it must not have tried to reach the network."""
    notes = folder / "network.txt"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("INSPECT_", "HF_", "GOLDASSAY_"))}
    environment = kept | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "tests" / "harness" / "offline"),
        "NETWORK_ATTEMPTS": str(notes),
        "GOLDASSAY_ROOT": str(ROOT),
        "HOME": str(folder),
        "COLUMNS": "200",
    }
    ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert not notes.exists(), notes.read_text(encoding="utf-8")
    return ended


def through_python(setting: Setting) -> Results:
    return {layer: python_result(setting, layer) for layer in LAYERS}


def python_result(setting: Setting, layer: str) -> Result:
    file = api.score(setting.predictions, setting.gold, layers=[layer], on_invalid=setting.on_invalid)  # type: ignore[arg-type]
    scores = {score.measure: score.value for score in file.scores if score.group == "all"}
    return Result(tuple(scores[HEADLINES[layer].format(name)] for name in STATISTICS), file.signature)


def through_command_line(setting: Setting) -> Results:
    command = [sys.executable, "-m", "goldassay", "score", str(setting.predictions), "--format", "json"]
    return {
        layer: json_result(run_offline([*command, "--layer", layer, *setting.options()], setting.folder), layer)
        for layer in LAYERS
    }


def json_result(printed: str, layer: str) -> Result:
    file = json.loads(printed)
    scores = {score["measure"]: score["value"] for score in file["scores"] if score["group"] == "all"}
    return Result(tuple(scores[HEADLINES[layer].format(name)] for name in STATISTICS), file["signature"])


PYTEST_FILE = """
import json
from pathlib import Path

LINES = {line["doc_id"]: line for line in map(json.loads, Path(PREDICTIONS).read_text(encoding="utf-8").splitlines())}


class Replay:
    layers = {"entities", "stances", "numeric_facts"}
    version = "1"

    def extract(self, document):
        return {key: value for key, value in LINES[document.doc_id].items() if key != "doc_id"}


def test_replay(score_extractor):
    found = {}
    for layer in ("entities", "stances", "numeric_facts"):
        file = score_extractor(Replay(), layers=[layer])
        scores = {score.measure: score.value for score in file.scores if score.group == "all"}
        found[layer] = {"scores": scores, "signature": file.signature}
    Path("found.json").write_text(json.dumps(found), encoding="utf-8")
"""


def through_pytest(setting: Setting) -> Results:
    test = setting.folder / "test_replay.py"
    test.write_text(f"PREDICTIONS = {str(setting.predictions)!r}\n{PYTEST_FILE}", encoding="utf-8")
    known = any(point.value == "goldassay.pytest_plugin" for point in entry_points(group="pytest11"))
    plugin = [] if known else ["-p", "goldassay.pytest_plugin"]
    run_offline([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *plugin, test.name], setting.folder)
    found = json.loads((setting.folder / "found.json").read_text(encoding="utf-8"))
    return {
        layer: Result(
            tuple(found[layer]["scores"][HEADLINES[layer].format(name)] for name in STATISTICS),
            found[layer]["signature"],
        )
        for layer in LAYERS
    }


def through_inspect(setting: Setting) -> Results:
    """`inspect eval`: tasks and model are found through the entry point of the installed package."""
    logs = inspect_logs(setting)
    return {layer: inspect_result(logs[layer]) for layer in LAYERS}


def inspect_logs(setting: Setting, *options: str) -> dict[str, dict[str, Any]]:
    """The log of each layer's task."""
    tasks = [f"goldassay/goldassay_{layer}" for layer in LAYERS]
    gold = [] if setting.gold is None else ["-T", f"gold={setting.gold}"]
    model = ["--model", f"goldassay-replay/{setting.replay}"]
    form = ["--log-format", "json", "--log-dir", "logs", "--display", "none"]
    run_offline(["inspect", "eval", *tasks, *model, *gold, *form, *options], setting.folder)
    logs = [json.loads(path.read_text(encoding="utf-8")) for path in (setting.folder / "logs").glob("*.json")]
    return {log["eval"]["task"].removeprefix("goldassay/goldassay_"): log for log in logs}


def inspect_result(log: Mapping[str, Any]) -> Result:
    assert log["status"] == "success", log.get("error")
    (score,) = log["results"]["scores"]
    (signature,) = {metric["params"]["signature"] for metric in score["metrics"].values()}
    return Result(tuple(defined(score["metrics"][name]["value"]) for name in STATISTICS), signature)


def through_lm_eval(setting: Setting) -> Results:
    """lm-eval's command line, with the tasks of the package and its replay model."""
    tasks = ",".join(f"goldassay_{layer}" for layer in LAYERS)
    model = ["--model", "goldassay-replay", "--model_args", f"predictions={setting.replay}"]
    gold = [] if setting.gold is None else ["--metadata", json.dumps({"gold": str(setting.gold)})]
    run_offline(
        [sys.executable, "-m", "goldassay.harness.lm_eval", *model, "--tasks", tasks, "--output_path", "out", *gold],
        setting.folder,
    )
    (path,) = (setting.folder / "out").rglob("results_*.json")
    saved = json.loads(path.read_text(encoding="utf-8"))
    return {layer: lm_eval_result(saved, f"goldassay_{layer}") for layer in LAYERS}


def lm_eval_result(saved: Mapping[str, Any], task: str) -> Result:
    found, signature = saved["results"][task], saved["configs"][task]["metadata"]["signature"]
    assert found["short_signature,none"] == short_signature(signature)
    return Result(tuple(defined(found[f"{name},none"]) for name in STATISTICS), signature)


def defined(value: float) -> float | None:
    """Harnesses have no null for 0/0; they get a NaN."""
    return None if math.isnan(value) else value


ROUTES: dict[str, Callable[[Setting], Results]] = {
    "command line": through_command_line,
    "pytest": through_pytest,
    "inspect_ai": through_inspect,
    "lm_eval": through_lm_eval,
}
