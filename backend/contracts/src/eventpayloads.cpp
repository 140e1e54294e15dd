#include "codecimpl.h"
#include "contracts/events.h"
#include "describe.h"

namespace dockerauto::contracts {

BOOST_DESCRIBE_STRUCT(Event, (), (seq, topic, type, time, payload))
BOOST_DESCRIBE_STRUCT(ContainerRemoved, (), (id))
BOOST_DESCRIBE_STRUCT(UpdateStepChanged, (), (id, container, step))
BOOST_DESCRIBE_STRUCT(CheckProgress, (), (id, done, total, failed, finished))
BOOST_DESCRIBE_STRUCT(ContainerMetrics, (), (container, cpuPercent, memoryUsageBytes, memoryLimitBytes))
BOOST_DESCRIBE_STRUCT(MetricsSample, (), (time, samples))

DOCKERAUTO_CODEC(Event)
DOCKERAUTO_CODEC(ContainerRemoved)
DOCKERAUTO_CODEC(UpdateStepChanged)
DOCKERAUTO_CODEC(CheckProgress)
DOCKERAUTO_CODEC(MetricsSample)

} // namespace dockerauto::contracts
