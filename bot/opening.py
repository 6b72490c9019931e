"""A folder, and how it is asked, in; the assistant out."""

from dataclasses import dataclass
from pathlib import Path

from bot.assistant import Assistant
from bot.engines import ClusterSettings
from bot.indexing.building import indexed
from bot.meaning import BUILT_IN, load_encoder
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Opening:
    """What an assistant is opened with, in this process or another.

    `encoder` is the folder of another one, None for words alone. With a `cluster` passages are looked up
    there, and are put there if they are not.
    """

    folder: Path
    settings: Settings | None = None
    encoder: Path | None = BUILT_IN
    cluster: ClusterSettings | None = None

    def assistant(self, *, wait: bool = True, progress: bool = False) -> Assistant:
        """The assistant, ready for questions; without `wait` the vectors are left to a call of `encode`.

        Raises CorpusError, EncoderError, EngineError, OutputError and SettingsError.
        """
        if self.cluster is None:
            return Assistant.open(
                self.folder, settings=self.settings, encoder=self.encoder, wait=wait, progress=progress
            )
        # Imported late: most have no cluster.
        from bot.cluster.library import in_cluster

        loaded = None if self.encoder is None else load_encoder(self.encoder)
        index = in_cluster(
            self.cluster, indexed(self.folder, progress=progress, make=True), progress=progress
        )
        assistant = Assistant(
            index.corpus, settings=self.settings, folder=self.folder, encoder=loaded, index=index
        )
        if wait:
            assistant.encode(progress=progress)
        return assistant
