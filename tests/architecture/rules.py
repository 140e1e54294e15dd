"""The rules of the source tree, each a function that returns findings as "path:line: text".

Each takes what it looks at as an argument, so that tst_rules.py can show it a tree that breaks the rule.
"""

import json
import os
import re
import shlex
import subprocess
from pathlib import Path

CODE = {".h", ".cpp"}
TEXT = CODE | {".py", ".sh", ".md", ".cmake", ".txt", ".json", ".sql", ".yml", ".yaml", ".toml", ".ts", ".in",
               ".qrc", ".svg", ".service", ".desktop", ".conf", ".html", ""}
SOURCE_FOLDERS = ("app", "backend", "ui", "tests", "installers", "resources/cmake")
LONGEST_SOURCE = 500
# A table of cases is read row by row, not as a whole.
LONGEST_TEST = 800

# Which layer may include the public headers of which others; its own it always may.
ALLOWED = {
    "core": set(),
    "contracts": {"core"},
    "domain": {"core"},
    "ports": {"domain", "core"},
    "adapters": {"ports", "domain", "core"},
    "application": {"contracts", "domain", "ports", "core"},
    "api": {"contracts", "core"},
    "client": {"contracts", "core"},
    "ui": {"contracts", "core"},
    "app": {"core", "contracts", "domain", "ports", "adapters", "application", "api", "client", "ui"},
}

# Headers of libraries that belong to some folders alone. The first group is matched with re.match.
LIBRARY_HEADERS = [
    (r"Qt(Gui|Widgets|Svg|DBus|Charts)/|Q(Widget|Painter|Pixmap|Image|Icon|Color|GuiApplication|Application)$",
     ("ui/", "app/"), "windows belong to ui"),
    (r"QtHttpServer/|QHttpServer|QAbstractHttpServer", ("backend/api/",), "the HTTP server belongs to api"),
    (r"QtWebSockets/|QWebSocket", ("backend/api/", "backend/client/"), "sockets belong to api and client"),
    (r"QtSql/|QSql|sqlite3\.h|libpq", ("backend/adapters/storage/",), "databases belong to the storage adapter"),
    (r"curl/", ("backend/adapters/",), "libcurl belongs to adapters"),
    (r"sodium", ("backend/adapters/security/",), "cryptography belongs to the security adapter"),
]

# Rules are pure: the same question has the same answer, wherever and whenever it is asked.
IMPURE = re.compile(
    r"(QtCore/)?(QObject|QThread|QTimer|QFile|QProcess|QSettings|QEventLoop|QCoreApplication|QMutex)$|"
    r"(QtNetwork/|thread$|mutex$|fstream$|iostream$|filesystem$|future$|condition_variable$|unistd\.h$|sys/)")
# QDir also knows rules about paths that ask no disk.
DISK = re.compile(r"\bQDir\b(?!>|::(cleanPath|isAbsolutePath|isRelativePath)\b)")

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')


def files(root, folders, suffixes):
    """Files below the folders of root in a fixed order."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and path.suffix in suffixes and "__pycache__" not in path.parts:
                yield path


def lines(path):
    return path.read_text(encoding="utf-8", errors="replace").splitlines()


def module_of(root, path):
    """(layer, folder of the module) of a source file, or None outside of modules."""
    parts = path.relative_to(root).parts
    if parts[0] in ("app", "ui"):
        return parts[0], root / parts[0]
    if parts[0] == "backend" and len(parts) > 2:
        if parts[1] == "adapters" and len(parts) > 3:
            return "adapters", root.joinpath(*parts[:3])
        return parts[1], root.joinpath(*parts[:2])
    return None


def public_modules(root):
    """Name as in #include <name/…> → (layer, folder of the module)."""
    found = {}
    for include in sorted(root.rglob("include")):
        if include.is_dir() and include.relative_to(root).parts[0] in ("app", "backend", "ui"):
            for name in include.iterdir():
                found[name.name] = module_of(root, include / name.name / "x.h")
    return found


def check_layers(root):
    known = public_modules(root)
    findings = []
    for path in files(root, ("app", "backend", "ui"), CODE):
        here = module_of(root, path)
        if here is None:
            continue
        layer, folder = here
        relative = path.relative_to(root)
        if layer not in ALLOWED:
            findings.append(f"{relative}:1: the layer \"{layer}\" is not in the table of layers")
            continue
        for number, line in enumerate(lines(path), 1):
            match = INCLUDE.match(line)
            if not match:
                if layer == "domain" and DISK.search(line):
                    findings.append(f"{relative}:{number}: the domain does not ask the disk")
                continue
            name = match.group(1)
            if ".." in name.split("/") and folder not in (path.parent / name).resolve().parents:
                findings.append(f"{relative}:{number}: <{name}> leaves its module")
            target = known.get(name.split("/")[0]) if "/" in name else None
            if target and target[1] != folder and target[0] not in ALLOWED[layer]:
                findings.append(f"{relative}:{number}: {layer} includes <{name}> of {target[0]}")
            for pattern, folders, reason in LIBRARY_HEADERS:
                if re.match(pattern, name) and not str(relative).startswith(folders):
                    findings.append(f"{relative}:{number}: <{name}>: {reason}")
            if layer == "domain" and IMPURE.match(name):
                findings.append(f"{relative}:{number}: <{name}>: the domain is free of input, output and threads")
    return findings


