// HttpMessage: between Beast's messages and ours.  Included by server.cpp only, so that Beast
// is compiled once.
#pragma once

#include <boost/beast/http.hpp>
#include <ctime>
#include <string>

#include "sync/server/routes.h"

namespace machikoe {

using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

inline std::string text_of(boost::beast::string_view view) {
    return {view.data(), view.size()};
}

/// X-Forwarded-For, its lines joined: who sent several meant one list.
inline std::string forwarded_for(const Parser& parser) {
    std::string joined;
    const auto lines = parser.get().equal_range("X-Forwarded-For");
    for (auto line = lines.first; line != lines.second; ++line)
        joined += (joined.empty() ? "" : ",") + text_of(line->value());
    return joined;
}

/// Takes the body.  `address`: whose it is.
inline HttpRequest request_of(Parser& parser, const std::string& address) {
    auto& message = parser.get();
    return {.address = address,
            .method = text_of(message.method_string()),
            .target = text_of(message.target()),
            .authorization = text_of(message[boost::beast::http::field::authorization]),
            .content_encoding = text_of(message[boost::beast::http::field::content_encoding]),
            .if_none_match = text_of(message[boost::beast::http::field::if_none_match]),
            .body = std::move(message.body()),
            .host = text_of(message[boost::beast::http::field::host]),
            .origin = text_of(message[boost::beast::http::field::origin]),
            .cookie = text_of(message[boost::beast::http::field::cookie]),
            .accept_language = text_of(message[boost::beast::http::field::accept_language]),
            .accept = text_of(message[boost::beast::http::field::accept]),
            .prefer = text_of(message[boost::beast::http::field::prefer]),
            .odata_version = text_of(message["OData-Version"]),
            .odata_max_version = text_of(message["OData-MaxVersion"]),
            .forwarded = message.find("X-Forwarded-For") != message.end() ||
                         message.find(boost::beast::http::field::forwarded) != message.end() ||
                         message.find(boost::beast::http::field::via) != message.end()};
}

/// No script, style or picture but our own, and no request to anybody else.
inline std::string content_policy(Showing showing) {
    if (showing == Showing::Nothing) return "default-src 'none'; frame-ancestors 'none'";
    return std::string(
               "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
               "form-action 'self'; base-uri 'none'; frame-ancestors ") +
           (showing == Showing::Embeddable ? "*" : "'none'");
}

/// The headers that every reply has.
template <class Message>
void set_headers(Message& message, const HttpResponse& answer, bool keep_alive) {
    // Staff of a kiosk compare its clock with ours.
    char date[32];
    std::tm utc{};
    const std::time_t now = std::time(nullptr);
    if (std::strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", gmtime_r(&now, &utc)) > 0)
        message.set(boost::beast::http::field::date, date);
    if (!answer.body.empty() || !answer.file.empty())
        message.set(boost::beast::http::field::content_type, answer.content_type);
    if (!answer.etag.empty()) message.set(boost::beast::http::field::etag, answer.etag);
    if (!answer.allow.empty()) message.set(boost::beast::http::field::allow, answer.allow);
    if (!answer.location.empty()) message.set(boost::beast::http::field::location, answer.location);
    if (!answer.file_name.empty())
        message.set(boost::beast::http::field::content_disposition,
                    "attachment; filename=\"" + answer.file_name + "\"");
    for (const std::string& cookie : answer.cookies)
        message.insert(boost::beast::http::field::set_cookie, cookie);
    if (answer.status == 401) message.set(boost::beast::http::field::www_authenticate, "Bearer");
    if (answer.retry_after_s > 0)
        message.set(boost::beast::http::field::retry_after, std::to_string(answer.retry_after_s));
    message.set(boost::beast::http::field::cache_control,
                answer.caching == Caching::Forbidden ? "no-store" : "private, no-cache");
    message.set("X-Content-Type-Options", "nosniff");
    message.set("Content-Security-Policy", content_policy(answer.showing));
    // Of our own pages we want to know which one a form came from.
    message.set("Referrer-Policy",
                answer.showing == Showing::Nothing ? "no-referrer" : "same-origin");
    for (const auto& [name, value] : answer.headers) message.set(name, value);
    message.keep_alive(keep_alive);
}

inline boost::beast::http::response<boost::beast::http::string_body> message_of(HttpResponse answer,
                                                                                bool keep_alive) {
    boost::beast::http::response<boost::beast::http::string_body> message{
        boost::beast::http::int_to_status(answer.status), 11};
    set_headers(message, answer, keep_alive);
    message.body() = std::move(answer.body);
    message.prepare_payload();
    return message;
}

}  // namespace machikoe
