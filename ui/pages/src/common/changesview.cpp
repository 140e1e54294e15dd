#include "changesview.h"

#include "factlist.h"
#include "layerbars.h"

#include <models/displaytext.h>
#include <ui/button.h>
#include <ui/label.h>

#include <QDesktopServices>
#include <QHBoxLayout>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace dockerauto::ui {

using contracts::ImageChanges;

namespace {

constexpr qsizetype mostValue = 2000;

QString versionText(const contracts::ImageVersion &version, const contracts::ImageVersion &other)
{
    return version.tag.isEmpty() || version.tag == other.tag ? shortDigest(version.digest)
                                                             : harmless(version.tag, 128);
}

/// `Variable PATH` for `Env/PATH`.
QString fieldText(const QString &field)
{
    struct Named
    {
        QLatin1String field;
        QString name;
    };
    const std::array names{
        Named{QLatin1String("Env"), ChangesView::tr("Variable")},
        Named{QLatin1String("Labels"), ChangesView::tr("Label")},
        Named{QLatin1String("ExposedPorts"), ChangesView::tr("Port")},
        Named{QLatin1String("Volumes"), ChangesView::tr("Volume")},
        Named{QLatin1String("Cmd"), ChangesView::tr("Command")},
        Named{QLatin1String("Entrypoint"), ChangesView::tr("Entry point")},
        Named{QLatin1String("User"), ChangesView::tr("User")},
        Named{QLatin1String("WorkingDir"), ChangesView::tr("Working folder")},
        Named{QLatin1String("Healthcheck"), ChangesView::tr("Health check")},
        Named{QLatin1String("StopSignal"), ChangesView::tr("Stop signal")},
    };
    const QString kind = field.section(QLatin1Char('/'), 0, 0);
    const QString name = field.section(QLatin1Char('/'), 1);
    for (const Named &named : names) {
        if (kind == named.field) {
            return name.isEmpty() ? named.name : named.name + QLatin1Char(' ') + harmless(name, 120);
        }
    }
    return harmless(field, 160);
}

QWidget *valueLine(const QString &sign, const std::optional<QString> &value, LabelRole role)
{
    auto *line = new QWidget;
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    auto *mark = new Label(LabelRole::Muted, sign);
    mark->setFixedWidth(14);
    row->addWidget(mark);
    if (value) {
        auto *text = new ElidedLabel(role, harmless(*value, mostValue));
        text->setElideMode(Qt::ElideMiddle);
        row->addWidget(text, 1);
    } else {
        row->addWidget(new Label(LabelRole::Muted, ChangesView::tr("not there")), 1);
    }
    return line;
}

QVBoxLayout *columnOf(QWidget *widget)
{
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    return column;
}

void addConfig(QVBoxLayout &column, const std::vector<contracts::FieldChange> &config)
{
    for (const contracts::FieldChange &change : config) {
        auto *entry = new QWidget;
        auto *lines = new QVBoxLayout(entry);
        lines->setContentsMargins(0, 0, 0, 4);
        lines->setSpacing(2);
        auto *name = new ElidedLabel(LabelRole::Body, fieldText(change.field));
        lines->addWidget(name);
        lines->addWidget(valueLine(QString(QChar(0x2212)), change.before, LabelRole::Mono));
        lines->addWidget(valueLine(QStringLiteral("+"), change.after, LabelRole::MonoStrong));
        entry->setAccessibleName(QStringList{name->text(),
            change.before ? harmless(*change.before, mostValue) : ChangesView::tr("not there"),
            change.after ? harmless(*change.after, mostValue) : ChangesView::tr("not there")}
                                     .join(QStringLiteral(" → ")));
        column.addWidget(entry);
    }
}

std::vector<Fact> factsOf(const ImageChanges &changes)
{
    std::vector<Fact> facts;
    const auto change = [&](const QString &name, const QString &from, const QString &to) {
        if (from == to) {
            facts.push_back({name, from, Fact::Style::Mono});
        } else if (!to.isEmpty()) {
            facts.push_back(
                {name, from.isEmpty() ? ChangesView::tr("unknown") : from, Fact::Style::Mono, to});
        }
    };
    change(ChangesView::tr("Tag"), harmless(changes.from.tag, 128), harmless(changes.to.tag, 128));
    // Most images say the same in their tag and in their label.
    if (changes.fromVersion != changes.from.tag || changes.toVersion != changes.to.tag) {
        change(
            ChangesView::tr("Version"), harmless(changes.fromVersion, 80), harmless(changes.toVersion, 80));
    }
    change(ChangesView::tr("Digest"), shortDigest(changes.from.digest), shortDigest(changes.to.digest));
    facts.push_back({ChangesView::tr("To pull"),
        ChangesView::tr("%1 of %2", "what must be downloaded of the whole size")
            .arg(byteText(changes.downloadBytes), byteText(changes.totalBytes))});
    if (!changes.architecture.isEmpty()) {
        facts.push_back({ChangesView::tr("Platform"), harmless(changes.architecture, 60)});
    }
    return facts;
}

QWidget *headOf(const ImageChanges &changes)
{
    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(new Label(LabelRole::Strong, ChangesView::tr("What changes")));
    row->addStretch(1);
    if (QWidget *notes = releaseNotesLink(changes); notes != nullptr) {
        row->addWidget(notes);
    }
    return head;
}

QWidget *nothingWidget()
{
    auto *text = new Label(LabelRole::Body,
        ChangesView::tr("Nothing newer is known for this container, so nothing would change."));
    text->setColor(&Theme::text2);
    text->setWrapping(true);
    return text;
}

} // namespace

