#pragma once

#include <core/json.h>

#include <QTest>

/// QCOMPARE for JSON: shows both as text when they differ.
#define COMPARE_JSON(actual, expected)                                                                       \
    QCOMPARE(::dockerauto::core::writeJson(actual), ::dockerauto::core::writeJson(expected))
