#include <ui/style.h>
#include <ui/theme.h>

#include <QApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPalette>
#include <QWidget>

#include <array>
#include <utility>

namespace dockerauto::ui {

namespace {

constexpr std::array tokenNames{
    std::pair{"window", &Theme::window},
    std::pair{"surface", &Theme::surface},
    std::pair{"sidebar", &Theme::sidebar},
    std::pair{"hover", &Theme::hover},
    std::pair{"selected", &Theme::selected},
    std::pair{"border", &Theme::border},
    std::pair{"buttonBorder", &Theme::buttonBorder},
    std::pair{"borderStrong", &Theme::borderStrong},
    std::pair{"text", &Theme::text},
    std::pair{"text2", &Theme::text2},
    std::pair{"muted", &Theme::muted},
    std::pair{"accent", &Theme::accent},
    std::pair{"accentFill", &Theme::accentFill},
    std::pair{"accentHover", &Theme::accentHover},
    std::pair{"onAccent", &Theme::onAccent},
    std::pair{"ok", &Theme::ok},
    std::pair{"okBg", &Theme::okBg},
    std::pair{"okFill", &Theme::okFill},
    std::pair{"warn", &Theme::warn},
    std::pair{"warnBg", &Theme::warnBg},
    std::pair{"warnFill", &Theme::warnFill},
    std::pair{"err", &Theme::err},
    std::pair{"errBg", &Theme::errBg},
    std::pair{"errFill", &Theme::errFill},
    std::pair{"onErrFill", &Theme::onErrFill},
    std::pair{"upd", &Theme::upd},
    std::pair{"updBg", &Theme::updBg},
    std::pair{"updFill", &Theme::updFill},
    std::pair{"neu", &Theme::neu},
    std::pair{"neuBg", &Theme::neuBg},
    std::pair{"neuFill", &Theme::neuFill},
    std::pair{"chart1", &Theme::chart1},
    std::pair{"chart2", &Theme::chart2},
    std::pair{"chart3", &Theme::chart3},
    std::pair{"chart4", &Theme::chart4},
    std::pair{"grid", &Theme::grid},
    std::pair{"tooltipBg", &Theme::tooltipBg},
    std::pair{"tooltipText", &Theme::tooltipText},
    std::pair{"scrollbar", &Theme::scrollbar},
};

Theme load(const QString &name)
{
    Theme theme;
    QFile file(QStringLiteral(":/dockerauto/theme/tokens.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The colours are not compiled in.");
    const QJsonObject values = QJsonDocument::fromJson(file.readAll()).object().value(name).toObject();
    for (const auto &[token, member] : tokenNames) {
        theme.*member = QColor(values.value(QLatin1String(token)).toString());
        if (!(theme.*member).isValid())
            qFatal("The colour %s of the theme is missing.", token);
    }
    return theme;
}

} // namespace

Theme Theme::light()
{
    return load(QStringLiteral("light"));
}

Theme Theme::darkTheme()
{
    Theme theme = load(QStringLiteral("dark"));
    theme.dark = true;
    return theme;
}

QPalette Theme::palette() const
{
    QPalette palette;
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Base, surface);
    palette.setColor(QPalette::AlternateBase, window);
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::Button, surface);
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::BrightText, onAccent);
    palette.setColor(QPalette::Highlight, accentFill);
    palette.setColor(QPalette::HighlightedText, onAccent);
    palette.setColor(QPalette::Link, accent);
    palette.setColor(QPalette::LinkVisited, upd);
    palette.setColor(QPalette::PlaceholderText, muted);
    palette.setColor(QPalette::ToolTipBase, tooltipBg);
    palette.setColor(QPalette::ToolTipText, tooltipText);
    palette.setColor(QPalette::Light, surface);
    palette.setColor(QPalette::Midlight, hover);
    palette.setColor(QPalette::Mid, border);
    palette.setColor(QPalette::Dark, borderStrong);
    palette.setColor(QPalette::Shadow, border);
    for (const QPalette::ColorRole role :
        {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText}) {
        QColor faded = muted;
        faded.setAlphaF(0.7F);
        palette.setColor(QPalette::Disabled, role, faded);
    }
    palette.setColor(QPalette::Disabled, QPalette::Highlight, hover);
    return palette;
}

const Theme &themeOf(const QWidget *widget)
{
    const QStyle *style = widget != nullptr ? widget->style() : QApplication::style();
    if (const auto *ours = qobject_cast<const DockerAutoStyle *>(style))
        return ours->theme();
    static const Theme withoutStyle = Theme::light();
    return withoutStyle;
}

} // namespace dockerauto::ui
