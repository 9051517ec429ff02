from pathlib import Path

import polib
import pytest
from tools import catalogues, messages
from tools.extraction import Text, texts_of_python, texts_of_template

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
)


def write_catalogue(root: Path, body: str, room: str = "people") -> Path:
    path = root / "src" / "zhuanban" / room / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + body, encoding="utf-8")
    return path


def write_room(root: Path, source: str, template: str = "", room: str = "people") -> None:
    folder = root / "src" / "zhuanban" / room
    (folder / "templates" / room).mkdir(parents=True, exist_ok=True)
    (folder / "__init__.py").write_text("")
    (folder / "words.py").write_text(source, encoding="utf-8")
    (folder / "templates" / room / "page.html").write_text(template, encoding="utf-8")


def test_a_good_catalogue_is_compiled(tmp_path: Path) -> None:
    path = write_catalogue(tmp_path, 'msgid "Unit"\nmsgstr "单位"\n')
    assert catalogues.main([str(tmp_path)]) == 0
    assert [entry.msgstr for entry in polib.mofile(str(path.with_suffix(".mo")))] == ["单位"]


def test_fuzzy_and_doubled_entries_are_named_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_catalogue(
        tmp_path,
        '#, fuzzy\nmsgid "Unit"\nmsgstr "单位"\n\nmsgid "Post"\nmsgstr "岗位"\n\nmsgid "Post"\nmsgstr "职位"\n'
        '\nmsgctxt "mail"\nmsgid "Post"\nmsgstr "邮寄"\n',
    )
    assert catalogues.main([str(tmp_path)]) == 1
    where = "src/zhuanban/people/locale/zh_Hans/LC_MESSAGES/django.po"
    assert capsys.readouterr().out.splitlines() == [
        f"{where}:6: fuzzy, so it would not be used: 'Unit'",
        f"{where}:13: stands here a second time: 'Post'",
    ]
    assert not path.with_suffix(".mo").exists()


def test_an_unreadable_catalogue_is_named(tmp_path: Path) -> None:
    path = write_catalogue(tmp_path, 'msgid "Unit\nmsgstr\n')
    assert catalogues.mistakes(path, tmp_path)[0].startswith("src/zhuanban/people/locale")


def test_texts_are_found_in_python_by_the_imported_names() -> None:
    source = (
        "from django.utils.translation import gettext_lazy as _, ngettext, pgettext\n"
        "a = _('One ' 'text')\nb = pgettext('mail', 'Post')\nc = ngettext('%(n)s day', '%(n)s days', n)\n"
        "d = other('Not this')\ne = _(variable)\n"
    )
    assert list(texts_of_python(source)) == [
        (Text("", "One text"), 2),
        (Text("mail", "Post"), 3),
        (Text("", "%(n)s day", "%(n)s days"), 4),
    ]


def test_texts_are_found_in_tags_filters_and_attributes_of_templates() -> None:
    source = (
        "{% translate 'Plain' %} {% translate \"Post\" context 'mail' %} {{ _('Filtered') }}\n"
        "{% blocktranslate with name=unit.name %}Of {{ name }}{% endblocktranslate %}\n"
        "{% blocktranslate count n=days %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}\n"
        "<c-field :label=\"_('Attribute')\" /> {# {% translate 'A comment' %} #}\n"
    )
    assert {text for text, _line in texts_of_template(source)} == {
        Text("", "Plain"),
        Text("mail", "Post"),
        Text("", "Filtered"),
        Text("", "Of %(name)s"),
        Text("", "%(n)s day", "%(n)s days"),
        Text("", "Attribute"),
    }


def test_a_text_without_chinese_is_missing_and_can_be_appended(tmp_path: Path) -> None:
    write_room(
        tmp_path,
        "from django.utils.translation import gettext as _\na = _('Unit')\nb = _('Group %(n)s')\n",
        "{% translate 'Page' %}",
    )
    path = write_catalogue(tmp_path, 'msgid "Unit"\nmsgstr "单位"\n\nmsgid "Group %(n)s"\nmsgstr "第%(m)s组"\n')
    found = [(finding.text.msgid, finding.what) for finding in messages.missing(tmp_path)]
    assert found == [
        ("Page", "no Chinese in the room's catalogue"),
        ("Group %(n)s", "the Chinese uses a fact that the English has not (m)"),
    ]
    assert messages.write_missing(tmp_path) == 1
    assert messages.write_missing(tmp_path) == 0
    assert [(entry.msgid, entry.msgstr) for entry in polib.pofile(str(path))][-1] == ("Page", "")
    assert messages.main([str(tmp_path)]) == 1


def test_two_rooms_may_not_translate_one_text_differently(tmp_path: Path) -> None:
    for room, chinese in (("files", "文件"), ("people", "档案")):
        write_room(tmp_path, "", room=room)
        write_catalogue(tmp_path, f'msgid "File"\nmsgstr "{chinese}"\n', room)
    found = messages.contradictions(tmp_path)
    assert [(each.room, each.what) for each in found] == [
        ("people", "the room files translates it as '文件', this one as '档案'")
    ]
