import json
import shutil
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

import pytest
from tools import assets, bundle, environment, prerequisites
from tools.environment import SetUp, SetUpFailed
from tools.node import new_enough


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout that was set up for development."""
    for lock in ("requirements.txt", "requirements-dev.txt", "package-lock.json", ".npmrc"):
        (tmp_path / lock).write_text(lock)
    for name in ("assets.py", "catalogues.py"):
        (tmp_path / "tools").mkdir(exist_ok=True)
        (tmp_path / "tools" / name).write_text(name)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    (tmp_path / ".venv" / "lib" / "python3.11" / "site-packages").mkdir(parents=True)
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "product.py").write_text("")
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / ".package-lock.json").write_text("{}")
    for target in assets.FILES.values():
        (tmp_path / target).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / target).write_bytes(b"")
    set_up = SetUp(tmp_path, development=True)
    set_up.stamps.write("packages", set_up.packages_stamp(development=True))
    watched = [tmp_path / "package-lock.json", tmp_path / ".npmrc", tmp_path / "tools" / "assets.py"]
    set_up.stamps.write("assets", environment.digest(watched))
    set_up.stamps.write("catalogues", environment.digest([tmp_path / "tools" / "catalogues.py"]) + " 0")
    return tmp_path


class Recorded(SetUp):
    """Notes the commands instead of starting pip and npm, which would need a network."""

    def __init__(self, root: Path, *, development: bool) -> None:
        super().__init__(root, development=development)
        self.commands: list[str] = []

    def _call(self, command: list[str], failure: str) -> None:
        self.commands.append(" ".join(command))
        if "ci" in command:
            for source in assets.FILES:
                path = self.root / "node_modules" / source
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(b"x")


def test_the_project_is_found_and_started_without_a_build(checkout: Path) -> None:
    assert SetUp(checkout, development=True).run() == ["project"]
    library = checkout / ".venv" / "lib" / "python3.11" / "site-packages"
    assert (library / "zhuanban_src.pth").read_text() == f"{checkout / 'src'}\n"
    script = checkout / ".venv" / "bin" / "zhuanban"
    assert script.stat().st_mode & 0o111
    assert [path.stem.split(".")[0] for path in (checkout / "src").rglob("*.pyc")] == ["product"]
    assert script.read_text().startswith(f"#!{checkout}/.venv/bin/python\n")


def test_an_unchanged_checkout_starts_nothing(checkout: Path) -> None:
    SetUp(checkout, development=True).run()
    again = Recorded(checkout, development=True)
    started = time.monotonic()
    assert again.run() == []
    assert again.commands == []
    assert time.monotonic() - started < 0.5


def test_development_packages_are_enough_for_production(checkout: Path) -> None:
    SetUp(checkout, development=True).run()
    assert Recorded(checkout, development=False).run() == []


def test_production_packages_are_not_enough_for_development(checkout: Path) -> None:
    production = SetUp(checkout, development=False)
    production.stamps.write("packages", production.packages_stamp(development=False))
    development = Recorded(checkout, development=True)
    assert "packages" in development.run()
    assert "requirements-dev.txt" in development.commands[0]


def test_a_changed_lock_installs_with_hashes_and_a_changed_asset_lock_fetches(checkout: Path) -> None:
    SetUp(checkout, development=True).run()
    (checkout / "requirements-dev.txt").write_text("another")
    (checkout / "package-lock.json").write_text("another")
    again = Recorded(checkout, development=True)
    assert again.run() == ["packages", "assets"]
    assert "--require-hashes" in again.commands[0]
    assert " ci " in again.commands[1]
    assert Recorded(checkout, development=True).run() == []


def test_a_step_that_failed_is_done_again(checkout: Path) -> None:
    class Failing(SetUp):
        def _call(self, command: list[str], failure: str) -> None:
            raise environment.SetUpFailed(failure)

    (checkout / "requirements-dev.txt").write_text("another")
    with pytest.raises(environment.SetUpFailed, match=r"requirements-dev\.txt"):
        Failing(checkout, development=True).run()
    (checkout / "requirements-dev.txt").write_text("requirements-dev.txt")
    assert "packages" in Recorded(checkout, development=True).run()


def test_a_missing_copied_file_is_brought_again(checkout: Path) -> None:
    SetUp(checkout, development=True).run()
    (checkout / assets.VENDOR / "echarts.min.js").unlink()
    assert Recorded(checkout, development=True).run() == ["assets"]
    assert assets.absent(checkout) == []


def test_what_is_missing_is_named_with_its_debian_package() -> None:
    def nothing(name: str) -> None:
        return None

    without_venv = list(
        prerequisites.missing(development=False, has_module=nothing, has_program=nothing, version=(3, 12))
    )
    assert without_venv == [
        "python3.12 has no venv module: install Debian's package python3-venv (or python3.12-venv), then run make again."
    ]
    without_programs = list(prerequisites.missing(development=True, has_module=str, has_program=nothing))
    assert [line.split()[0] for line in without_programs] == ["git", "make"]
    assert list(prerequisites.missing(development=True, has_module=str, has_program=str)) == []


def test_node_from_eighteen_on_is_new_enough() -> None:
    said = ["v18.0.0\n", "v24.19.0", "v16.20.2", "v8.1.0", "", "node: not found"]
    assert [new_enough(each) for each in said] == [True, True, False, False, False, False]


def test_map_references_are_cut_out_of_scripts_and_style_sheets() -> None:
    script = b"a();\n//# sourceMappingURL=a.js.map\n"
    style = b"a{}\n/*# sourceMappingURL=a.css.map */"
    assert assets.without_map_reference(script) == b"a();\n"
    assert assets.without_map_reference(style) == b"a{}"


def test_make_says_in_its_first_line_that_python_is_missing(repository: Path) -> None:
    said = subprocess.run(
        ["make", "-s", "setup", "PYTHON=no-such-python"], cwd=repository, capture_output=True, text=True, check=False
    )
    assert said.returncode != 0
    assert said.stdout.splitlines()[0].startswith("no-such-python is missing: install Debian's packages python3")


def test_the_locks_name_no_host_and_carry_hashes(repository: Path) -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-node.txt", "package-lock.json"):
        text = (repository / name).read_text()
        assert "://" not in text, name
        assert "--hash=sha256:" in text or '"integrity": "sha512-' in text, name


def bundled(checkout: Path, **changed: str) -> Path:
    """The checkout with a bundle in it, made for this machine unless something of its note is changed."""
    folder = checkout / "bundle"
    (folder / "wheels").mkdir(parents=True)
    for target in assets.FILES.values():
        (folder / "assets" / target).parent.mkdir(parents=True, exist_ok=True)
        (folder / "assets" / target).write_text(target)
    note = {**asdict(bundle.made_for(checkout)), **changed}
    (folder / "bundle.json").write_text(json.dumps(note))
    return folder


def test_a_server_is_set_up_from_the_bundle_and_asks_no_network(checkout: Path) -> None:
    folder = bundled(checkout)
    shutil.rmtree(checkout / "node_modules")
    for target in assets.FILES.values():
        (checkout / target).unlink()
    SetUp(checkout, development=False).stamps.forget("packages")
    server = Recorded(checkout, development=False)
    assert {"packages", "assets"} <= set(server.run())
    [installing] = [each for each in server.commands if " pip install " in each]
    assert f"--no-index --find-links {folder / 'wheels'}" in installing
    assert "--require-hashes" in installing
    assert not any(" ci" in each for each in server.commands)
    assert all((checkout / target).read_text() == target for target in assets.FILES.values())
    assert Recorded(checkout, development=False).run() == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"locks": "another"}, "another version of this checkout"), ({"python": "3.9"}, "Python 3.9"), ({"system": "win32"}, "win32")],
)
def test_a_bundle_for_another_version_or_machine_is_refused_in_words(
    checkout: Path, changed: dict[str, str], said: str
) -> None:
    bundled(checkout, **changed)
    with pytest.raises(SetUpFailed, match=said):
        Recorded(checkout, development=False).run()
    # Developing does not use it.
    Recorded(checkout, development=True).run()
