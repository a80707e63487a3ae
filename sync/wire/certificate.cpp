#include "sync/wire/json.h"
#include "sync/wire/record.h"

namespace machikoe {
namespace {

constexpr std::string_view kBegin = "-----BEGIN CERTIFICATE-----";
constexpr std::string_view kEnd = "-----END CERTIFICATE-----";
constexpr std::size_t kLine = 64;

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

Result<std::string> certificate_in(std::string_view pem) {
    const auto refused = [] {
        return fail(ErrorCode::Invalid, "not one certificate in PEM and nothing else");
    };
    std::string_view inside = trimmed(pem);
    if (inside.size() < kBegin.size() + kEnd.size() || !inside.starts_with(kBegin) ||
        !inside.ends_with(kEnd))
        return refused();
    inside = inside.substr(kBegin.size(), inside.size() - kBegin.size() - kEnd.size());
    std::string text;
    for (const char c : inside)
        if (c != '\n' && c != '\r') text += c;
    auto der = wire::from_base64(text);  // a second certificate has "-", which is no base64
    if (!der || der->empty()) return refused();
    return std::move(*der);
}

std::string pem_of(std::string_view der) {
    const std::string text = wire::to_base64(der);
    std::string pem = std::string(kBegin) + "\n";
    for (std::size_t at = 0; at < text.size(); at += kLine) pem += text.substr(at, kLine) + "\n";
    return pem + std::string(kEnd) + "\n";
}

}  // namespace machikoe
