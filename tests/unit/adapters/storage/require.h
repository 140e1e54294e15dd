#pragma once

#include <QTest>

/// Like QVERIFY for a Result; a failure shows its sentence.
#define REQUIRE_OK(expression)                                                                               \
    do {                                                                                                     \
        const auto &required = (expression);                                                                 \
        QVERIFY2(required.has_value(), required ? "" : qPrintable(required.error().text()));                 \
    } while (false)

/// The Result must be an error with this code.
#define REQUIRE_ERROR(expression, expectedCode)                                                              \
    do {                                                                                                     \
        const auto &requiredError = (expression);                                                            \
        QVERIFY(!requiredError.has_value());                                                                 \
        QCOMPARE(requiredError.error().code, expectedCode);                                                  \
    } while (false)
