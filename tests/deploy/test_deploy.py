"""The files of deploy/: what they name exists, and the programs that read them accept them."""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
HOME = "/opt/zhuanban/"


def values(unit: Path, name: str) -> list[str]:
    return re.findall(rf"^{name}=(.*)$", unit.read_text(), re.MULTILINE)


def helped(command: list[str]) -> str:
    """What a command of the product says of itself; it refuses options it does not know."""
    program = ROOT / ".venv" / "bin" / Path(command[0]).name
    done = subprocess.run([program, command[1], "--help"], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_runs_a_command_that_exists_as_a_user_who_writes_the_workspace_only(unit: Path) -> None:
    command = shlex.split(values(unit, "ExecStart")[0])
    assert command[0].startswith(HOME)
    said = helped(command)
    for option in (each for each in command[2:] if each.startswith("--")):
        assert option in said, option
    assert values(unit, "User") == ["zhuanban"]
    assert values(unit, "ProtectSystem") == ["strict"]
    assert values(unit, "StateDirectory") == ["zhuanban"]
    assert "ZHUANBAN_WORKSPACE=/var/lib/zhuanban" in (DEPLOY / "zhuanban.env").read_text().splitlines()


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_accepts_the_unit(unit: Path, tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not here; Debian's package systemd brings it")
    for each in UNITS:
        here = each.read_text().replace(HOME, f"{ROOT}/").replace("User=zhuanban", "User=root").replace("Group=zhuanban", "Group=root")
        (tmp_path / each.name).write_text(here)
    done = subprocess.run(
        [analyze, "verify", "--man=no", str(tmp_path / unit.name)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert not re.search(r"Unknown|Failed to parse|Invalid", done.stderr), done.stderr


def test_nginx_accepts_its_file(tmp_path: Path) -> None:
    nginx, openssl = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"), shutil.which("openssl")
    if nginx is None or openssl is None:
        pytest.skip("nginx or openssl is not here; Debian's packages nginx-light and openssl bring them")
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=zhuanban.example", "-days", "1",
         "-keyout", tmp_path / "privkey.pem", "-out", tmp_path / "fullchain.pem"],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    site = (DEPLOY / "nginx" / "zhuanban.conf").read_text().replace("/etc/ssl/zhuanban", str(tmp_path))
    (tmp_path / "site.conf").write_text(re.sub(r"listen (\[::\]:)?(80|443)", r"listen \g<1>1\g<2>0", site))
    (tmp_path / "nginx.conf").write_text(f"events {{}}\npid {tmp_path}/pid;\nerror_log stderr;\nhttp {{ access_log off; include {tmp_path}/site.conf; }}\n")
    done = subprocess.run([nginx, "-t", "-c", tmp_path / "nginx.conf", "-p", tmp_path], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def test_nginx_appends_the_client_s_address_as_the_product_counts_it() -> None:
    site = (DEPLOY / "nginx" / "zhuanban.conf").read_text()
    assert "X-Forwarded-For $proxy_add_x_forwarded_for" in site
    assert "ZHUANBAN_PROXIES=1" in (DEPLOY / "zhuanban.env").read_text().splitlines()


def test_nginx_tells_browsers_to_come_by_tls_only_and_only_where_they_did() -> None:
    plain, secure = (DEPLOY / "nginx" / "zhuanban.conf").read_text().split("listen 443", 1)
    assert "Strict-Transport-Security" not in plain
    assert re.search(r'add_header Strict-Transport-Security "max-age=31536000" always;', secure)
    # A header of a location's own would take the server's away there.
    assert "add_header" not in secure.split("location", 1)[1]


def instructions() -> list[str]:
    """The lines of the Containerfile, each joined to one, without comments."""
    text = "\n".join(line for line in (DEPLOY / "Containerfile").read_text().splitlines() if not line.startswith("#"))
    return text.replace("\\\n", " ").splitlines()


def test_the_container_copies_and_runs_what_is_here() -> None:
    lines = instructions()
    stages = [line.split()[-1] for line in lines if re.match(r"FROM \S+ AS ", line)]
    for line in lines:
        if line.startswith("COPY"):
            source = next(part for part in line.split()[1:] if not part.startswith("--"))
            stage = re.search(r"--from=(\S+)", line)
            assert stage[1] in stages if stage else (ROOT / source).exists(), line
        if line.startswith("RUN python3"):
            assert (ROOT / line.split()[2]).exists(), line
    assert helped(["zhuanban", "serve"])


def test_the_container_s_last_stage_runs_as_one_user_by_number_who_owns_the_workspace_only() -> None:
    lines = instructions()
    last = lines[max(number for number, line in enumerate(lines) if line.startswith("FROM")) :]
    assert [line for line in last if line.startswith("USER")] == ["USER zhuanban"]
    made = next(line for line in last if "useradd" in line)
    assert re.search(r"--uid \d+ ", made)
    assert "install -d -o zhuanban -g zhuanban -m 0700 /var/lib/zhuanban" in made
    assert not any("--chown" in line for line in last)
    assert "HOME=/tmp" in next(line for line in last if line.startswith("ENV"))
    assert f"user {re.search(r'--uid (.+?) ', made)[1]}" in (ROOT / "docs" / "operate.md").read_text()


def test_an_image_takes_no_workspace_no_test_and_nothing_that_this_machine_made(tmp_path: Path) -> None:
    """A checkout in which somebody worked, copied by a real builder through the ignore file; no base image is needed."""
    buildah = shutil.which("buildah")
    if buildah is None or os.geteuid() != 0:
        pytest.skip("buildah is not here, or this is not root; Debian's package buildah brings it")
    context = tmp_path / "context"
    stays = [
        "LICENSE", ".npmrc", "requirements.txt", "package-lock.json", "deploy/fonts.conf", "tools/setup.py", "docs/operate.md",
        "docs/handbook/zh/README.md", "docs/screenshots/a.png", "src/zhuanban/site/cli.py", "src/zhuanban/packs/x/pack.yaml",
        "src/zhuanban/site/locale/en/LC_MESSAGES/django.po", "bundle/wheels/a.whl",
    ]  # fmt: skip
    goes = [
        ".git/HEAD", ".venv/bin/python", "node_modules/a/b.js", "var/secrets/trail.key", "elsewhere/secrets/trail.key", "keys.tar",
        "deploy/zhuanban.env", "tests/deploy/test_deploy.py", "src/zhuanban/site/tests/test_cli.py", "conftest.py",
        "src/zhuanban/site/__pycache__/cli.cpython-311.pyc", "src/zhuanban/site/locale/en/LC_MESSAGES/django.mo",
        "src/zhuanban/site/static/vendor/old.js", "src/zhuanban/kit/charts/fonts/old.ttf", "docs/decisions/0001.md",
    ]  # fmt: skip
    for name in (*stays, *goes):
        (context / name).parent.mkdir(parents=True, exist_ok=True)
        (context / name).write_text(name)
    shutil.copy(ROOT / ".dockerignore", context)
    (tmp_path / "Containerfile").write_text("FROM scratch\nCOPY . /\n")
    (tmp_path / "storage.conf").write_text(f'[storage]\ndriver = "vfs"\nrunroot = "{tmp_path}/run"\ngraphroot = "{tmp_path}/graph"\n')
    environment = {**os.environ, "CONTAINERS_STORAGE_CONF": str(tmp_path / "storage.conf"), "STORAGE_DRIVER": "vfs"}

    def built(*words: str) -> str:
        done = subprocess.run([buildah, *words], env=environment, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    image = built("bud", "--quiet", "--isolation", "chroot", "-f", str(tmp_path / "Containerfile"), str(context))
    container = built("from", "--pull-never", image.splitlines()[-1])
    root = Path(built("mount", container))
    try:
        found = {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
    finally:
        built("umount", container)
    assert found == set(stays)


def test_the_database_is_made_as_written_and_taken_by_the_product() -> None:
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        pytest.skip("needs_postgres: this session runs on SQLite; set DATABASE_URL to a PostgreSQL server")
    sql = (DEPLOY / "postgresql.sql").read_text()
    statements = [line for line in sql.splitlines() if line and not line.startswith("--")]
    name = f"zhuanban_deploy_{os.getpid()}"
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
        try:
            for statement in statements:
                admin.execute(re.sub(r"\bzhuanban\b", name, statement).replace(":password", "'x'").encode())
            owner = admin.execute("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [name]).fetchone()
            assert owner == (name,)
        finally:
            admin.execute(f"DROP DATABASE IF EXISTS {name}".encode())
            admin.execute(f"DROP ROLE IF EXISTS {name}".encode())


def test_the_upgrade_stops_before_it_does_anything_when_something_is_not_well(tmp_path: Path) -> None:
    script = DEPLOY / "upgrade.sh"
    bare = {"PATH": os.environ["PATH"]}
    for arguments, environment, told in (
        ([], {}, "which version?"), (["HEAD"], {}, "set ZHUANBAN_WORKSPACE"),
        (["no-such-version"], {"ZHUANBAN_WORKSPACE": str(tmp_path)}, "not finished (status 2)"),
    ):  # fmt: skip
        done = subprocess.run(
            ["sh", script, *arguments], cwd=ROOT, env={**bare, **environment}, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode != 0
        assert told in done.stderr
    assert not list(tmp_path.iterdir())
