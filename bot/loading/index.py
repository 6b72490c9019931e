"""The command `index`: options in, an index of a folder on disk out."""

import argparse
import sys

from bot.errors import CorpusError, OutputError


def add_options(command: argparse.ArgumentParser) -> None:
    """The options of `index` beside those that every command has."""
    command.add_argument(
        "--check", action="store_true", help="read every byte of the index there is, and tell what is damaged"
    )


def run(options: argparse.Namespace) -> int:
    """Make the index of a folder, or bring it up to date; raises CorpusError, OutputError and EngineError."""
    from bot.files import store_folder
    from bot.indexing.building import indexed
    from bot.indexing.kept import current, damage
    from bot.meaning import named
    from bot.opening import Opening
    from bot.rendering.terminal import complain_of_files

    if options.check:
        store = store_folder(options.corpus)
        folder = None if store is None else current(store)
        if folder is None:
            raise CorpusError(f"There is no index of {options.corpus}; make one with: python -m bot index")
        if (what := damage(folder)) is not None:
            raise CorpusError(f"The index is damaged ({what}); make it anew with: python -m bot index")
        sys.stdout.write(f"Every file of {folder} is as it was written.\n")
        return 0
    index = indexed(options.corpus, progress=True, make=True)
    if index is None:
        raise OutputError(f"Neither {options.corpus} nor the user's cache can be written to; change that.")
    complain_of_files(index.corpus)
    opening = Opening(options.corpus, options.answering, named(options.encoder), options.cluster)
    opening.assistant(progress=True)
    sys.stdout.write(
        f"{len(index.corpus.documents)} documents, {index.fields.size} passages: indexed in {index.folder}\n"
    )
    return 0
