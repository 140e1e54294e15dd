#include "storagecontract.h"

#include <storage/sqlitestorage.h>
#include <testsupport/memorystorage.h>

#include <QTemporaryDir>
#include <QTest>

namespace dockerauto {

class SqliteStorageContract final : public StorageContract
{
    Q_OBJECT

    std::unique_ptr<ports::Storage> make() override
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto opened = storage::SqliteStorage::open(m_folder->filePath(QStringLiteral("test.db")));
        if (!opened) {
            qWarning("%s", qPrintable(opened.error().text()));
            return nullptr;
        }
        return *std::move(opened);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

/// The fake that other tests rely on keeps the same promises.
class MemoryStorageContract final : public StorageContract
{
    Q_OBJECT

    std::unique_ptr<ports::Storage> make() override { return std::make_unique<testsupport::MemoryStorage>(); }
};

} // namespace dockerauto

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    dockerauto::SqliteStorageContract sqlite;
    dockerauto::MemoryStorageContract memory;
    return QTest::qExec(&sqlite, argc, argv) + QTest::qExec(&memory, argc, argv);
}

#include "tst_storagecontract.moc"
