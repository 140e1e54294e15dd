#pragma once

#include <domain/proof.h>

#include <initializer_list>
#include <set>
#include <string>

namespace dockerauto::domain {

/// A JSON Pointer.
QString path(std::initializer_list<std::string> segments);

std::set<std::string> keysOf(std::initializer_list<core::Json> objects);

/// Collects what differs.
class ProofReport
{
public:
    /// Notes a difference between what was and what is.
    void compare(const QString &where, const core::Json &before, const core::Json &after,
        const QString &explanation = {});
    /// The same, but the several ways to say nothing are one.
    void compareUnset(const QString &where, const core::Json &before, const core::Json &after,
        const QString &explanation = {});
    /// `after` should be `expected`. Where that differs from what was, `explanation` says why.
    void expect(const QString &where, const core::Json &before, const core::Json &expected,
        const core::Json &after, const QString &explanation);
    /// Like expect, but empty and absent are two things.
    void expectExactly(const QString &where, const core::Json &before, const core::Json &expected,
        const core::Json &after, const QString &explanation);
    /// Like expectExactly, but the values do not reach the report.
    void expectSecret(const QString &where, const core::Json &before, const core::Json &expected,
        const core::Json &after, const QString &explanation);

    FaithfulnessReport take() { return std::move(m_report); }

private:
    FaithfulnessReport m_report;
};

} // namespace dockerauto::domain
