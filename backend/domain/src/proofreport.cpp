#include "proofreport.h"

#include "jsonfield.h"

namespace dockerauto::domain {
namespace {

using core::Json;

constexpr qsizetype maxText = 500;

bool sameOrUnset(const Json &a, const Json &b)
{
    return a == b || (isUnset(a) && isUnset(b));
}

QString shown(const Json &value)
{
    if (value.is_null()) {
        return QStringLiteral("(none)");
    }
    const QString text =
        value.is_string() ? value.get<QString>() : QString::fromStdString(core::writeJson(value));
    return text.size() > maxText ? text.left(maxText) + QStringLiteral("…") : text;
}

} // namespace

QString path(std::initializer_list<std::string> segments)
{
    QString pointer;
    for (const std::string &segment : segments) {
        QString escaped = QString::fromStdString(segment);
        escaped.replace(u'~', QLatin1String("~0")).replace(u'/', QLatin1String("~1"));
        pointer += QLatin1Char('/') + escaped;
    }
    return pointer;
}

std::set<std::string> keysOf(std::initializer_list<Json> objects)
{
    std::set<std::string> keys;
    for (const Json &object : objects) {
        for (const auto &[key, value] : members(object).items()) {
            keys.insert(key);
        }
    }
    return keys;
}

void ProofReport::compare(
    const QString &where, const Json &before, const Json &after, const QString &explanation)
{
    ++m_report.fieldsCompared;
    if (before != after) {
        m_report.differences.push_back({where, shown(before), shown(after), explanation});
    }
}

void ProofReport::compareUnset(
    const QString &where, const Json &before, const Json &after, const QString &explanation)
{
    if (isUnset(before) && isUnset(after)) {
        ++m_report.fieldsCompared;
        return;
    }
    compare(where, before, after, explanation);
}

void ProofReport::expect(const QString &where, const Json &before, const Json &expected, const Json &after,
    const QString &explanation)
{
    ++m_report.fieldsCompared;
    if (!sameOrUnset(after, expected)) {
        m_report.differences.push_back({where, shown(expected), shown(after), {}});
    } else if (!sameOrUnset(before, after)) {
        m_report.differences.push_back({where, shown(before), shown(after), explanation});
    }
}

void ProofReport::expectExactly(const QString &where, const Json &before, const Json &expected,
    const Json &after, const QString &explanation)
{
    ++m_report.fieldsCompared;
    if (after != expected) {
        m_report.differences.push_back({where, shown(expected), shown(after), {}});
    } else if (before != after) {
        m_report.differences.push_back({where, shown(before), shown(after), explanation});
    }
}

void ProofReport::expectSecret(const QString &where, const Json &before, const Json &expected,
    const Json &after, const QString &explanation)
{
    const auto masked = [](const Json &value, const Json &other) {
        return value.is_null()   ? QStringLiteral("(none)")
               : other.is_null() ? QStringLiteral("(set)")
                                 : QStringLiteral("(another value)");
    };
    ++m_report.fieldsCompared;
    if (after != expected) {
        m_report.differences.push_back({where, masked(expected, after), masked(after, expected), {}});
    } else if (before != after) {
        m_report.differences.push_back({where, masked(before, after), masked(after, before), explanation});
    }
}

} // namespace dockerauto::domain
