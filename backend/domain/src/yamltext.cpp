#include "yamltext.h"

#include <QRegularExpression>

#include <set>

namespace dockerauto::domain {

namespace {

bool mustEscape(char32_t c)
{
    // What YAML does not print as it is: controls, line breaks beyond the two of ASCII, marks of byte order.
    return c < 0x20 || (c >= 0x7f && c <= 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff ||
           (c >= 0xd800 && c <= 0xdfff) || (c & 0xfffe) == 0xfffe;
}

QString quoted(const QString &text)
{
    QString result(u'"');
    for (const char32_t c : text.toUcs4()) {
        if (c == U'"' || c == U'\\') {
            result += u'\\';
            result += QChar(static_cast<char16_t>(c));
        } else if (c == U'\n') {
            result += QStringLiteral("\\n");
        } else if (mustEscape(c)) {
            result += c <= 0xffff ? QStringLiteral("\\u%1").arg(c, 4, 16, QLatin1Char('0'))
                                  : QStringLiteral("\\U%1").arg(c, 8, 16, QLatin1Char('0'));
        } else {
            result += QString::fromUcs4(&c, 1);
        }
    }
    return result + u'"';
}

QString keyText(const std::string &key)
{
    static const QRegularExpression plain(QStringLiteral("\\A[a-z][a-z0-9_]*\\z"));
    static const std::set<std::string> words{"y", "n", "yes", "no", "on", "off", "true", "false", "null"};
    const QString text = QString::fromStdString(key);
    return plain.match(text).hasMatch() && !words.contains(key) ? text : quoted(text);
}

QString scalarText(const OrderedJson &value)
{
    if (value.is_string()) {
        return quoted(QString::fromStdString(value.get<std::string>()).replace(u'$', QStringLiteral("$$")));
    }
    if (value.is_structured()) {
        return value.is_array() ? QStringLiteral("[]") : QStringLiteral("{}");
    }
    return QString::fromStdString(value.dump());
}

void write(QString &out, const OrderedJson &value, const QString &indent, bool inItem)
{
    bool first = inItem;
    const auto begin = [&] {
        out += first ? QString() : indent;
        first = false;
    };
    const auto follow = [&](const OrderedJson &child, bool asItem) {
        if (!child.is_structured() || child.empty()) {
            out += (asItem ? QString() : QStringLiteral(" ")) + scalarText(child) + u'\n';
        } else if (asItem) {
            write(out, child, indent + QStringLiteral("  "), true);
        } else {
            out += u'\n';
            write(out, child, indent + QStringLiteral("  "), false);
        }
    };
    if (value.is_array()) {
        for (const OrderedJson &item : value) {
            begin();
            out += QStringLiteral("- ");
            follow(item, true);
        }
        return;
    }
    for (const auto &[key, member] : value.items()) {
        begin();
        out += keyText(key) + u':';
        follow(member, false);
    }
}

} // namespace

QString yamlText(const OrderedJson &document)
{
    QString out;
    write(out, document, {}, false);
    return out;
}

} // namespace dockerauto::domain
