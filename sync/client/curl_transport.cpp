#include <curl/curl.h>
#include <zstd.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <csignal>
#include <mutex>

#include "sync/client/client.h"

namespace machikoe {
namespace {

constexpr std::size_t kCompressFrom = 1024;  // below, a frame saves nothing
constexpr int kZstdLevel = 3;
constexpr std::size_t kMaxHeaderBytes = 64u << 10;
constexpr Milliseconds kMaxRetryAfter = std::chrono::hours(1);

struct EndHandle {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct EndList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// One reply while it comes in.
struct Incoming {
    HttpReply reply;
    std::size_t limit = 0;
    std::size_t header_bytes = 0;
    bool too_large = false;
};

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// The value when the line is this header (`name` in lower case).
std::optional<std::string_view> value_of(std::string_view line, std::string_view name) {
    if (line.size() <= name.size() || line[name.size()] != ':') return std::nullopt;
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    if (!std::equal(name.begin(), name.end(), line.begin(),
                    [&](char wanted, char c) { return wanted == lower(c); }))
        return std::nullopt;
    return trimmed(line.substr(name.size() + 1));
}

/// Seconds only; the form with a date needs a right clock, which a kiosk may not have.
std::optional<Milliseconds> retry_after_of(std::string_view value) {
    std::int64_t seconds = 0;
    const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (fault != std::errc{} || end != value.data() + value.size() || seconds < 0)
        return std::nullopt;
    return std::min(kMaxRetryAfter, Milliseconds{std::min<std::int64_t>(seconds, 86'400) * 1000});
}

std::size_t take_body(char* bytes, std::size_t, std::size_t size, void* user) {
    auto& incoming = *static_cast<Incoming*>(user);
    if (incoming.reply.body.size() + size > incoming.limit) {
        incoming.too_large = true;
        return 0;  // ends the transfer
    }
    incoming.reply.body.append(bytes, size);
    return size;
}

std::size_t take_header(char* bytes, std::size_t, std::size_t size, void* user) {
    auto& incoming = *static_cast<Incoming*>(user);
    incoming.header_bytes += size;
    if (incoming.header_bytes > kMaxHeaderBytes) {
        incoming.too_large = true;
        return 0;
    }
    const std::string_view line(bytes, size);
    if (const auto etag = value_of(line, "etag")) incoming.reply.etag = *etag;
    if (const auto after = value_of(line, "retry-after"))
        incoming.reply.retry_after = retry_after_of(*after);
    if (const auto date = value_of(line, "date"))
        if (const std::time_t seconds = curl_getdate(std::string(*date).c_str(), nullptr);
            seconds >= 0)
            incoming.reply.date = std::chrono::seconds(seconds);
    return size;
}

int is_cancelled(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<const std::atomic<bool>*>(user)->load() ? 1 : 0;
}

std::string compressed(const std::string& body) {
    std::string frame(ZSTD_compressBound(body.size()), '\0');
    const std::size_t size =
        ZSTD_compress(frame.data(), frame.size(), body.data(), body.size(), kZstdLevel);
    if (ZSTD_isError(size)) return {};
    frame.resize(size);
    return frame;
}

class CurlTransport final : public Transport {
  public:
    explicit CurlTransport(TransportLimits limits)
        : limits_(std::move(limits)), handle_(curl_easy_init()) {}

    Result<HttpReply> post(const std::string& url, const std::string& token,
                           const std::string& body) override {
        const std::string frame = body.size() >= kCompressFrom ? compressed(body) : "";
        const std::string& sent = frame.empty() ? body : frame;
        begin(url, token);
        add_header("Content-Type: application/json");
        if (!frame.empty()) add_header("Content-Encoding: zstd");
        add_header("Expect:");  // no round trip for "100 Continue"
        curl_easy_setopt(handle_.get(), CURLOPT_POST, 1L);
        curl_easy_setopt(handle_.get(), CURLOPT_POSTFIELDSIZE_LARGE,
                         static_cast<curl_off_t>(sent.size()));
        curl_easy_setopt(handle_.get(), CURLOPT_POSTFIELDS, sent.data());
        return perform();
    }

    Result<HttpReply> get(const std::string& url, const std::string& token,
                          const std::string& etag) override {
        begin(url, token);
        if (!etag.empty()) add_header("If-None-Match: " + etag);
        curl_easy_setopt(handle_.get(), CURLOPT_HTTPGET, 1L);
        return perform();
    }

    Result<HttpReply> get_unverified(const std::string& url) override {
        begin(url, "");
        CURL* handle = handle_.get();
        curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 0L);
        // Nobody else may ever talk over this connection.
        curl_easy_setopt(handle, CURLOPT_FRESH_CONNECT, 1L);
        curl_easy_setopt(handle, CURLOPT_FORBID_REUSE, 1L);
        curl_easy_setopt(handle, CURLOPT_HTTPGET, 1L);
        return perform();
    }

    void trust(const std::string& authority) override {
        // Connections that an earlier authority vouched for go with the handle.
        if (authority != authority_) handle_.reset(curl_easy_init());
        authority_ = authority;
    }

    void cancel() override { cancelled_ = true; }

  private:
    /// Everything that holds for every request.  The connection is kept between them.
    void begin(const std::string& url, const std::string& token) {
        CURL* handle = handle_.get();
        curl_easy_reset(handle);
        headers_.reset();
        curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
        curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        // The pinned authority and none of the system's: each of those could vouch for anybody.
        curl_easy_setopt(handle, CURLOPT_CAINFO, nullptr);
        curl_easy_setopt(handle, CURLOPT_CAPATH, nullptr);
        if (!authority_.empty()) {
            curl_blob blob{authority_.data(), authority_.size(), CURL_BLOB_NOCOPY};
            curl_easy_setopt(handle, CURLOPT_CAINFO_BLOB, &blob);
        }
        curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
        curl_easy_setopt(handle, CURLOPT_PROXY, "");
        if (!limits_.from.empty())
            curl_easy_setopt(handle, CURLOPT_INTERFACE, ("host!" + limits_.from).c_str());
        curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS,
                         static_cast<long>(limits_.connect.count()));
        curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(limits_.total.count()));
        // Signals would hit the thread that draws.
        curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
        curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, is_cancelled);
        curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &cancelled_);
        if (!token.empty()) add_header("Authorization: Bearer " + token);
    }

