#pragma once

#include <ports/storage.h>

#include <QObject>

#include <memory>

namespace dockerauto {

/// What every storage promises. A test of one derives from this and says how to make it.
class StorageContract : public QObject
{
    Q_OBJECT

protected:
    /// A storage without any rows.
    virtual std::unique_ptr<ports::Storage> make() = 0;

    ports::Storage &storage() { return *m_storage; }
    core::Result<> write(const ports::Storage::Work &work);
    core::Result<> read(const ports::Storage::Work &work);
    void addHost();
    void addContainer(const ports::ContainerRecord &record);
    core::Result<> saveUpdate(const ports::UpdateRecord &record);
    QStringList holdsOf(const QString &containerId);
    core::Result<ports::UpdateRecord> foundUpdate(const QString &id);
    core::Result<ports::UpdateRecord> listedUpdate();
    QStringList snapshotsOf(const char *updateOrContainer);
    QStringList listedUpdates(const ports::UpdateFilter &filter);
    template <class Repository, class Record>
    void keepsNamedRows(
        Repository &(ports::UnitOfWork::*repository)(), const Record &full, const Record &bare);

private Q_SLOTS:
    void init();
    void cleanup();

    void hosts_giveBackWhatWasSaved_afterReplacement();
    void find_isNotFound_whenThereIsNoRow();

    void containers_giveBackWhatWasSaved();
    void containers_keepSettingsAndDecision_whenObservedAgain();
    void containers_areConflict_whenNameIsTakenOnTheHost();
    void containers_takeSettingsAndDecision();
    void containers_refuseSettings_whenMissing();
    void containers_areGone_afterRemove();
    void containers_arePaged_throughThousandRows();
    void containers_areFiltered_data();
    void containers_areFiltered();

    void updates_giveBackWhatWasSaved_afterReplacement();
    void updates_areConflict_whenOneIsUnfinished_data();
    void updates_areConflict_whenOneIsUnfinished();
    void updates_mayFollow_whenTheFormerIsFinal();
    void updates_arePaged_throughThousandRows();
    void updates_areFiltered();
    void updates_areListed_whileWatched();
    void updates_areListed_withoutWhatIsLarge();
    void updates_loseNothing_whenSavedFromAList();
    void updates_loseTheirRestorePoint_whenItIsDone();
    void updates_keepSteps_replacedByPosition();
    void updates_keepLog_inOrder();
    void updates_keepJournal_andRefuseTakenPosition();

    void users_giveBackWhatWasSaved_byIdAndAddress();
    void users_areConflict_whenAddressIsTaken();
    void sessions_giveBackWhatWasSaved_untilExpired();
    void settings_giveBackWhatWasSet();
    void audit_takesRecords();

    void policies_areKept_underNamesOfTheirOwn();
    void schedules_areKept_underNamesOfTheirOwn();
    void windows_areKept_underNamesOfTheirOwn();
    void words_comeBack_ofEveryKind();
    void registries_giveBackWhatWasSaved_sortedByName();
    void webhooks_areFound_byTheirToken();
    void sightings_keepTheEarliest_andLearnOfPublishing();
    void holds_areReplaced_byKindTagAndDigest();
    void holds_areRemoved_byKind();
    void holds_liveAsLongAsTheirContainer();
    void imageConfigs_keepTheFirst();
    void imageConfigs_areMissing_onceEach();
    void imageConfigs_stay_asLongAsSomethingNamesThem();
    void snapshots_giveBackWhatWasSaved_inOrder();
    void snapshots_areGone_afterRemove();

    void write_rollsBack_onError();
    void read_isConsistent_whileOthersWrite();
    void call_isRefused_whenStoppedOrLate();
    void call_isRefused_whenNested();
    void write_losesNothing_withManyThreads();

private:
    std::unique_ptr<ports::Storage> m_storage;
};

} // namespace dockerauto