def commands(database):
    """(source file, arguments) of each entry of compile_commands.json."""
    for entry in json.loads(Path(database).read_text(encoding="utf-8")):
        arguments = entry.get("arguments") or shlex.split(entry["command"])
        folder = Path(entry["directory"])
        yield Path(os.path.normpath(folder / entry["file"])), arguments, folder


def include_paths(arguments, folder):
    waiting = False
    for argument in arguments:
        text = None
        if waiting:
            text, waiting = argument, False
        elif argument in ("-I", "-isystem", "-iquote"):
            waiting = True
        elif argument.startswith("-I"):
            text = argument[2:]
        if text:
            yield Path(os.path.normpath(folder / text))


def check_include_paths(root, database):
    """Nothing reaches a header but through the include/ folder of a module that is linked."""
    forbidden = {root, root / "backend", root / "backend" / "adapters", root / "tests"}
    findings = set()
    for source, arguments, folder in commands(database):
        if root not in source.parents or source.relative_to(root).parts[0] not in ("app", "backend", "ui"):
            continue
        here = module_of(root, source)
        for path in include_paths(arguments, folder):
            if path in forbidden:
                findings.add(f"{source.relative_to(root)}:1: {path.relative_to(root)}/ is an include path")
            if root in path.parents and "src" in path.relative_to(root).parts:
                owner = module_of(root, path / "x.h")
                if owner and here and owner[1] != here[1]:
                    findings.add(f"{source.relative_to(root)}:1: sees the private {path.relative_to(root)}/")
    return sorted(findings)


def check_backend_targets(root, database):
    """Qt defines QT_<MODULE>_LIB for every module that a target links, also through others."""
    findings = set()
    for source, arguments, _ in commands(database):
        if root / "backend" not in source.parents:
            continue
        for module in ("GUI", "WIDGETS", "SVG", "DBUS"):
            if f"-DQT_{module}_LIB" in arguments:
                findings.add(f"{source.relative_to(root)}:1: its target links Qt {module.capitalize()}")
    return sorted(findings)


GRAPHICAL = re.compile(r"lib(Qt6(Gui|Widgets|Svg|DBus|OpenGL|Quick|Charts)|X11|xcb|wayland|GL|EGL|gtk)[^ ]*")


def check_program(program):
    """What the loader would load for a program that must run on a machine without any window system."""
    output = subprocess.run(["ldd", str(program)], check=True, capture_output=True, text=True).stdout
    return [f"{program}: loads {match.group(0)}" for match in GRAPHICAL.finditer(output)]


def check_length(root):
    findings = []
    for path in files(root, SOURCE_FOLDERS, CODE | {".py", ".sh", ".cmake"}):
        relative = path.relative_to(root)
        longest = LONGEST_TEST if relative.parts[0] == "tests" else LONGEST_SOURCE
        length = len(lines(path))
        if length > longest:
            findings.append(f"{relative}:{longest + 1}: {length} lines; at most {longest} can be followed")
    return findings


def check_no_skips(root):
    """A test that may be skipped passes where it matters most."""
    # Written in halves, so that this file is not a finding.
    skips = re.compile(r"\b(QS" r"KIP|QEXPECT" r"_FAIL|GTEST_S" r"KIP)\b|\bDIS" r"ABLED TRUE\b")
    findings = []
    for path in files(root, ("tests",), CODE | {".txt", ".cmake"}):
        for number, line in enumerate(lines(path), 1):
            if skips.search(line):
                findings.append(f"{path.relative_to(root)}:{number}: a test must not be skipped")
    findings += [f"{path.relative_to(root)}:1: a list of tests that may fail"
                 for path in sorted((root / "tests").rglob("BLACKLIST"))]
    return findings


def check_words(root):
    """Nothing that is unfinished, and nothing of the machine that it was written on."""
    unfinished = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|lor" r"em ipsum)\b|^(<{7}|>{7}) ", re.IGNORECASE)
    machine = re.compile(re.escape(str(root)) + r"|/(home|Users)/[a-z]\w*/")
    folders = ("app", "backend", "ui", "tests", "installers", "resources", "translations", ".ci")
    paths = list(files(root, folders, TEXT)) + [p for p in sorted(root.iterdir()) if p.is_file() and p.suffix in TEXT]
    findings = []
    for path in paths:
        relative = path.relative_to(root)
        # Foreign text stays as it came: data that tests read, and what others' licences say.
        if relative.parts[:2] == ("tests", "data") or path.name.startswith(("LICENSE", "OFL")):
            continue
        for number, line in enumerate(lines(path), 1):
            for pattern, what in ((unfinished, "unfinished"), (machine, "a path of one machine")):
                match = pattern.search(line)
                if match:
                    findings.append(f"{relative}:{number}: {what}: {match.group(0).strip()}")
    return findings
