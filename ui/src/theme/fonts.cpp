#include <ui/fonts.h>

#include <QDir>
#include <QFontDatabase>
#include <QStringList>

#include <array>

namespace dockerauto::ui {

namespace {

QFont make(qreal points, QFont::Weight weight)
{
    QFont result;
    result.setFamilies({QStringLiteral("Inter"), QStringLiteral("Noto Sans CJK SC"),
        QStringLiteral("PingFang SC"), QStringLiteral("Microsoft YaHei")});
    result.setPointSizeF(points);
    result.setWeight(weight);
    return result;
}

QFont makeMono(QFont::Weight weight)
{
    QFont result;
    result.setFamilies({QStringLiteral("JetBrains Mono"), QStringLiteral("Noto Sans Mono CJK SC"),
        QStringLiteral("monospace")});
    result.setStyleHint(QFont::Monospace);
    result.setFixedPitch(true);
    result.setPointSizeF(9);
    result.setWeight(weight);
    return result;
}

} // namespace

bool loadFonts()
{
    // A second call must not make every font known twice.
    static const bool complete = [] {
        bool all = true;
        const QDir folder(QStringLiteral(":/dockerauto/fonts"));
        const QStringList files = folder.entryList();
        for (const QString &file : files)
            all = QFontDatabase::addApplicationFont(folder.filePath(file)) >= 0 && all;
        return all && !files.isEmpty();
    }();
    return complete;
}

QFont font(TextStyle style)
{
    // In the order of TextStyle.
    static const std::array fonts{
        make(15, QFont::DemiBold),
        make(12.75, QFont::DemiBold),
        make(9.75, QFont::Normal),
        make(9.75, QFont::Medium),
        make(9.75, QFont::DemiBold),
        make(9, QFont::Normal),
        make(9, QFont::Medium),
        make(9, QFont::DemiBold),
        make(8.25, QFont::Medium),
        makeMono(QFont::Normal),
        makeMono(QFont::DemiBold),
    };
    return fonts.at(static_cast<std::size_t>(style));
}

} // namespace dockerauto::ui
