#include <models/heldbackfeed.h>

#include <algorithm>
#include <iterator>

namespace dockerauto::ui {

using contracts::Backend;
namespace events = contracts::events;

namespace {

constexpr int pageSize = 500;

} // namespace

HeldBackFeed::HeldBackFeed(Backend &backend, UpdateModel &model, QObject *parent)
    : QObject(parent), m_backend(backend), m_model(model)
{
    connect(&m_backend, &Backend::eventReceived, this, &HeldBackFeed::onEvent);
    connect(&m_backend, &Backend::connectionChanged, this, [this] {
        if (m_backend.connection() == Backend::Connection::Connected) {
            reload();
        }
    });
}

void HeldBackFeed::reload()
{
    ++m_turn;
    m_reading = true;
    m_read.clear();
    m_newer.clear();
    readPage(m_turn, std::nullopt);
}

void HeldBackFeed::readPage(quint64 turn, const std::optional<QString> &cursor)
{
    contracts::ContainerQuery query;
    query.decision = core::Decision::HeldBack;
    query.limit = pageSize;
    query.cursor = cursor;
    m_backend.call<contracts::ListContainers>(
        query, this, [this, turn](core::Result<contracts::ContainerPage> page) {
            if (turn != m_turn) {
                return;
            }
            if (!page) {
                m_reading = false;
                return;
            }
            std::ranges::move(page->items, std::back_inserter(m_read));
            if (page->nextCursor) {
                readPage(turn, page->nextCursor);
                return;
            }
            m_reading = false;
            std::erase_if(m_read, [this](const auto &container) { return m_newer.contains(container.id); });
            for (const QString &id : std::as_const(m_newer)) {
                if (const contracts::Container *known = m_model.findHeldBack(id); known != nullptr) {
                    m_read.push_back(*known);
                }
            }
            m_model.setHeldBack(std::exchange(m_read, {}));
        });
}

void HeldBackFeed::take(contracts::Container container)
{
    if (m_reading) {
        m_newer.insert(container.id);
    }
    m_model.upsertHeldBack(std::move(container));
}

void HeldBackFeed::onEvent(const contracts::Event &event)
{
    if (event.type == events::containerChanged) {
        if (auto container =
                contracts::decode<contracts::Container>(event.payload, contracts::UnknownFields::Ignore)) {
            take(std::move(*container));
        }
    } else if (event.type == events::containerRemoved) {
        if (const auto removed = contracts::decode<contracts::ContainerRemoved>(
                event.payload, contracts::UnknownFields::Ignore)) {
            m_newer.insert(removed->id);
            m_model.removeHeldBack(removed->id);
        }
    } else if (event.type == events::resync) {
        reload();
    }
}

} // namespace dockerauto::ui
