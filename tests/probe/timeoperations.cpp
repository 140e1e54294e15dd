#include "operations.h"

#include <domain/cron.h>
#include <domain/localtime.h>
#include <domain/timewindow.h>

namespace dockerauto::probe {
namespace {

using core::ErrorCode;
using core::Json;
using core::memberOf;
using core::Result;

Result<core::Timestamp> timeIn(const Json &in, const char *key)
{
    DOCKERAUTO_TRY_ASSIGN(text, textIn(in, key));
    return core::fromRfc3339(text);
}

Result<Json> nextRuns(const Json &in)
{
    DOCKERAUTO_TRY_ASSIGN(cron, textIn(in, "cron"));
    DOCKERAUTO_TRY_ASSIGN(pattern, domain::CronPattern::parse(cron));
    DOCKERAUTO_TRY_ASSIGN(zoneName, textIn(in, "zone"));
    DOCKERAUTO_TRY_ASSIGN(zone, domain::timeZoneNamed(zoneName));
    DOCKERAUTO_TRY_ASSIGN(from, timeIn(in, "from"));
    const Json &count = memberOf(in, "count");
    if (!count.is_number_integer() || count < 1 || count > 10'000) {
        return core::fail(ErrorCode::InvalidArgument, QStringLiteral("“count” must be from 1 to 10000"),
            QStringLiteral("count"));
    }
    Json runs = Json::array();
    for (const auto run : pattern.next(from, zone, count.get<int>())) {
        runs.push_back(domain::toRfc3339(run, zone));
    }
    return Json{{"runs", runs}};
}

Result<Json> windowContains(const Json &in)
{
    const Json &window = memberOf(in, "window");
    DOCKERAUTO_TRY_ASSIGN(days, textsIn(window, "days"));
    DOCKERAUTO_TRY_ASSIGN(start, textIn(window, "start"));
    DOCKERAUTO_TRY_ASSIGN(end, textIn(window, "end"));
    DOCKERAUTO_TRY_ASSIGN(zone, textIn(window, "zone"));
    DOCKERAUTO_TRY_ASSIGN(weekly, domain::WeeklyWindow::parse(days, start, end, zone));
    DOCKERAUTO_TRY_ASSIGN(at, timeIn(in, "at"));
    const auto state = domain::stateAt({.weekly = weekly, .ranges = {}}, at);
    return Json{{"inside", state.inside},
        {"next", state.opensNext ? Json(domain::toRfc3339(*state.opensNext, weekly.zone)) : Json()}};
}

} // namespace

std::vector<Operation> timeOperations()
{
    return {
        {"cron.next", nextRuns},
        {"window.contains", windowContains},
    };
}

} // namespace dockerauto::probe
