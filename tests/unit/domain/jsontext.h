#pragma once

#include <core/json.h>

#include <QByteArray>
#include <QList>
#include <QString>

/// JSON as tests write it.
inline dockerauto::core::Json json(const char *text)
{
    return dockerauto::core::Json::parse(text);
}

inline QString shown(const dockerauto::core::Json &value)
{
    return QString::fromStdString(value.dump());
}

/// Compares two JSON values and shows both where they differ.
#define COMPARE_JSON(actual, expected) QCOMPARE(shown(actual), shown(expected))
