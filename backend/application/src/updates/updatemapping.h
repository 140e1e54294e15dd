#pragma once

#include <contracts/updates.h>
#include <ports/storage.h>

#include <vector>

namespace dockerauto::application {

contracts::Update toContract(const ports::UpdateRecord &record, const std::vector<ports::StepRecord> &steps);
contracts::Step toContract(const ports::StepRecord &step);
contracts::UpdateLogLine toContract(const ports::UpdateLogRecord &line);

} // namespace dockerauto::application
