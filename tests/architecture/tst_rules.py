#!/usr/bin/env python3
"""Shows each rule a tree that breaks it and one that does not: a check that cannot fail checks nothing."""

import json
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import rules


class RulesTest(unittest.TestCase):
    def setUp(self):
        self.root = Path(tempfile.mkdtemp()).resolve()
        self.addCleanup(shutil.rmtree, self.root)
        for name in ("core", "domain", "contracts", "application", "api", "ports"):
            self.write(f"backend/{name}/include/{name}/thing.h", "#pragma once\n")
        for name in ("docker", "storage"):
            self.write(f"backend/adapters/{name}/include/{name}/thing.h", "#pragma once\n")
        self.write("ui/models/include/models/thing.h", "#pragma once\n")
        self.write("ui/include/ui/thing.h", "#pragma once\n")

    def write(self, path, text):
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return target

    def layer_findings(self, path, include):
        target = self.write(path, f"// a file\n#include {include}\n")
        findings = rules.check_layers(self.root)
        target.unlink()
        return findings

    def test_layers_forbiddenInclude_isFound(self):
        for path, include in (
                ("backend/core/src/a.cpp", "<domain/thing.h>"),
                ("backend/core/src/a.cpp", '"domain/thing.h"'),
                ("backend/domain/src/a.cpp", "<ports/thing.h>"),
                ("backend/domain/include/domain/a.h", "<contracts/thing.h>"),
                ("backend/adapters/docker/src/a.cpp", "<storage/thing.h>"),
                ("backend/adapters/docker/src/a.cpp", "<application/thing.h>"),
                ("backend/application/src/a.cpp", "<docker/thing.h>"),
                ("backend/api/src/a.cpp", "<application/thing.h>"),
                ("backend/api/src/a.cpp", "<domain/thing.h>"),
                ("ui/src/a.cpp", "<ports/thing.h>"),
                ("backend/core/src/a.cpp", '"../../domain/src/thing.h"'),
                ("backend/novelty/src/a.cpp", "<core/thing.h>"),
                ("backend/domain/src/a.cpp", "<QtCore/QThread>"),
                ("backend/domain/src/a.cpp", "<mutex>"),
                ("backend/application/src/a.cpp", "<QtSql/QSqlDatabase>"),
                ("backend/application/src/a.cpp", "<curl/curl.h>"),
                ("backend/application/src/a.cpp", "<QtGui/QImage>"),
                ("backend/application/src/a.cpp", "<QPainter>"),
                ("backend/client/src/a.cpp", "<QtHttpServer/QAbstractHttpServer>")):
            with self.subTest(path=path, include=include):
                findings = self.layer_findings(path, include)
                self.assertEqual(len(findings), 1, findings)
                self.assertTrue(findings[0].startswith(path + (":1:" if "novelty" in path else ":2:")), findings)

    def test_layers_allowedInclude_isFine(self):
        for path, include in (
                ("backend/domain/src/a.cpp", "<core/thing.h>"),
                ("backend/domain/src/a.cpp", "<QtCore/QString>"),
                ("backend/adapters/docker/src/a.cpp", "<ports/thing.h>"),
                ("backend/adapters/docker/src/a.cpp", "<docker/thing.h>"),
                ("backend/adapters/storage/src/a.cpp", "<QtSql/QSqlDatabase>"),
                ("ui/pages/src/a.cpp", "<models/thing.h>"),
                ("ui/src/a.cpp", "<contracts/thing.h>"),
                ("app/main.cpp", "<docker/thing.h>")):
            with self.subTest(path=path, include=include):
                self.assertEqual(self.layer_findings(path, include), [])

    def test_layers_ownFolderAndDisk(self):
        self.assertEqual(self.layer_findings("backend/core/src/b/a.cpp", '"../c/thing.h"'), [])
        target = self.write("backend/domain/src/a.cpp", "#include <QDir>\nauto a = QDir::cleanPath(b);\n")
        self.assertEqual(rules.check_layers(self.root), [])
        target.write_text("auto a = QDir(b).entryList();\n", encoding="utf-8")
        self.assertEqual(len(rules.check_layers(self.root)), 1)

    def database(self, source, *arguments):
        return self.write("build/compile_commands.json", json.dumps([{
            "directory": str(self.root / "build"), "file": str(self.root / source),
            "command": " ".join(["g++", *arguments, "-c", str(self.root / source)])}]))

    def test_includePaths_rootAndForeignSources_areFound(self):
        for arguments in ((f"-I{self.root}",), ("-I", str(self.root)), (f"-I{self.root}/backend",), ("-I..",),
                          ("-isystem", f"{self.root}/backend/domain/src")):
            with self.subTest(arguments=arguments):
                database = self.database("backend/core/src/a.cpp", *arguments)
                self.assertEqual(len(rules.check_include_paths(self.root, database)), 1)

    def test_includePaths_ownSourcesAndPublicHeaders_areFine(self):
        database = self.database("backend/core/src/a.cpp", f"-I{self.root}/backend/core/src",
                                 f"-I{self.root}/backend/domain/include", "-I/usr/include")
        self.assertEqual(rules.check_include_paths(self.root, database), [])

    def test_backendTargets_withGui_areFound(self):
        database = self.database("backend/api/src/a.cpp", "-DQT_GUI_LIB", "-DQT_CORE_LIB")
        self.assertEqual(len(rules.check_backend_targets(self.root, database)), 1)
        database = self.database("ui/src/a.cpp", "-DQT_GUI_LIB")
        self.assertEqual(rules.check_backend_targets(self.root, database), [])

    def test_program_withGui_isFound(self):
        source = self.write("a.cpp", "int main() { return 0; }\n")
        plain = self.root / "plain"
        subprocess.run(["g++", str(source), "-o", str(plain)], check=True)
        self.assertEqual(rules.check_program(plain), [])
        graphical = self.root / "graphical"
        subprocess.run(["g++", str(source), "-o", str(graphical), "-Wl,--no-as-needed", "-lQt6Widgets"], check=True)
        self.assertIn("Qt6Gui", " ".join(rules.check_program(graphical)))

    def test_length_tooLong_isFound(self):
        self.write("backend/core/src/long.cpp", "// x\n" * (rules.LONGEST_SOURCE + 1))
        self.write("backend/core/src/fits.cpp", "// x\n" * rules.LONGEST_SOURCE)
        findings = rules.check_length(self.root)
        self.assertEqual(len(findings), 1, findings)
        self.assertIn("long.cpp", findings[0])

    def test_noSkips_skipAndBlacklist_areFound(self):
        self.write("tests/unit/tst_a.cpp", "void f() { QS" + "KIP(\"later\"); }\n")
        self.write("tests/unit/BLACKLIST", "[f]\n")
        self.assertEqual(len(rules.check_no_skips(self.root)), 2)

    def test_words_unfinishedAndMachinePaths_areFound(self):
        self.write("README.md", f"TO" f"DO stub\nsee {self.root}/x\nall is well\n")
        self.write("tests/data/foreign.txt", "TO" "DO\n")
        findings = rules.check_words(self.root)
        self.assertEqual(len(findings), 2, findings)

    def test_thisTree_isLookedAt(self):
        root = Path(__file__).resolve().parents[2]
        modules = rules.public_modules(root)
        for name in ("core", "contracts", "domain", "ports", "application", "api", "client", "ui", "docker"):
            self.assertIn(name, modules)
        self.assertGreater(len(list(rules.files(root, ("app", "backend", "ui"), rules.CODE))), 50)


if __name__ == "__main__":
    unittest.main()
