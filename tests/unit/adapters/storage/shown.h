#pragma once

#include "planningrecords.h"
#include "samplerecords.h"

namespace dockerauto::samples {

/// For QCOMPARE, which then shows both sides.
template <class Record>
QString shown(const Record &record)
{
    return QString::fromStdString(core::writeJson(text(record)));
}

} // namespace dockerauto::samples
