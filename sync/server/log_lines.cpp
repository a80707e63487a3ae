#include "sync/server/log_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <nlohmann/json.hpp>
#include <optional>

#include "sync/server/metrics.h"

namespace machikoe {
namespace {

using Json = nlohmann::ordered_json;

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= 40 && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || c == '_' || c == '-';
    });
}

/// A number where the text is one, so that "007" stays what it is.
Json value_of(std::string_view text) {
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec == std::errc() && read.ptr == end && std::to_string(number) == text) return number;
    return text;
}

/// nullopt unless every word is name=value, no name twice and none of ours.
std::optional<Json> json_of_words(std::string_view text) {
    Json fields = Json::object();
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(text.size(), word.size() + 1));
        const std::size_t equals = word.find('=');
        if (equals == std::string_view::npos || !is_name(word.substr(0, equals)))
            return std::nullopt;
        const std::string name(word.substr(0, equals));
        const bool is_ours = name == "time" || name == "level" || name == "event";
        if (is_ours || fields.contains(name)) return std::nullopt;
        fields[name] = value_of(word.substr(equals + 1));
    }
    if (fields.empty()) return std::nullopt;
    return fields;
}

class JsonFormatter final : public spdlog::formatter {
  public:
    void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& to) override {
        const auto level = spdlog::level::to_string_view(message.level);
        const std::string line = json_line(
            std::chrono::duration_cast<Milliseconds>(message.time.time_since_epoch()),
            {level.data(), level.size()}, {message.payload.data(), message.payload.size()});
        to.append(line.data(), line.data() + line.size());
    }
    std::unique_ptr<spdlog::formatter> clone() const override {
        return std::make_unique<JsonFormatter>();
    }
};

}  // namespace

std::string rfc3339(Milliseconds wall) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(wall);
    const std::time_t time = seconds.count();
    std::tm utc{};
    gmtime_r(&time, &utc);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", utc.tm_year + 1900,
                       utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec,
                       (wall - seconds).count());
}

std::string request_line(std::string_view route, std::string_view method, unsigned status,
                         Milliseconds took, std::size_t bytes) {
    return fmt::format("request: route={} method={} status={} ms={} bytes={}", route,
                       method_name(method), status, took.count(), bytes);
}

std::string json_line(Milliseconds wall, std::string_view level, std::string_view message) {
    Json line{{"time", rfc3339(wall)}, {"level", level}};
    const std::size_t colon = message.find(": ");
    const bool has_event = colon != std::string_view::npos && is_name(message.substr(0, colon));
    line["event"] = has_event ? message.substr(0, colon) : "log";
    if (has_event) message.remove_prefix(colon + 2);
    if (auto fields = json_of_words(message))
        line.update(*fields);
    else
        line["message"] = message;
    return line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::unique_ptr<spdlog::formatter> json_formatter() {
    return std::make_unique<JsonFormatter>();
}

}  // namespace machikoe
