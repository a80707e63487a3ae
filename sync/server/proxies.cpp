#include "sync/server/proxies.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace machikoe {
namespace {

constexpr unsigned kMappedBits = 96;  // before an IPv4 address in its IPv6 form
constexpr std::size_t kMaxUrl = 300;

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

bool is_number_up_to(std::string_view text, unsigned most, unsigned& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return !text.empty() && error == std::errc() && end == text.data() + text.size() &&
           number <= most;
}

bool is_host(std::string_view host) {
    if (host.starts_with('[')) {
        const std::string inside(host.substr(1, host.size() - 2));
        in6_addr ignored{};
        return host.ends_with(']') && inet_pton(AF_INET6, inside.c_str(), &ignored) == 1;
    }
    return !host.empty() && std::ranges::all_of(host, [](char sign) {
        return (sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9') || sign == '.' ||
               sign == '-';
    });
}

}  // namespace

bool TrustedProxies::Range::covers(const Address& address) const {
    for (unsigned bit = 0; bit < bits; ++bit) {
        const unsigned mask = 0x80u >> (bit % 8);
        if ((first[bit / 8] & mask) != (address[bit / 8] & mask)) return false;
    }
    return true;
}

bool TrustedProxies::read(std::string_view text, Address& address) {
    const std::string plain(text);  // inet_pton wants an end
    address = {};
    if (inet_pton(AF_INET6, plain.c_str(), address.data()) == 1) return true;
    address = {};
    address[10] = address[11] = 0xff;
    return inet_pton(AF_INET, plain.c_str(), address.data() + 12) == 1;
}

std::string TrustedProxies::text_of(const Address& address) {
    char text[INET6_ADDRSTRLEN] = "";
    Address mapped{};
    mapped[10] = mapped[11] = 0xff;
    if (std::memcmp(address.data(), mapped.data(), 12) == 0)
        inet_ntop(AF_INET, address.data() + 12, text, sizeof text);
    else
        inet_ntop(AF_INET6, address.data(), text, sizeof text);
    return text;
}

/// Some proxies write "192.0.2.1:4711" or "[2001:db8::1]:4711".
std::string_view TrustedProxies::without_port(std::string_view hop) {
    if (hop.starts_with('[')) return hop.substr(1, hop.find(']') - 1);
    const bool has_port = std::ranges::count(hop, ':') == 1;
    return has_port ? hop.substr(0, hop.find(':')) : hop;
}

Result<TrustedProxies> TrustedProxies::parse(const std::vector<std::string>& ranges) {
    TrustedProxies proxies;
    for (const std::string& text : ranges) {
        const std::size_t slash = text.find('/');
        Range range;
        bool good = read(text.substr(0, slash), range.first);
        const bool is_four = text.find(':') == std::string::npos;
        range.bits = is_four ? 32 : 128;
        if (slash != std::string::npos)
            good = good && is_number_up_to(text.substr(slash + 1), range.bits, range.bits);
        if (is_four) range.bits += kMappedBits;
        if (!good) return fail(ErrorCode::Invalid, "'" + text + "' is no address and no range");
        proxies.ranges_.push_back(range);
    }
    return proxies;
}

bool TrustedProxies::has(const Address& address) const {
    return std::ranges::any_of(ranges_, [&](const Range& range) { return range.covers(address); });
}

bool TrustedProxies::has(std::string_view address) const {
    Address bytes{};
    return read(address, bytes) && has(bytes);
}

std::string TrustedProxies::client_of(const std::string& peer, std::string_view forwarded) const {
    if (!has(peer)) return peer;
    std::string client = peer;
    while (!forwarded.empty()) {
        const std::size_t comma = forwarded.rfind(',');
        const std::string_view hop =
            trimmed(comma == std::string_view::npos ? forwarded : forwarded.substr(comma + 1));
        Address address{};
        // What a trusted hop wrote and is no address names nobody: held against that hop.
        if (!read(without_port(hop), address)) return client;
        client = text_of(address);
        if (!has(address) || comma == std::string_view::npos) return client;
        forwarded = forwarded.substr(0, comma);
    }
    return client;
}

Result<std::string> origin_of_url(std::string_view url) {
    const auto refused = [&] {
        return fail(ErrorCode::Invalid,
                    "'" + std::string(url) + "' is not like https://ward.example");
    };
    if (url.size() > kMaxUrl) return refused();
    std::string text(url);
    std::ranges::transform(text, text.begin(), [](char sign) {
        return sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign + 32) : sign;
    });
    if (text.ends_with('/')) text.pop_back();
    const bool secure = text.starts_with("https://");
    if (!secure && !text.starts_with("http://")) return refused();
    const std::string scheme = secure ? "https://" : "http://";
    std::string_view host = std::string_view(text).substr(scheme.size());
    const std::size_t colon = host.rfind(':');
    std::string port;
    if (colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos) {
        unsigned number = 0;
        if (!is_number_up_to(host.substr(colon + 1), 65'535, number) || number == 0)
            return refused();
        if (number != (secure ? 443u : 80u)) port = ":" + std::to_string(number);
        host = host.substr(0, colon);
    }
    if (!is_host(host)) return refused();
    return scheme + std::string(host) + port;
}

}  // namespace machikoe
