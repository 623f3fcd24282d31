"""The settings (设置): every one with its default, how it is read, and what it is for; `lingting settings` and docs/settings.md print this list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lingting.channels.mqtt.broker import Broker, broker


@dataclass(frozen=True, slots=True)
class Option:
    """One setting, read from the environment as `LINGTING_<name>`; a secret also from the file that `LINGTING_<name>_FILE` names."""

    name: str
    default: str
    parse: Callable[[str], Any]
    zh: str
    en: str
    secret: bool = False


def _truth(words: str) -> bool:
    known = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    if words.lower() not in known:
        raise ValueError("write true or false")
    return known[words.lower()]


def _zone(words: str) -> ZoneInfo:
    try:
        return ZoneInfo(words)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError("write the name of a time zone, such as Asia/Shanghai") from error


def _moment(words: str) -> datetime | None:
    if not words:
        return None
    moment = datetime.fromisoformat(words)
    if moment.tzinfo is None:
        raise ValueError("write a time with its offset, such as 2026-08-31T09:00+08:00")
    return moment


def _words(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(",") if word.strip())


def _port(words: str) -> int:
    port = int(words)
    if not 0 <= port <= 0xFFFF:  # noqa: PLR2004  # sixteen bits
        raise ValueError("write a port between 0 and 65535")
    return port


def _database(words: str) -> dict[str, Any]:
    if not words:
        return {}
    url = urlsplit(words)
    if url.scheme not in {"postgres", "postgresql"} or not url.path.strip("/"):
        raise ValueError("write postgresql://user:password@host:port/name, or nothing for SQLite")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.strip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),
        "PORT": str(url.port or ""),
    }


def _server(words: str) -> str:
    url = urlsplit(words)
    if words and (url.scheme not in {"http", "https"} or not url.hostname):
        raise ValueError("write an address such as http://127.0.0.1:8000/v1, or nothing for no server")
    return words


def _mail(words: str) -> tuple[str, int] | None:
    url = urlsplit(words)
    if words and (url.scheme != "smtp" or not url.hostname):
        raise ValueError("write an address such as smtp://mail.example.cn:25, or nothing for no server")
    return (url.hostname, url.port or 25) if url.hostname else None


def _broker(words: str) -> Broker | None:
    return broker(words) if words else None


def _folder(words: str) -> Path | None:
    if words and not Path(words).is_dir():
        raise ValueError("write the path of a folder that exists, or nothing")
    return Path(words).absolute() if words else None


def _count(words: str) -> int:
    if not words.isdigit():
        raise ValueError("write a whole number such as 200000")
    return int(words)


OPTIONS = (
    Option("HOME", "var", Path, "全部数据所在的文件夹", "the folder that holds all state"),
    Option("DATABASE", "", _database, "PostgreSQL 地址；留空用 SQLite",
        "address of a PostgreSQL database; empty means SQLite in the folder above", secret=True),
    Option("SECRET", "", str, "签名会话的密钥；留空则首次启动时生成并存入 HOME",
        "key that signs sessions; empty means one is made at the first start and kept in HOME", secret=True),
    Option("SEAL_KEY", "", str, "封存区块的 Ed25519 私钥（PEM）；留空则不签名",
        "Ed25519 private key (PEM) that signs blocks; empty means unsigned", secret=True),
    Option("HOSTS", "localhost,127.0.0.1,[::1]", _words, "网站的域名，逗号分隔", "host names the site answers to, comma-separated"),
    Option("ADDRESS", "127.0.0.1", str, "服务器监听的地址", "address the server listens on"),
    Option("PORT", "8009", _port, "服务器监听的端口", "port the server listens on; 0 takes a free one"),
    Option("HTTPS", "false", _truth, "网站是否经 HTTPS 访问（安全 Cookie、HSTS）", "whether the site is reached over HTTPS (secure cookies, HSTS)"),
    Option("DEBUG", "false", _truth, "开发时显示出错细节；切勿在正式环境打开", "show error details while developing; never in production"),
    Option("LANGUAGE", "zh-hans", str, "未登录时的语言：zh-hans 或 en", "language before sign-in: zh-hans or en"),
    Option("ZONE", "Asia/Shanghai", _zone, "组织所在的时区", "time zone of the organisation"),
    Option("ORGANISATION", "", str, "组织的名称，用于开场用语等检查；几个名称以 | 分隔",
        "name of the organisation, for norms such as the opening; several between |"),
    Option("HOUSE", "", _folder, "本组织自己的规定所在的文件夹：限值、时限、模板、工作日历（house.yaml）、服务规范（norms）和词表（words）；留空则用随附的",
        "folder of what the organisation sets for itself: limits, periods, templates and calendar (house.yaml), norms (norms) and lists of words (words); "
        "empty means what comes with Lingting"),
    Option("ADDRESSES", "", _words, "本组织的邮箱域名或地址，逗号分隔", "mail domains or addresses of the organisation, comma-separated"),
    Option("CLOCK", "", _moment, "固定的“现在”（演示用）；留空为真实时间", "a fixed now, for demonstrations; empty means the real time"),
    Option("SPEECH_MODEL", "base", str,
        "识别录音文字的模型：base 为 lingting[speech] 所带的模型（未安装则录音没有文字），或 faster-whisper 模型所在的文件夹；留空则不识别",
        "model that recognises the words of recordings: base is the one that lingting[speech] brings (not installed, recordings have no words), "
        "or the folder of a faster-whisper model; empty means none"),
    Option("SPEECH_SERVER", "", _server, "兼容 OpenAI 的语音识别服务器地址；设置后录音会离开本机发到该服务器；留空则不用",
        "address of an OpenAI-compatible speech server; once set, the sound of recordings leaves this machine for it; empty means none"),
    Option("SPEECH_SERVER_MODEL", "whisper-1", str, "语音识别服务器上的模型名称", "name of the model on the speech server"),
    Option("SPEECH_SERVER_KEY", "", str, "语音识别服务器的密钥", "key of the speech server", secret=True),
    Option("JUDGE_SERVER", "", _server, "兼容 OpenAI 的语言模型服务器地址；设置后（脱敏的）对话文字会离开本机；留空则不用",
        "address of an OpenAI-compatible language model; once set, (masked) words of conversations leave this machine for it; empty means none"),
    Option("JUDGE_MODEL", "default", str, "语言模型的名称", "name of the language model"),
    Option("JUDGE_KEY", "", str, "语言模型服务器的密钥", "key of the language model's server", secret=True),
    Option("JUDGE_BUDGET", "200000", _count, "每天最多有多少字符可以离开本机", "how many characters at most may leave this machine a day"),
    Option("SENSORS", "", _broker, "传感器发布读数的 MQTT 服务器和主题；留空则不用",
        "MQTT broker and topic at which sensors publish readings; empty means none", secret=True),
    Option("DCC_SCHEMAS", "", _folder, "数字校准证书（DCC）的格式规范（.xsd）和可信签发者证书（.pem）所在的文件夹；留空则不按格式规范检查",
        "folder of the schemas (.xsd) of digital calibration certificates, and of certificates (.pem) of those who vouch for their signers; "
        "empty means that they are not held against a schema"),
    Option("PROBES", "false", _truth, "到期时是否自动试通本组织自己的渠道：取其网页、问其邮箱（只限 ADDRESSES 中的域名）",
        "whether the organisation's own channels are tried when it is time: their pages fetched, their mail boxes asked for "
        "(at the domains of ADDRESSES alone)"),
    Option("MAIL_SERVER", "", _mail, "本组织收信的邮件服务器；试通邮箱时问它收不收，不发信；留空则邮箱由人试",
        "mail server that takes the organisation's mail in; it is asked whether it takes mail for a box, and no mail is sent; "
        "empty means that people try boxes"),
    Option("WORKER", "true", _truth, "后台工作是否在服务器进程内进行", "whether background work runs inside the server process"),
)  # fmt: skip


PACKS = "packs"
"""The folder of compiled norms within a home."""


class BadSetting(ValueError):
    """A setting could not be read; the sentence says which, why and what to write."""


def read(environ: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the parsed value of every setting, and for each where it came from: default, environment or the file's name."""
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for option in OPTIONS:
        words, origins[option.name] = _given(option, environ)
        try:
            values[option.name] = option.parse(words)
        except ValueError as error:
            raise BadSetting(f"LINGTING_{option.name} ({origins[option.name]}): {error}. {option.en}.") from error
    return values, origins


def packs(environ: Mapping[str, str]) -> Path:
    """Return the folder in which compiled norms are kept: within the home, where there is one; commands that need none use the user's cache."""
    home = environ.get("LINGTING_HOME")
    if home and Path(home).is_dir():
        return Path(home).absolute() / PACKS
    return Path(environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "lingting" / PACKS


def _given(option: Option, environ: Mapping[str, str]) -> tuple[str, str]:
    name = f"LINGTING_{option.name}"
    if name in environ:
        return environ[name], "environment"
    if option.secret and (path := environ.get(f"{name}_FILE")):
        try:
            return Path(path).read_text(encoding="utf-8").strip(), path
        except OSError as error:
            raise BadSetting(f"{name}_FILE: {path} cannot be read ({error.strerror}). Name a file that exists.") from error
    return option.default, "default"
