"""`python -m goldassay` is the command `goldassay`."""

from goldassay.cli.main import main

main()
