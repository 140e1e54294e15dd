#include "backendstatus.h"

#include <contracts/events.h>

#include <core/clock.h>

#include <QCoreApplication>
#include <QTimerEvent>

#include <algorithm>
#include <chrono>

namespace dockerauto::ui {

namespace {

/// The principal of the desktop in local mode is called so; the person has a name of the operating system.
const QString localAccount = QStringLiteral("local");

constexpr int hoursAhead = 24;
/// In milliseconds: the backend has begun the run by then.
constexpr int afterRun = 2'000;
constexpr qint64 longestWait = 24 * 3'600'000;

/// The regular check has no schedule; it is told of by its own time.
bool isScheduledRun(const contracts::UpcomingItem &item)
{
    return !item.id.isEmpty() &&
           (item.kind == QLatin1String("check") || item.kind == QLatin1String("update"));
}

bool isUnderWay(core::UpdateStatus status)
{
    return status == core::UpdateStatus::Running || status == core::UpdateStatus::Paused;
}

} // namespace

BackendStatus::BackendStatus(contracts::Backend &backend, QObject *parent)
    : QObject(parent), m_backend(backend)
{
    connect(&backend, &contracts::Backend::eventReceived, this, &BackendStatus::take);
    connect(&backend, &contracts::Backend::connectionChanged, this, [this] {
        if (connection() == Connection::Connected)
            readAll();
        Q_EMIT changed();
    });
    if (connection() == Connection::Connected)
        readAll();
}

QString BackendStatus::serverTitle() const
{
    return m_hostName.isEmpty() ? serverPlace() : m_hostName;
}

QString BackendStatus::serverPlace() const
{
    const QString name = m_backend.serverName();
    return name == QLatin1String("This computer") ? tr("This computer") : name;
}

const contracts::Host *BackendStatus::unreachableHost() const
{
    const auto host = std::find_if(m_hosts.begin(), m_hosts.end(),
        [](const contracts::Host &each) { return each.state == core::HostState::Unreachable; });
    return host == m_hosts.end() ? nullptr : &*host;
}

const contracts::Update *BackendStatus::runningUpdate() const
{
    return m_running.empty() ? nullptr : &m_running.front();
}

QString BackendStatus::userName() const
{
    if (m_account && !m_account->email.isEmpty() && m_account->email != localAccount)
        return m_account->email.section(QLatin1Char('@'), 0, 0);
    const QString name = qEnvironmentVariable("USER", qEnvironmentVariable("USERNAME"));
    return name.isEmpty() ? tr("You") : name;
}

QString BackendStatus::userRole() const
{
    switch (m_account ? m_account->role : core::Role::Admin) {
    case core::Role::Admin:
        return tr("Administrator");
    case core::Role::Operator:
        return tr("Operator");
    case core::Role::User:
        return tr("User");
    case core::Role::Viewer:
        return tr("Viewer");
    }
    return {};
}

void BackendStatus::tryHostsAgain()
{
    for (const contracts::Host &host : m_hosts) {
        if (host.state != core::HostState::Unreachable)
            continue;
        m_backend.call<contracts::TestHost>({host.id}, this, [this](core::Result<contracts::Host> reply) {
            if (reply)
                takeHost(std::move(*reply));
        });
    }
}

void BackendStatus::readAll()
{
    readMeta();
    readUpcoming();
    m_backend.call<contracts::GetOwnAccount>({}, this, [this](core::Result<contracts::Account> reply) {
        // In local mode there may be no account at all.
        m_account.reset();
        if (reply)
            m_account = std::move(*reply);
        Q_EMIT changed();
    });
    m_backend.call<contracts::ListHosts>({}, this, [this](core::Result<contracts::HostList> reply) {
        if (!reply)
            return;
        m_hosts = std::move(reply->items);
        Q_EMIT changed();
    });
    m_backend.call<contracts::ListUpdates>({}, this, [this](core::Result<contracts::UpdatePage> reply) {
        if (!reply)
            return;
        m_running.clear();
        // Newest first; the footer tells of the oldest.
        for (auto update = reply->items.rbegin(); update != reply->items.rend(); ++update) {
            if (isUnderWay(update->status))
                m_running.push_back(std::move(*update));
        }
        Q_EMIT changed();
    });
}

void BackendStatus::readUpcoming()
{
    m_backend.call<contracts::ListUpcoming>(
        {hoursAhead}, this, [this](core::Result<contracts::UpcomingList> reply) {
            m_nextRun.reset();
            m_untilRun.stop();
            if (reply) {
                const auto next = std::find_if(reply->items.begin(), reply->items.end(), isScheduledRun);
                if (next != reply->items.end())
                    m_nextRun = std::move(*next);
            }
            if (m_nextRun) {
                const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
                    m_nextRun->at - core::SystemClock().now());
                m_untilRun.start(
                    static_cast<int>(std::clamp<qint64>(left.count(), 0, longestWait) + afterRun), this);
            }
            Q_EMIT changed();
        });
}

