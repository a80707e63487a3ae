// LogLines: what the server's log looks like.
//
// As text, spdlog's own line.  As JSON, one object a line: "time" (RFC 3339, UTC, milliseconds),
// "level", "event", and either "message" or the fields of a line that is made of fields:
//   request: route=/v1/batch method=POST status=201 ms=3 bytes=412
// The event is the word before ": ".  A message is data: whatever it holds, the line stays one
// object on one line.
//
// No line holds an answer, a token, or an address of somebody who asks.
#pragma once

#include <spdlog/formatter.h>

#include <memory>
#include <string>
#include <string_view>

#include "app/base/clock.h"

namespace machikoe {

/// "2022-06-01T09:30:00.123Z"
std::string rfc3339(Milliseconds wall);

/// The one line of a request.  `route`: Routes::route_name(); what a stranger sent is in none of
/// its fields.
std::string request_line(std::string_view route, std::string_view method, unsigned status,
                         Milliseconds took, std::size_t bytes);

/// One line of JSON, with its line feed.
std::string json_line(Milliseconds wall, std::string_view level, std::string_view message);

/// For spdlog's sinks.
std::unique_ptr<spdlog::formatter> json_formatter();

}  // namespace machikoe
