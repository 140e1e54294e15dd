#pragma once

#include "httpclient.h"

#include <array>
#include <memory>
#include <mutex>

struct x509_store_st;

namespace dockerauto::registry {

/// The certificates that are trusted, and what connections under the same trust share: names that were looked
/// up and TLS sessions. The machine's some hundred authorities are read once and not for every connection.
/// Thread-safe.
class TrustStore
{
public:
    explicit TrustStore(Trust trust);
    ~TrustStore();
    TrustStore(const TrustStore &) = delete;
    TrustStore &operator=(const TrustStore &) = delete;

    /// Sets up a CURL handle.
    void apply(void *easy);
    /// Reads the machine's authorities anew next time: somebody may just have installed one.
    void forget();

private:
    struct Certificates;

    std::shared_ptr<Certificates> certificates();
    static int useStore(void *easy, void *context, void *self);
    static void lock(void *easy, int data, int access, void *self);
    static void unlock(void *easy, int data, void *self);

    Trust m_trust;
    std::mutex m_mutex;
    std::shared_ptr<Certificates> m_certificates;
    /// CURLSH
    void *m_share;
    static constexpr int kindsOfShares = 16;
    std::array<std::mutex, kindsOfShares> m_shareLocks;
};

} // namespace dockerauto::registry
