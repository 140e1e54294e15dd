#include "bootstrap/settingsfile.h"

#include <QFile>

// The library's own header does not pass our warnings.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#include <toml++/toml.h>
#pragma GCC diagnostic pop

namespace dockerauto::app {

using core::ErrorCode;
using core::fail;
using core::Result;

namespace {

core::Failure wrong(const QString &path, std::uint32_t line, const QString &what)
{
    return fail(ErrorCode::InvalidArgument, QStringLiteral("%1:%2: %3").arg(path).arg(line).arg(what));
}

Result<> collect(const QString &path, const QString &prefix, const toml::table &table,
    std::map<QString, FileValue> &values)
{
    for (const auto &[key, node] : table) {
        const QString name =
            prefix + QString::fromUtf8(key.str().data(), static_cast<qsizetype>(key.str().size()));
        const auto line = node.source().begin.line;
        if (const toml::table *inner = node.as_table()) {
            DOCKERAUTO_TRY(collect(path, name + u'.', *inner, values));
            continue;
        }
        QString text;
        if (const auto *string = node.as_string()) {
            text = QString::fromStdString(string->get());
        } else if (const auto *number = node.as_integer()) {
            text = QString::number(number->get());
        } else if (const auto *flag = node.as_boolean()) {
            text = flag->get() ? QStringLiteral("true") : QStringLiteral("false");
        } else {
            return wrong(
                path, line, QStringLiteral("“%1” must be a text, a whole number, true or false").arg(name));
        }
        values[name] = {text, static_cast<int>(line)};
    }
    return {};
}

} // namespace

Result<std::map<QString, FileValue>> readSettingsFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorCode::InvalidArgument,
            QStringLiteral("The settings file %1 can't be read: %2").arg(path, file.errorString()));
    }
    const QByteArray bytes = file.readAll();
    std::map<QString, FileValue> values;
    try {
        const toml::table table =
            toml::parse(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
        DOCKERAUTO_TRY(collect(path, {}, table, values));
    } catch (const toml::parse_error &error) {
        const std::string_view what = error.description();
        return wrong(path, error.source().begin.line,
            QString::fromUtf8(what.data(), static_cast<qsizetype>(what.size())));
    }
    return values;
}

} // namespace dockerauto::app
