"""The command line: thin commands over the pipeline. Progress on stderr, data on stdout."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from nis2_align.act_arguments import Act, Acts, Country, Language, OneAct, Words
from nis2_align.compare_commands import commands as compare_commands
from nis2_align.errors import Nis2AlignError, UnreadableFileError
from nis2_align.output_options import (
    Direction,
    DirectionOption,
    FormatOption,
    FormOption,
    GapsOption,
    OutputOption,
    layout_of,
    output_paths,
    words_of,
)
from nis2_align.read.limits import DEFAULT, Limits, defaults, limits_from
from nis2_align.review_commands import DossierOption, ReviewsOption, existing, laid_over
from nis2_align.review_commands import commands as review_commands
from nis2_align.terminal import (
    figure_lines,
    gap_lines,
    official_lines,
    one_line,
    outline_lines,
    print_coverage,
    printable,
    provision_text,
)

if TYPE_CHECKING:
    from nis2_align.model import Result
    from nis2_align.pipeline import Progress

# Everything heavier is imported inside the commands, so that --help answers at once.

__all__ = ["EXIT_CODES", "UNDER", "app", "main"]

#: Exit code when the coverage is under ``--fail-under``.
UNDER = 8
EXIT_CODES = """\b
Exit codes:
  0  done
  1  another error, e.g. an output that cannot be written
  2  wrong use of the command
  3  a file cannot be read
  4  a text holds no article
  5  no language pack serves the language
  6  there is no such requirement or provision
  7  the catalogue contradicts itself
  8  the coverage is under --fail-under
"""


def _after(*examples: str) -> str:
    """Return what stands below a command's options: how it is used, and the exit codes."""
    head = "Example:" if len(examples) == 1 else "Examples:"
    return "\n".join(["\b", head, *(f"  {line}" for line in examples), "", EXIT_CODES])


class _Commands(TyperGroup):
    """Turns the errors that the package raises on purpose into one line and an exit code."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 (the signature of the base class)
        try:
            return super().invoke(ctx)
        except Nis2AlignError as error:
            typer.echo(f"error: {one_line(f'{error.what} {error.remedy}')}", err=True)
            raise typer.Exit(error.exit_code) from None


app = typer.Typer(
    cls=_Commands,
    name="nis2-align",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    epilog=EXIT_CODES,
)


def _limits(settings: list[str] | None) -> Limits:
    try:
        return limits_from(settings or ())
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--limit") from None


Limit = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NAME=NUMBER",
        help=f"Bound on reading each file; may be repeated. Defaults: {defaults()}.",
    ),
]


DirectiveText = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="The directive's official text, any language: shown beside ours; show: what it lacks.",
    ),
]


def main() -> None:
    """Run the command line; the entry point of ``nis2-align``."""
    app(prog_name="nis2-align")


def _version(wanted: bool) -> None:
    if wanted:
        from nis2_align import __version__

        typer.echo(f"nis2-align {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Read national cyber laws and show how they transpose the NIS2 Directive.

    Nothing leaves the machine.
    """


def _bytes(text: str) -> None:
    """Write text to stdout as UTF-8, to the byte, whatever the terminal's encoding."""
    typer.echo(text.encode("utf-8", "replace"), nl=False)


def _print(lines: Sequence[str]) -> None:
    _bytes("".join(f"{printable(line)}\n" for line in lines))


def _run(
    paths: Sequence[Path],
    language: str | None,
    country: str | None,
    words: str | None = None,
    limits: Limits = DEFAULT,
    directive_text: Path | None = None,
) -> Result:
    from nis2_align.pipeline import run

    with _progress() as on_stage:
        return run(list(paths), language, country, on_stage, words, limits, directive_text)


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None]]:
    """Yield a callback that shows bars on a terminal, and a line per stage elsewhere."""
    if sys.stderr.isatty():
        with _bars() as show:
            yield show
        return
    seen: set[tuple[str, str | None]] = set()

    def line(progress: Progress) -> None:
        key = (progress.stage, progress.act)
        if key not in seen:
            seen.add(key)
            typer.echo(one_line(": ".join(part for part in key if part)), err=True)

    yield line


