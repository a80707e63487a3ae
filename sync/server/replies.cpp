#include "sync/server/replies.h"

#include <spdlog/spdlog.h>

#include <nlohmann/json.hpp>

#include "app/base/crypto.h"

namespace machikoe {
namespace {

using nlohmann::json;

constexpr int kRetryAfter_s = 10;

std::string text_of(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

HttpResponse error_response(unsigned status, std::string_view reason) {
    HttpResponse response;
    response.status = status;
    response.body = text_of({{"error", reason}});
    return response;
}

HttpResponse busy_response(std::string_view reason) {
    HttpResponse response = error_response(503, reason);
    response.retry_after_s = kRetryAfter_s;
    return response;
}

HttpResponse too_often_response(int seconds) {
    HttpResponse response = error_response(429, "too often");
    response.retry_after_s = seconds;
    return response;
}

HttpResponse revalidated(HttpResponse response, std::string_view if_none_match) {
    response.etag = '"' + sha256_hex(response.body).substr(0, 32) + '"';
    response.caching = Caching::Revalidated;
    if (if_none_match.find(response.etag) != std::string_view::npos) {
        response.status = 304;
        response.body.clear();
    }
    return response;
}

std::string_view bearer(std::string_view authorization) {
    constexpr std::string_view kScheme = "bearer ";
    if (authorization.size() <= kScheme.size()) return "";
    for (std::size_t i = 0; i < kScheme.size(); ++i)
        if ((authorization[i] | 0x20) != kScheme[i]) return "";
    return authorization.substr(kScheme.size());
}

HttpResponse store_failure(const Error& error) {
    if (error.code == ErrorCode::Denied) return error_response(401, "credential refused");
    spdlog::error("store: {}: {}", name_of(error.code), error.message);
    if (error.code == ErrorCode::Unavailable) return busy_response("the store is busy");
    return error_response(500, "the store failed");
}

Step done(HttpResponse response) {
    return Step{std::move(response)};
}

}  // namespace machikoe
