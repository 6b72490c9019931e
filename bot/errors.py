"""The errors that users cause and can mend; each message gives the cause and the next step."""


class BotError(Exception):
    """The base of every error that is shown to a user as one sentence."""


class CorpusError(BotError):
    """The corpus folder is missing, unreadable or holds nothing that can be served."""


class DocumentError(BotError):
    """One document cannot be read; the message follows the file's name and says what to do."""


class QuestionError(BotError):
    """The question is empty, too long or has no words that can be looked up.

    `kind` and `values` name the sentence in the catalogue, for those who say it in another language.
    """

    def __init__(self, sentence: str, *, kind: str, **values: int) -> None:
        super().__init__(sentence)
        self.kind = kind
        self.values = values


class QuestionSetError(BotError):
    """A question set or a prediction file is malformed; the message names the file and the line."""


class EncoderError(BotError):
    """An encoder's folder cannot be used; the message names what is missing or damaged."""


class OutputError(BotError):
    """A result cannot be written where it was asked to go."""


class SettingsError(BotError):
    """An option or the operator's settings file has a value that cannot be used."""


class ServerError(BotError):
    """The page cannot be served, for example because the port is in use."""


class EngineError(BotError):
    """The search engine that the passages are looked up in cannot be asked, or has another corpus."""
