#include "truststore.h"

#include <QDir>

#include <curl/curl.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace dockerauto::registry {

namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

void add(X509_STORE *store, const QByteArray &pem)
{
    const Bio source(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())), BIO_free);
    while (const auto read =
               Certificate(PEM_read_bio_X509(source.get(), nullptr, nullptr, nullptr), X509_free)) {
        X509_STORE_add_cert(store, read.get());
    }
    ERR_clear_error();
}

/// Whether OpenSSL finds authorities by the hash of their names on this machine.
bool hasFolder()
{
    const QDir folder(QString::fromLocal8Bit(X509_get_default_cert_dir()));
    return !folder.entryList({QStringLiteral("*.0")}, QDir::Files).isEmpty();
}

} // namespace

struct TrustStore::Certificates
{
    explicit Certificates(const QByteArray &more) : store(X509_STORE_new())
    {
        X509_STORE_set_default_paths(store);
        // Where there is a folder with one file an authority, only the one that is needed is read.
        if (const auto *info = curl_version_info(CURLVERSION_NOW);
            !hasFolder() && info->age >= CURLVERSION_EIGHTH && info->cainfo != nullptr) {
            X509_STORE_load_locations(store, info->cainfo, nullptr);
        }
        ERR_clear_error();
        add(store, more);
        // An authority that somebody listed is trusted also when it is not at the top of its chain.
        X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
    }
    ~Certificates() { X509_STORE_free(store); }
    Certificates(const Certificates &) = delete;
    Certificates &operator=(const Certificates &) = delete;

    X509_STORE *store;
};

TrustStore::TrustStore(Trust trust) : m_trust(std::move(trust)), m_share(curl_share_init())
{
    curl_share_setopt(m_share, CURLSHOPT_USERDATA, this);
    curl_share_setopt(
        m_share, CURLSHOPT_LOCKFUNC,
        +[](CURL *easy, curl_lock_data data, curl_lock_access access, void *self) {
            lock(easy, data, access, self);
        });
    curl_share_setopt(
        m_share, CURLSHOPT_UNLOCKFUNC,
        +[](CURL *easy, curl_lock_data data, void *self) { unlock(easy, data, self); });
    curl_share_setopt(m_share, CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS);
    curl_share_setopt(m_share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
}

TrustStore::~TrustStore()
{
    curl_share_cleanup(m_share);
}

void TrustStore::apply(void *easy)
{
    curl_easy_setopt(easy, CURLOPT_SHARE, m_share);
    if (!m_trust.verify) {
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
        return;
    }
    const auto callback = +[](CURL *handle, void *context, void *self) -> CURLcode {
        return static_cast<CURLcode>(useStore(handle, context, self));
    };
    // libcurl built with another TLS library has no such option and goes on with the machine's authorities.
    if (curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, callback) == CURLE_OK) {
        curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, this);
        curl_easy_setopt(easy, CURLOPT_CAINFO, nullptr);
        curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
    }
}

void TrustStore::forget()
{
    const std::scoped_lock guard(m_mutex);
    m_certificates.reset();
}

std::shared_ptr<TrustStore::Certificates> TrustStore::certificates()
{
    const std::scoped_lock guard(m_mutex);
    if (!m_certificates) {
        m_certificates = std::make_shared<Certificates>(m_trust.authorities);
    }
    return m_certificates;
}

int TrustStore::useStore(void *, void *context, void *self)
{
    const auto kept = static_cast<TrustStore *>(self)->certificates();
    SSL_CTX_set1_cert_store(static_cast<SSL_CTX *>(context), kept->store);
    return CURLE_OK;
}

void TrustStore::lock(void *, int data, int, void *self)
{
    static_cast<TrustStore *>(self)->m_shareLocks.at(static_cast<std::size_t>(data)).lock();
}

void TrustStore::unlock(void *, int data, void *self)
{
    static_cast<TrustStore *>(self)->m_shareLocks.at(static_cast<std::size_t>(data)).unlock();
}

} // namespace dockerauto::registry
