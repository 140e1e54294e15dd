#pragma once

#include <core/json.h>
#include <core/result.h>

#include <QByteArray>
#include <QString>

#include <string_view>
#include <vector>

namespace dockerauto::probe {

/// One rule that can be asked for: its name on the wire and the production code behind it.
struct Operation
{
    std::string_view name;
    core::Result<core::Json> (*run)(const core::Json &in);
};

std::vector<Operation> coreOperations();
std::vector<Operation> domainOperations();
/// config.credentials, aead.open
std::vector<Operation> credentialOperations();
/// challenge.parse, link.next, ratelimit.parse
std::vector<Operation> registryOperations();
/// container.*, plan.hash, spec.prove
std::vector<Operation> recreationOperations();
/// tag.choose, semver.*
std::vector<Operation> tagOperations();
/// cron.next, window.contains
std::vector<Operation> timeOperations();

/// Answers one line of input. Never throws.
std::string answer(const std::string &line);

// What operations read from their input. InvalidArgument when the member is missing or of another type.
core::Result<QString> textIn(const core::Json &in, const char *key);
core::Result<QByteArray> bytesIn(const core::Json &in, const char *key);
/// An array of texts; null is an empty one.
core::Result<std::vector<QString>> textsIn(const core::Json &in, const char *key);
bool flagIn(const core::Json &in, const char *key);

} // namespace dockerauto::probe
