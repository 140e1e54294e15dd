#pragma once

#include "sql/sqlconnection.h"

#include <span>
#include <string_view>

namespace dockerauto::storage {

/// A file of resources/migrations.
struct Migration
{
    int version = 0;
    std::string_view name;
    std::string_view sql;
};

/// All of this program, by rising version.
std::span<const Migration> embeddedMigrations();

/// Whether this program may use the database behind `connection`; changes nothing. Unsupported when it is
/// newer, Corrupt when a migration was applied that differs from ours.
core::Result<> checkSchema(
    SqlConnection &connection, std::span<const Migration> migrations, const core::CallContext &context);

/// Applies what is missing, each migration in a transaction of its own.
core::Result<> migrate(
    SqlConnection &connection, std::span<const Migration> migrations, const core::CallContext &context);

} // namespace dockerauto::storage
