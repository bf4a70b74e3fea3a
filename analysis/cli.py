"""The `deals` command: parses, calls one library function, words its errors.

Exit codes: 0 good, 1 a finding (lost, drifted, stale, a failed run), 2 bad input or usage.
"""

from __future__ import annotations

import sys

import typer

app = typer.Typer(
    name="deals",
    help="From news articles to a deal memo in which every figure leads back to the words that support it.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    add_completion=False,
)


@app.callback()
def deals() -> None:
    """Read, resolve, chart, report and check deals in the news."""


def main() -> None:
    """Run the command; a DataError is printed as one message and ends with exit code 2."""
    from analysis.errors import DataError

    try:
        app()
    except DataError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        print("deals: interrupted; what was there before is unchanged.", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)


if __name__ == "__main__":
    main()
