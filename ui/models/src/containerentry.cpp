#include <models/containerentry.h>

#include <models/displaytext.h>

#include <QCoreApplication>

namespace dockerauto::ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ContainerEntry)
};

QString searchable(const contracts::Container &container)
{
    QStringList parts{container.name, container.image, container.tag, container.project, container.service};
    for (const auto &[key, value] : container.labels) {
        parts << key + QLatin1Char('=') + value;
    }
    for (const contracts::PortBinding &port : container.ports) {
        parts << QStringLiteral("%1/%2").arg(port.containerPort).arg(port.protocol);
        if (port.hostPort) {
            parts << QStringLiteral("%1/%2").arg(*port.hostPort).arg(port.protocol);
        }
    }
    return parts.join(QLatin1Char('\n')).toLower();
}

} // namespace

void MetricsHistory::add(const contracts::ContainerMetrics &sample)
{
    if (m_cpu.size() == capacity) {
        m_cpu.erase(m_cpu.begin());
    }
    m_cpu.push_back(static_cast<float>(sample.cpuPercent));
    m_memory = sample.memoryUsageBytes;
    m_memoryLimit = sample.memoryLimitBytes;
}

void MetricsHistory::clear()
{
    *this = {};
}

void ContainerEntry::refresh()
{
    name = harmless(container.name);
    image = harmless(container.image);
    version = container.tag.isEmpty() ? shortDigest(container.digest) : harmless(container.tag, 128);
    searchText = searchable(container);
    status = containerWord(container.status, container.health, activity);
    if (container.status != QLatin1String("running") && container.status != QLatin1String("paused")) {
        metrics.clear();
    }
}

bool ContainerEntry::hasUpdate() const
{
    return container.update.decision == core::Decision::UpdateAvailable;
}

bool ContainerEntry::isUnhealthy() const
{
    return (container.status == QLatin1String("running") && container.health == QLatin1String("unhealthy")) ||
           container.status == QLatin1String("dead");
}

bool ContainerEntry::isStopped() const
{
    return container.status == QLatin1String("exited") || container.status == QLatin1String("created") ||
           container.status == QLatin1String("dead");
}

QString candidateVersion(const contracts::Container &container)
{
    if (!container.update.candidate) {
        return {};
    }
    const contracts::Candidate &candidate = *container.update.candidate;
    if (candidate.tag.isEmpty() || candidate.tag == container.tag) {
        return shortDigest(candidate.digest);
    }
    return harmless(candidate.tag, 128);
}

Word candidateWord(const ContainerEntry &entry)
{
    const contracts::UpdateState &update = entry.container.update;
    const bool newTag =
        update.candidate && !update.candidate->tag.isEmpty() && update.candidate->tag != entry.container.tag;
    switch (update.decision) {
    case core::Decision::UpToDate:
        return {};
    case core::Decision::UpdateAvailable:
        if (!newTag) {
            return {Text::tr("new build"), QStringLiteral("circle-arrow-up"), Tone::News};
        }
        if (update.candidate->bump == core::Bump::Major) {
            return {Text::tr("%1 · major").arg(candidateVersion(entry.container)),
                QStringLiteral("circle-arrow-up"), Tone::Attention};
        }
        return {candidateVersion(entry.container), QStringLiteral("circle-arrow-up"), Tone::News};
    case core::Decision::HeldBack: {
        Word word = update.heldBy ? holdWord(*update.heldBy)
                                  : Word{Text::tr("Held back"), QStringLiteral("hourglass"), Tone::Quiet};
        word.text = Text::tr("%1 · %2", "version, why it is held back")
                        .arg(newTag ? candidateVersion(entry.container) : Text::tr("new build"), word.text);
        return word;
    }
    case core::Decision::NotChecked:
        return {Text::tr("Not checked"), QStringLiteral("circle-help"), Tone::Quiet};
    case core::Decision::LocalImage:
        return {Text::tr("local image"), QStringLiteral("hammer"), Tone::Quiet};
    case core::Decision::Pinned:
        return {Text::tr("pinned"), QStringLiteral("pin"), Tone::Quiet};
    }
    return {};
}

std::vector<Word> candidateWords(const ContainerEntry &entry)
{
    const contracts::UpdateState &update = entry.container.update;
    std::vector<Word> words{candidateWord(entry)};
    if (update.decision == core::Decision::HeldBack && update.heldBy) {
        words.push_back(holdWord(*update.heldBy));
        words.push_back(shortHoldWord(*update.heldBy));
    }
    return words;
}

QString portText(const contracts::PortBinding &port)
{
    const QString inside = QStringLiteral("%1/%2").arg(port.containerPort).arg(harmless(port.protocol, 10));
    if (!port.hostPort) {
        return inside;
    }
    const bool everywhere = port.hostIp.isEmpty() || port.hostIp == QLatin1String("0.0.0.0") ||
                            port.hostIp == QLatin1String("::");
    const QString outside = everywhere
                                ? QString::number(*port.hostPort)
                                : QStringLiteral("%1:%2").arg(harmless(port.hostIp, 64)).arg(*port.hostPort);
    return outside + QStringLiteral(" → ") + inside;
}

} // namespace dockerauto::ui