    void add_header(const std::string& line) {
        if (curl_slist* longer = curl_slist_append(headers_.get(), line.c_str())) {
            (void)headers_.release();
            headers_.reset(longer);
        }
    }

    Result<HttpReply> perform() {
        CURL* handle = handle_.get();
        Incoming incoming;
        incoming.limit = limits_.reply_bytes;
        curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers_.get());
        curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_body);
        curl_easy_setopt(handle, CURLOPT_WRITEDATA, &incoming);
        curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, take_header);
        curl_easy_setopt(handle, CURLOPT_HEADERDATA, &incoming);
        const CURLcode code = curl_easy_perform(handle);
        if (incoming.too_large)
            return fail(ErrorCode::Unavailable, "the reply is larger than allowed");
        if (code == CURLE_ABORTED_BY_CALLBACK)
            return fail(ErrorCode::Unavailable, "the request was given up");
        if (code != CURLE_OK) return fail(ErrorCode::Unavailable, curl_easy_strerror(code));
        curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &incoming.reply.status);
        return std::move(incoming.reply);
    }

    TransportLimits limits_;
    std::unique_ptr<CURL, EndHandle> handle_;
    std::unique_ptr<curl_slist, EndList> headers_;
    std::string authority_;  // PEM
    std::atomic<bool> cancelled_ = false;
};

}  // namespace

std::unique_ptr<Transport> make_curl_transport(TransportLimits limits) {
    static std::once_flag once;
    std::call_once(once, [] {
        // A server that goes away in the middle of TLS would otherwise end the kiosk; curl
        // looks after this itself only where it may use signals.
        std::signal(SIGPIPE, SIG_IGN);
        curl_global_init(CURL_GLOBAL_DEFAULT);
    });
    return std::make_unique<CurlTransport>(std::move(limits));
}

}  // namespace machikoe