QUrl releaseNotesUrl(const ImageChanges &changes)
{
    const QUrl url(changes.releaseNotes.value_or(QString()), QUrl::StrictMode);
    const bool web = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    return url.isValid() && web && !url.host().isEmpty() ? url : QUrl();
}

QWidget *releaseNotesLink(const ImageChanges &changes)
{
    const QUrl url = releaseNotesUrl(changes);
    if (!url.isValid()) {
        return nullptr;
    }
    auto *notes =
        new Button(ButtonKind::Link, QStringLiteral("external-link"), ChangesView::tr("Release notes"));
    notes->setObjectName(QStringLiteral("releaseNotes"));
    notes->setToolTip(harmless(url.toDisplayString()).toHtmlEscaped());
    QObject::connect(notes, &QPushButton::clicked, notes, [url] { QDesktopServices::openUrl(url); });
    return notes;
}

QWidget *imageFactsWidget(const ImageChanges &changes)
{
    auto *widget = new QWidget;
    QVBoxLayout *column = columnOf(widget);
    auto *facts = new FactList;
    facts->setFacts(factsOf(changes));
    column->addWidget(facts);
    if (!changes.layers.empty()) {
        auto *bars = new LayerBars;
        bars->setLayers(
            versionText(changes.from, changes.to), versionText(changes.to, changes.from), changes.layers);
        column->addSpacing(4);
        column->addWidget(bars);
    }
    return widget;
}

QWidget *imageConfigWidget(const ImageChanges &changes)
{
    auto *widget = new QWidget;
    QVBoxLayout *column = columnOf(widget);
    if (changes.config.empty()) {
        column->addWidget(new Label(LabelRole::Secondary, ChangesView::tr("Stays as it is.")));
    }
    addConfig(*column, changes.config);
    return widget;
}

QWidget *changesWidget(const ImageChanges &changes)
{
    auto *widget = new QWidget;
    QVBoxLayout *column = columnOf(widget);
    column->addWidget(headOf(changes));
    column->addWidget(imageFactsWidget(changes));
    column->addSpacing(8);
    column->addWidget(new Label(LabelRole::Strong, ChangesView::tr("Configuration of the image")));
    column->addWidget(imageConfigWidget(changes));
    return widget;
}

ChangesView::ChangesView(contracts::Backend &backend, QWidget *parent)
    : LoadPane(tr("Asking the registry what would change…"), parent), m_backend(backend)
{
    setObjectName(QStringLiteral("changesView"));
    connect(this, &LoadPane::retryRequested, this, &ChangesView::read);
}

void ChangesView::setContainer(const contracts::Container &container)
{
    const QString digest = container.update.candidate ? container.update.candidate->digest : QString();
    const bool known = container.update.candidate.has_value();
    const QString pair = known ? container.digest + QLatin1Char('>') + digest : QString();
    if (container.id == m_id && pair == m_pair) {
        return;
    }
    m_id = container.id;
    m_pair = pair;
    clear();
    if (known) {
        read();
    } else {
        ++m_turn;
        showContent(nothingWidget());
    }
}

void ChangesView::read()
{
    const quint64 turn = ++m_turn;
    showLoading();
    m_backend.call<contracts::GetImageChanges>(
        {m_id}, this, [this, turn](const core::Result<ImageChanges> &answer) {
            if (turn != m_turn) {
                return;
            }
            if (answer) {
                showContent(changesWidget(*answer));
            } else {
                showError(tr("The changes could not be read"), answer.error());
            }
        });
}

} // namespace dockerauto::ui
