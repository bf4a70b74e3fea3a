"""The `deals` command: parses, calls one library function, words its errors.

Exit codes: 0 good, 1 a finding (lost, drifted, stale, a failed run), 2 bad input or usage.
"""

from __future__ import annotations

import sys
from typing import Annotated

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


@app.command()
def facts(
    subject: Annotated[str, typer.Argument(help="A subject's id, such as deal:meta-scale-ai-2025.")],
    property: Annotated[str | None, typer.Argument(help="One of its properties, such as stake_acquired.")] = None,
    policy: Annotated[str, typer.Option(help="balanced, official or latest.")] = "balanced",
    as_of: Annotated[str, typer.Option(help="A day: only what was public on it counts.")] = "",
    scope: Annotated[str, typer.Option(help="all, or seed for the articles without reference data.")] = "all",
    lang: Annotated[str, typer.Option(help="en or fr.")] = "en",
    json: Annotated[bool, typer.Option("--json", help="One row a fact, as JSON.")] = False,
) -> None:
    """Say what is held true of a subject, who says so, who does not, and what decided."""
    from analysis.facts.explain import told

    typer.echo(told(subject, property, policy=policy, as_of=as_of, scope=scope, lang=lang, json=json))


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
