// Proxies: who really asks, when somebody stands between, and under which name browsers know this
// server.
//
// Anybody can write X-Forwarded-For.  It is believed only of peers that the operator named, and of
// it only the last hop that is not one of them: that is whom the outermost trusted proxy saw.
// Whatever stands before that hop may be made up.
//
// Values without state; from any thread.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"

namespace machikoe {

class TrustedProxies {
  public:
    TrustedProxies() = default;  // nobody
    /// Addresses ("10.0.0.7", "::1") and ranges ("10.0.0.0/8", "fd00::/8").  Invalid: which is
    /// none.
    static Result<TrustedProxies> parse(const std::vector<std::string>& ranges);

    bool has(std::string_view address) const;
    /// The address to hold a request against: `peer`, or whom trusted proxies say that it came
    /// from.  `forwarded`: X-Forwarded-For, all of its lines joined by commas.
    std::string client_of(const std::string& peer, std::string_view forwarded) const;

  private:
    using Address = std::array<unsigned char, 16>;  // IPv4 as ::ffff:a.b.c.d
    struct Range {
        Address first{};
        unsigned bits = 0;
        bool covers(const Address& address) const;
    };
    static bool read(std::string_view text, Address& address);
    static std::string text_of(const Address& address);
    static std::string_view without_port(std::string_view hop);
    bool has(const Address& address) const;

    std::vector<Range> ranges_;
};

/// "https://ward.example" of "https://Ward.example:443/": what a browser sends as Origin from
/// there.  Invalid: no address of a whole server.
Result<std::string> origin_of_url(std::string_view url);

}  // namespace machikoe
