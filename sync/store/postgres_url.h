// PostgresUrl: the address of a database, looked at before anybody connects to it.
#pragma once

#include <string>

#include "app/base/result.h"

namespace machikoe {

/// Invalid: libpq does not understand it, or takes for host or port what must be a part of the
/// password (one with a "@" or ":" in it): it would be looked up as a name, and told in messages.
Status check_postgres_url(const std::string& url);

/// User, host, port, database: what may be told.
std::string without_password(const std::string& url);

}  // namespace machikoe
