// Commands that run inside of containers.

#include "dockerengineparts.h"

#include <condition_variable>

namespace dockerauto::docker {

using core::CallContext;
using core::ErrorCode;
using core::fail;
using core::Json;
using core::Result;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype maxOutput = 64 * 1024;

/// Only the program is named: what follows it may hold secrets.
core::Failure notInTime(const QString &program)
{
    return fail(ErrorCode::Timeout,
        QStringLiteral("The command “%1” was not finished in time. Docker has no way to end it, so it may go "
                       "on in the container.")
            .arg(program));
}

/// Takes the frames of both streams and keeps the beginning.
class Output
{
public:
    Result<> add(std::string_view bytes)
    {
        std::vector<domain::LogRecord> records;
        DOCKERAUTO_TRY(m_demuxer.feed({bytes.data(), qsizetype(bytes.size())}, records));
        keep(records);
        return {};
    }
    QString take()
    {
        std::vector<domain::LogRecord> records;
        m_demuxer.finish(records);
        keep(records);
        return std::move(m_text);
    }

private:
    void keep(const std::vector<domain::LogRecord> &records)
    {
        for (const domain::LogRecord &record : records) {
            m_text += record.text.left(maxOutput - m_text.size());
        }
    }

    domain::LogDemuxer m_demuxer{domain::LogDemuxer::Format::Multiplexed,
        domain::LogDemuxer::Timestamps::Absent, domain::LogDemuxer::Records::Pieces};
    QString m_text;
};

void pause(std::chrono::milliseconds time, const std::stop_token &stop)
{
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any stopped;
    stopped.wait_for(lock, stop, time, [] { return false; });
}

} // namespace

Result<int> DockerEngine::Parts::exitCodeOf(const QByteArray &execution, const CallContext &context)
{
    for (auto wait = 20ms;; wait = std::min(wait * 2, 500ms)) {
        DOCKERAUTO_TRY_ASSIGN(state, getJson("/exec/" + execution + "/json", {}, context));
        const Json &running = core::memberOf(state, "Running");
        const Json &code = core::memberOf(state, "ExitCode");
        // A command may close its output and go on, and the code comes a moment after the end of the output.
        if (!(running.is_boolean() && running.get<bool>()) && code.is_number_integer()) {
            return code.get<int>();
        }
        pause(std::min<std::chrono::milliseconds>(wait, context.deadline.remaining()), context.stop);
        DOCKERAUTO_TRY(context.check());
    }
}

Result<ports::ExecResult> DockerEngine::runCommand(
    const QString &id, const std::vector<QString> &argv, const CallContext &context)
{
    if (argv.empty()) {
        return fail(ErrorCode::InvalidArgument, QStringLiteral("There is no command to run."));
    }
    DOCKERAUTO_TRY_ASSIGN(segment, pathSegment(id));
    const Json wish{{"Cmd", argv}, {"AttachStdout", true}, {"AttachStderr", true}, {"Tty", false}};
    DOCKERAUTO_TRY_ASSIGN(created,
        m_parts->client.callJson({"POST", "/containers/" + segment + "/exec", {}, wish, {}}, context));
    DOCKERAUTO_TRY_ASSIGN(execution, pathSegment(core::textOf(created, "Id")));

    Output output;
    HttpStream stream;
    stream.received = [&output](std::string_view bytes) { return output.add(bytes); };
    const Json start{{"Detach", false}, {"Tty", false}};
    const auto ran =
        m_parts->client.call({"POST", "/exec/" + execution + "/start", {}, start, {}}, context, &stream);
    if (!ran) {
        return ran.error().code == ErrorCode::Timeout ? notInTime(argv.front()) : fail(ran.error());
    }
    auto code = m_parts->exitCodeOf(execution, context);
    if (!code) {
        return code.error().code == ErrorCode::Timeout ? notInTime(argv.front()) : fail(code.error());
    }
    return ports::ExecResult{*code, output.take()};
}

} // namespace dockerauto::docker
