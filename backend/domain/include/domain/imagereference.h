#pragma once

#include <core/result.h>

#include <QString>

#include <optional>

namespace dockerauto::domain {

/// A reference to an image, `[domain/]path[:tag][@digest]`, by the grammar of the distribution project's
/// reference package (github.com/distribution/reference). What the text does not say is absent; nothing is
/// filled in but, with Naming::Familiar, the domain and `library/` of Docker's short names.
struct ImageReference
{
    enum class Naming
    {
        /// The bare grammar: a lone name has no domain.
        Exact,
        /// As Docker reads what people type: `nginx` is `docker.io/library/nginx`. 64 hexadecimal digits are
        /// refused.
        Familiar,
    };

    std::optional<QString> domain;
    QString path;
    std::optional<QString> tag;
    std::optional<QString> digest;

    static core::Result<ImageReference> parse(const QString &text, Naming naming = Naming::Familiar);

    /// `domain/path`, or the path alone.
    [[nodiscard]] QString repository() const;
    /// As Docker shows it: without `docker.io/` and `library/`, without tag and digest.
    [[nodiscard]] QString familiarName() const;
    /// The familiar name with tag and digest.
    [[nodiscard]] QString familiar() const;
    /// What to ask a registry for: the digest when there is one, else the tag, else `latest`.
    [[nodiscard]] QString requestReference() const;
    /// Without the digest, which belongs to the old tag.
    [[nodiscard]] ImageReference withTag(const QString &newTag) const;
    /// Keeps the tag.
    [[nodiscard]] ImageReference withDigest(const QString &newDigest) const;

    friend bool operator==(const ImageReference &, const ImageReference &) = default;
};

} // namespace dockerauto::domain
