"""`lingting docs`: writes the pages under docs/ that are made from the code and the catalog, or checks that they are fresh."""

import json
from datetime import timedelta
from pathlib import Path

import click

FOLDER = Path(__file__).parents[3] / "docs"
MADE = "<!-- Made by `lingting docs`; change the source, not this page. -->\n\n"


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; fail if a page is stale.")
@click.pass_context
def docs(context: click.Context, *, check: bool) -> None:
    """Write the generated pages under docs/."""
    stale = []
    for name, text in pages().items():
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    if check and stale:
        click.echo(f"Stale: {', '.join(stale)}. Run `make docs`.")
        context.exit(1)
    click.echo("The generated pages are fresh." if not stale else f"Written: {', '.join(stale)}.")


def pages() -> dict[str, str]:
    """Return every generated page by its name under docs/."""
    return {
        "settings.md": _settings(), "clauses.md": _clauses(), "norms.md": _norms(), "requirements.md": _requirements(), "api.md": _api(),
        "openapi.json": _openapi(), "house.md": _house(),
    }  # fmt: skip


def _settings() -> str:
    from lingting.site.options import OPTIONS

    rows = "\n".join(
        f"| `LINGTING_{option.name}` | {f'`{option.default}`' if option.default else '—'} | {_cell(option.zh)} | {_cell(option.en)} |".replace("|.", ".")
        for option in OPTIONS
    )
    return (
        f"{MADE}# 设置 Settings\n\n每一项都有默认值，用环境变量设置；密钥一类的还可以写在文件里，由 `LINGTING_<名称>_FILE` 指明。\n\n"
        "Every setting has a default and is set in the environment; a secret one also in a file that `LINGTING_<NAME>_FILE` names.\n\n"
        f"| Name | Default | 中文 | English |\n|---|---|---|---|\n{rows}\n"
    )


def _house() -> str:
    from lingting.catalog.house import PERIODS, TEMPLATES
    from lingting.records.kind import declare_all, registers

    declare_all()
    many = [f"{kind.label}.{column.name}" for register in registers().values() for kind in register.kinds for column in kind.columns if column.text.many]
    periods = "\n".join(f"| `{name}` | {_length(default)} |" for name, default in sorted(PERIODS.items()))
    templates = "\n".join(f"| `{name}` | {' '.join(default)} |" for name, default in sorted(TEMPLATES.items()))
    example = (FOLDER.parent / "src" / "lingting" / "catalog" / "house.example.yaml").read_text(encoding="utf-8")
    return (
        f"{MADE}# 本组织自己的规定 What a house sets for itself\n\n"
        "`LINGTING_HOUSE` 指明一个文件夹：`house.yaml`（以下各项，都可以不写）、`norms/`（服务规范，与随附的同名者取而代之）、"
        "`words/`（词表，同名者取而代之）。写错了不会启动，并说明是哪个文件、哪一行。\n\n"
        "`LINGTING_HOUSE` names a folder with `house.yaml` (the items below, each of which may be left out), `norms/` ([norms](norm-language.md); one of the\n"
        "same id takes the place of the one that comes with Lingting) and `words/` (lists of words, likewise). With a mistake nothing starts, and its file\n"
        "and line are named. `limits` may be set where the organisation sets them ([clauses](clauses.md)), never where the standard or the law does; on the\n"
        "screen they are shown as this organisation's. Verdicts counted by other numbers stay in the book as they were given.\n\n"
        f"```yaml\n{example}```\n\n"
        f"## 时限 Periods\n\n写作 `90 min`、`2 h` 或 `15 d`。 Written as `90 min`, `2 h` or `15 d`.\n\n| Name | Default |\n|---|---|\n{periods}\n\n"
        f"## 模板 Templates\n\n| Name | Default |\n|---|---|\n{templates}\n\n"
        f"## 可以添加选项的栏目 Columns that take further choices\n\n{'、'.join(f'`{name}`' for name in many)}\n"
    )


def _length(default: timedelta) -> str:
    minutes = int(default.total_seconds()) // 60
    return next(f"{minutes // size} {unit}" for unit, size in (("d", 1440), ("h", 60), ("min", 1)) if minutes % size == 0)


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def _clauses() -> str:
    from lingting import catalog
    from lingting.conformity.check import CHECKS

    lines = [MADE + "# 条款与检查 Clauses and checks\n", "● 已有台账回答 answered by a register · ◌ 还没有证据来源 no evidence yet\n"]
    for clause in (*catalog.read().terms(), *catalog.read().leaves()):
        lines.append(f"## {clause.number} {clause.title.zh} {clause.title.en}\n")
        lines += [f"- {'●' if check.id in CHECKS else '◌'} `{check.id}` {check.zh} · {check.en}" for check in clause.checks]
        lines.append("")
    return "\n".join(lines)


def _norms() -> str:
    from lingting.catalog import read_norms

    lines = [MADE + "# 规范 Norms\n"]
    for norm in read_norms():
        lines += [
            f"## `{norm.id}` {norm.zh}\n",
            f"{norm.en}\n",
            f"- {norm.why.zh} {norm.why.en}",
            f"- 已知局限 known problems: {norm.known_problems.zh} {norm.known_problems.en}",
            f"- `{norm.detector}` · {norm.kind} · {norm.axis} · {norm.requirement}\n",
        ]
    return "\n".join(lines)


def _requirements() -> str:
    from lingting.cli.traced import requirements_page

    return MADE + requirements_page()


def _schema() -> dict[str, object]:
    from lingting.api.routes import api

    return dict(api.get_openapi_schema(path_prefix="/api/v1/"))


def _openapi() -> str:
    return json.dumps(_schema(), ensure_ascii=False, indent=1, default=str) + "\n"


def _api() -> str:
    from lingting.api.routes import api

    lines = [
        MADE + "# 接口 API\n",
        (
            "`lingting api-token NAME --label WHAT_FOR` prints a token once; send it as `Authorization: Bearer …`. Lists give `following`; "
            "pass it as `after` for the next rows. What is read can be asked as of an earlier day with `at`. "
            "The whole description (OpenAPI 3.1) is `/api/v1/openapi.json`, and lies beside this page.\n"
        ),
        "| Operation | What it does | Permission |\n|---|---|---|",
    ]
    for _, router in api._routers:  # noqa: SLF001  # Ninja has no public list of its operations
        for path, view in router.path_operations.items():
            lines += [f"| `{method} /api/v1{path}` | {one.summary} | {_permission(one.view_func)} |" for one in view.operations for method in one.methods]
    return "\n".join(lines) + "\n"


def _permission(view: object) -> str:
    permission = vars(view)["permission"]
    return f"`{permission}`" if isinstance(permission, str) else "the register's own"