@contextmanager
def _bars() -> Iterator[Callable[[Progress], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[tuple[str, str | None], Any] = {}

        def show(progress: Progress) -> None:
            key = (progress.stage, progress.act)
            if key not in tasks:
                name = one_line(": ".join(part for part in key if part))
                tasks[key] = bars.add_task(name, total=progress.total)
            bars.update(tasks[key], completed=progress.done, total=progress.total)

        yield show


@app.command(
    epilog=_after(
        "nis2-align align law.pdf bylaw.docx -o table.xlsx -o table.json",
        "nis2-align align law.pdf -o table.docx --form rs",
        "nis2-align align law.pdf --format docx --direction reverse",
    )
)
def align(
    acts: Acts,
    language: Language = None,
    country: Country = None,
    words: Words = None,
    directive_text: DirectiveText = None,
    output: OutputOption = None,
    format_: FormatOption = None,
    direction: DirectionOption = Direction.BOTH,
    form: FormOption = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the JSON instead of the summary.")
    ] = False,
    fail_under: Annotated[
        float | None,
        typer.Option(
            metavar="PERCENT",
            min=0,
            max=100,
            help="End with code 8 if a smaller share of the assessed requirements is full.",
        ),
    ] = None,
    limit: Limit = None,
    reviews: ReviewsOption = None,
    dossier: DossierOption = None,
) -> None:
    """Grade how the acts together transpose the directive."""
    from nis2_align.alignment import Alignment, catalogue_headings
    from nis2_align.export import save_all
    from nis2_align.messages import messages

    layout = layout_of(direction, form)
    outputs = output_paths(output, format_, acts, layout)
    if reviews is not None:
        existing(reviews).close()  # Refused before the work, not after it.
    result = _run(acts, language, country, words_of(words, form), _limits(limit), directive_text)
    if reviews is not None:
        result = laid_over(result, reviews, dossier)
    save_all(result, outputs, catalogue_headings(result.words), words, layout)
    table = Alignment(result).table()
    if as_json:
        from nis2_align.export.json import to_json

        _bytes(to_json(result))
    else:
        print_coverage(table, messages(result.words))
    if fail_under is not None and table.counts.percent_full < fail_under:
        found = f"{table.counts.percent_full:.1f} %"
        typer.echo(f"error: {found} graded full, under {fail_under:g} %. See the gaps.", err=True)
        raise typer.Exit(UNDER)


@app.command(epilog=_after("nis2-align gaps law.pdf", "nis2-align gaps law.pdf -o gaps.csv"))
def gaps(
    acts: Acts,
    language: Language = None,
    country: Country = None,
    words: Words = None,
    directive_text: DirectiveText = None,
    output: GapsOption = None,
    limit: Limit = None,
) -> None:
    """List what is missing or weaker, with the clauses that come nearest."""
    from nis2_align.alignment import Alignment, catalogue_headings
    from nis2_align.export import Layout, save_all
    from nis2_align.messages import messages

    layout = Layout(listing="gaps")
    outputs = output_paths(output, None, acts, layout)
    result = _run(acts, language, country, words, _limits(limit), directive_text)
    save_all(result, outputs, catalogue_headings(result.words), words, layout)
    say = messages(result.words)
    _print(list(gap_lines(Alignment(result).table(), say, result.official_text)))


@app.command(
    epilog=_after(
        "nis2-align show law.pdf",
        'nis2-align show law.pdf "12(3)(1)"',
        "nis2-align show law.pdf --text > law.txt",
        "nis2-align show law.pdf --directive-text directive.html",
    )
)
def show(
    act: OneAct,
    ref: Annotated[
        str | None, typer.Argument(metavar="REF", help="A provision, e.g. 12(3)(1).")
    ] = None,
    text: Annotated[
        bool, typer.Option("--text", help="Print the whole text that spans count in.")
    ] = False,
    language: Language = None,
    directive_text: DirectiveText = None,
    limit: Limit = None,
) -> None:
    """Show how an act was read: its outline, one provision, or its text."""
    from nis2_align.read import read_safely

    if text and ref is not None:
        raise typer.BadParameter("give REF or --text, not both", param_hint="--text")
    document = read_safely(act, _limits(limit))
    if text:
        _bytes(document.text)
        return
    from nis2_align.languages import language as pack
    from nis2_align.segment import segment
    from nis2_align.text.detect import detect

    segmentation = segment(document, pack(detect(document.text, language).language))
    if ref is None:
        _print(list(outline_lines(segmentation)))
    else:
        _print([provision_text(segmentation, ref)])
    if directive_text is not None:
        from nis2_align.official import read_official

        _print(["", *official_lines(read_official(directive_text, _limits(limit)))])


@app.command(epilog=_after('nis2-align explain law.pdf "21(2)(j)"'))
def explain(
    act: Act,
    requirement: Annotated[
        str, typer.Argument(metavar="REQUIREMENT", help="An id such as 21(2)(j).")
    ],
    language: Language = None,
    country: Country = None,
    words: Words = None,
    directive_text: DirectiveText = None,
    limit: Limit = None,
) -> None:
    """Explain one verdict: each clause with its score, and each element."""
    from nis2_align.alignment import Alignment

    result = _run([act], language, country, words, _limits(limit), directive_text)
    _print([str(Alignment(result).explain(requirement))])


@app.command(epilog=_after("nis2-align evaluate law.pdf --gold law.csv"))
def evaluate(
    act: Act,
    gold: Annotated[Path, typer.Option(metavar="CSV", help="The labels, one requirement a line.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    language: Language = None,
    country: Country = None,
    limit: Limit = None,
) -> None:
    """Measure the verdicts on an act against labels made by people."""
    if not gold.is_file():
        raise UnreadableFileError(f'There are no labels at "{gold}".', "Check the path.")
    from nis2_align.evaluate import score_result

    figures = score_result(_run([act], language, country, None, _limits(limit)), gold)
    if as_json:
        import json

        _bytes(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
    else:
        _print(list(figure_lines(figures)))


@app.command(epilog=_after("nis2-align demo --out out"))
def demo(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the outputs.")] = Path("out"),
    words: Words = None,
) -> None:
    """Run the main job on the bundled draft law of an invented country."""
    from nis2_align.alignment import Alignment, catalogue_headings
    from nis2_align.export import save_all
    from nis2_align.messages import messages
    from nis2_align.resources import corpus_dir

    result = _run([corpus_dir() / "samples" / "valdoria_draft.pdf"], None, None, words)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Nis2AlignError(
            f'The folder "{out}" cannot be made.', "Choose another folder with --out."
        ) from error
    outputs = [out / "valdoria.json", out / "valdoria.xlsx"]
    save_all(result, outputs, catalogue_headings(result.words))
    say = messages(result.words)
    print_coverage(Alignment(result).table(), say)
    _print(["", say.text("outputs"), *(f"  {path}" for path in outputs)])


@app.command("app", epilog=_after("nis2-align app --port 8501"))
def start_app(
    port: Annotated[
        int, typer.Option(metavar="PORT", min=1024, max=65535, help="Port on this machine.")
    ] = 8501,
    private: Annotated[
        bool,
        typer.Option("--private", help="Forget decisions at the end of a visit, with all else."),
    ] = False,
) -> None:
    """Start the page in the browser, on this machine and for this machine only.

    Decisions go to the file that NIS2_ALIGN_REVIEWS names, else to your own, and stay there.
    """
    import os
    import subprocess

    from nis2_align.reviews.place import VARIABLE, default_path

    # The checkout's settings file does not travel in the wheel: what privacy rests on is said here.
    settings = {
        "server.address": "127.0.0.1",
        "server.port": str(port),
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "server.maxUploadSize": "50",
        "browser.gatherUsageStats": "false",
        "client.showErrorDetails": "none",
        "client.showErrorLinks": "false",
        "client.toolbarMode": "minimal",
        "client.disableDataExport": "true",
    }
    options = [part for name, value in settings.items() for part in (f"--{name}", value)]
    page = Path(__file__).with_name("ui") / "page.py"
    command = [sys.executable, "-m", "streamlit", "run", str(page), *options]
    surroundings = {**os.environ, VARIABLE: "" if private else str(default_path())}
    raise typer.Exit(subprocess.run(command, check=False, env=surroundings).returncode)


app.add_typer(
    compare_commands(
        _after, lambda acts, words, limit: _run(acts, None, None, words, _limits(limit)), _print
    ),
    name="compare",
)
app.add_typer(review_commands(_after), name="reviews")
