"""Help and light commands answer at once: they import nothing heavy."""

import subprocess
import sys

import pytest

HEAVY = ("numpy", "pandas", "sklearn", "datasets", "scipy", "rich", "quantulum3")
PROBE = """
import sys, runpy
sys.argv = {argv!r}
try:
    runpy.run_module("goldassay", run_name="__main__")
except SystemExit:
    pass
print("HEAVY", [module for module in {heavy!r} if module in sys.modules])
"""


@pytest.mark.parametrize(
    ("args", "allowed"),
    [
        (["--help"], []),
        (["--version"], []),
        (["score", "--help"], []),
        (["list", "findings"], []),
        (["list", "measures"], ["numpy"]),
    ],
)
def test_imports(args: list[str], allowed: list[str]) -> None:
    code = PROBE.format(argv=["goldassay", *args], heavy=[name for name in HEAVY if name not in allowed])
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert shown.stdout.splitlines()[-1] == "HEAVY []"


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = f"import sys, goldassay\nprint([m for m in {HEAVY!r} if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert shown.stdout.strip() == "[]"