void BackendStatus::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_untilRun.timerId()) {
        m_untilRun.stop();
        readUpcoming();
    } else {
        QObject::timerEvent(event);
    }
}

void BackendStatus::readMeta()
{
    m_backend.call<contracts::GetMeta>({}, this, [this](core::Result<contracts::Meta> reply) {
        if (!reply)
            return;
        m_hostName = reply->hostName;
        m_nextCheckAt = reply->nextCheckAt;
        Q_EMIT changed();
    });
}

void BackendStatus::take(const contracts::Event &event)
{
    using contracts::UnknownFields;
    if (event.type == contracts::events::resync) {
        readAll();
    } else if (event.type == contracts::events::hostChanged) {
        if (auto host = contracts::decode<contracts::Host>(event.payload, UnknownFields::Ignore))
            takeHost(std::move(*host));
    } else if (event.type == contracts::events::updateChanged) {
        if (auto update = contracts::decode<contracts::Update>(event.payload, UnknownFields::Ignore))
            takeUpdate(std::move(*update));
    } else if (event.type == contracts::events::updateStep) {
        if (const auto change =
                contracts::decode<contracts::UpdateStepChanged>(event.payload, UnknownFields::Ignore))
            takeStep(*change);
    } else if (event.type == contracts::events::checkChanged) {
        const auto progress =
            contracts::decode<contracts::CheckProgress>(event.payload, UnknownFields::Ignore);
        if (progress && progress->finished)
            readMeta();
    } else if (event.type == contracts::events::planningChanged) {
        readUpcoming();
    }
}

void BackendStatus::takeHost(contracts::Host host)
{
    const auto known = std::find_if(
        m_hosts.begin(), m_hosts.end(), [&](const contracts::Host &each) { return each.id == host.id; });
    if (known == m_hosts.end())
        m_hosts.push_back(std::move(host));
    else
        *known = std::move(host);
    Q_EMIT changed();
}

void BackendStatus::takeUpdate(contracts::Update update)
{
    const auto known = std::find_if(m_running.begin(), m_running.end(),
        [&](const contracts::Update &each) { return each.id == update.id; });
    if (known == m_running.end()) {
        if (!isUnderWay(update.status))
            return;
        m_running.push_back(std::move(update));
    } else if (isUnderWay(update.status)) {
        *known = std::move(update);
    } else {
        m_running.erase(known);
    }
    Q_EMIT changed();
}

void BackendStatus::takeStep(const contracts::UpdateStepChanged &change)
{
    const auto update = std::find_if(m_running.begin(), m_running.end(),
        [&](const contracts::Update &each) { return each.id == change.id; });
    if (update == m_running.end())
        return;
    const auto step = std::find_if(update->steps.begin(), update->steps.end(),
        [&](const contracts::Step &each) { return each.name == change.step.name; });
    if (step == update->steps.end())
        update->steps.push_back(change.step);
    else
        *step = change.step;
    Q_EMIT changed();
}

QString stepWords(const QString &step)
{
    static constexpr std::pair<const char *, const char *> words[] = {
        {"preflight", QT_TRANSLATE_NOOP("StepWords", "checks before the start")},
        {"pull", QT_TRANSLATE_NOOP("StepWords", "pulling the image")},
        {"rename", QT_TRANSLATE_NOOP("StepWords", "setting the old container aside")},
        {"create", QT_TRANSLATE_NOOP("StepWords", "creating the new container")},
        {"stop", QT_TRANSLATE_NOOP("StepWords", "stopping the old container")},
        {"start", QT_TRANSLATE_NOOP("StepWords", "starting the new container")},
        {"health", QT_TRANSLATE_NOOP("StepWords", "health check")},
        {"verify", QT_TRANSLATE_NOOP("StepWords", "comparing with the old container")},
        {"commit", QT_TRANSLATE_NOOP("StepWords", "keeping the new container")},
        {"cleanup", QT_TRANSLATE_NOOP("StepWords", "cleaning up")},
        {"rollback", QT_TRANSLATE_NOOP("StepWords", "putting the old version back")},
    };
    for (const auto &[name, text] : words) {
        if (step == QLatin1String(name))
            return QCoreApplication::translate("StepWords", text);
    }
    return step;
}

} // namespace dockerauto::ui
