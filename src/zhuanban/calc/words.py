"""A phrase in both languages of the product."""

from typing import NamedTuple


class Words(NamedTuple):
    """One phrase for generated documents, official Chinese beside plain English.

    >>> Words("增长5.2%", "up 5.2%").written("zh-hans"), Words("增长5.2%", "up 5.2%").written("en")
    ('增长5.2%', 'up 5.2%')
    """

    zh: str
    en: str

    def written(self, language: str) -> str:
        """The phrase of a language code; anything that is not Chinese reads English.

        >>> Words("持平", "unchanged").written("zh-hans")
        '持平'
        """
        return self.zh if language.lower().startswith("zh") else self.en
