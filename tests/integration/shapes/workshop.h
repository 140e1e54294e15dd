#pragma once

#include "shape.h"
#include "shapecomparison.h"

#include <docker/dockerengine.h>
#include <testsupport/testimages.h>
#include <testsupport/testlab.h>

#include <memory>
#include <vector>

namespace dockerauto::shapes {

/// Makes the shapes on the lab's engine and updates them by the production's rules.
class Workshop
{
public:
    explicit Workshop(const testsupport::TestLab &lab);
    ~Workshop();

    /// Images, networks, a partner to share with, a folder to mount.
    core::Result<> prepare();

    /// Makes the shape with number `number`, updates it and says what is wrong with the result; empty when
    /// nothing is. Several threads may do so at once, each with a number of its own.
    QString judge(const Shape &shape, int number);

    struct Exported
    {
        /// What is wrong with the container that the exported command made; empty when nothing is.
        QString wrong;
        /// What the export itself says that its format can't say.
        std::vector<QString> notes;
    };
    /// Makes the shape, writes it down as a `docker run` command, puts it aside and runs the command.
    Exported judgeExport(const Shape &shape, int number);

private:
    struct ImagePair
    {
        QString oldReference;
        QString newReference;
        core::Json oldImage;
        core::Json newImage;
    };
    struct Made
    {
        QString name;
        Inspects inspects;
        const ImagePair *images = nullptr;
    };

    core::Result<ImagePair> publish(
        const QString &stem, const QStringList &entrypoint, const QStringList &changes);
    core::Result<QString> addNetwork(const QString &name, const QStringList &arguments);
    core::Result<> addPartner();
    [[nodiscard]] std::string filled(
        std::string text, const QString &name, int number, const ImagePair &images) const;
    core::Result<QString> make(const Shape &shape, const QString &name, int number, const ImagePair &images,
        const QString &reference);
    core::Result<> bringInto(State state, const QString &id);
    core::Result<QString> update(const Made &made);
    core::Result<> retire(const core::Json &old);
    core::Result<QString> judged(const Shape &shape, int number, Made &made);
    core::Result<Exported> exported(const Shape &shape, int number, Made &made);
    core::Result<> runText(const QString &text) const;
    void remove(const QString &nameOrId);
    core::Result<core::Json> inspected(const QString &nameOrId);

    testsupport::TestLab m_lab;
    testsupport::TestImages m_images;
    std::unique_ptr<docker::DockerEngine> m_engine;
    int m_apiMinor = 0;
    QString m_defaultRuntime;
    ImagePair m_plain;
    ImagePair m_entry;
    std::vector<std::pair<std::string, std::string>> m_words;
    std::vector<QString> m_networks;
    QString m_partner;
};

} // namespace dockerauto::shapes
