// The server's own authority, its certificate, and HTTPS with the kiosk's real client.
#include "sync/server/tls.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>

#include "app/base/crypto.h"
#include "app/base/file.h"
#include "sync/client/client.h"
#include "sync/server/certificate.h"
#include "sync/server/server.h"
#include "tests/server/http_client.h"
#include "tests/server/test_pack.h"

namespace machikoe {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

class TlsTest : public testing::Test {
  protected:
    TlsTest() {
        crypto_ready();
        folder_ = fs::temp_directory_path() / ("machikoe-tls-" + random_hex(8));
        fs::create_directories(folder_);
    }
    ~TlsTest() override { fs::remove_all(folder_); }

    Result<TlsIdentity> load(std::vector<std::string> names = {"127.0.0.1", "ward.example"},
                             Milliseconds after = 0ms) {
        return load_tls_identity({folder_, std::move(names)}, now_ + after);
    }
    std::unique_ptr<Server> serve(TlsIdentity identity) {
        const PackFiles files = test_pack_files();
        ServerOptions options;
        options.message_limit = 500ms;
        options.tls = std::make_shared<const TlsIdentity>(std::move(identity));
        auto server = Server::start(options, open_sqlite_store(folder_).value(), files,
                                    test_pack(files), load_server_keys(folder_).value(), clock_);
        EXPECT_TRUE(server) << server.error().message;
        return std::move(*server);
    }
    static std::string url(const Server& server, const std::string& path) {
        return "https://127.0.0.1:" + std::to_string(server.port()) + path;
    }

    fs::path folder_;
    SystemClock clock_;
    const Milliseconds now_ = clock_.wall();
};

TEST_F(TlsTest, TheAuthorityStaysAndTheCertificateIsRenewedBeforeItEnds) {
    const auto first = load();
    ASSERT_TRUE(first) << first.error().message;
    const auto second = load();
    EXPECT_EQ(second->certificate, first->certificate);
    EXPECT_EQ(second->authority, first->authority);
    EXPECT_EQ(authority_fingerprint(folder_, now_).value(), first->fingerprint);
    const auto later = load({"127.0.0.1", "ward.example"}, 24h * 380);
    EXPECT_NE(later->certificate, first->certificate);
    EXPECT_EQ(later->authority, first->authority);
    const auto renamed = load({"127.0.0.1", "other.example"}, 24h * 380);
    EXPECT_NE(renamed->certificate, later->certificate);
}

TEST_F(TlsTest, KeysAreForTheirOwnerOnly) {
    ASSERT_TRUE(load());
    for (const char* name : {"authority.key", "server.key"}) {
        const auto mode = fs::status(folder_ / "keys" / name).permissions();
        EXPECT_EQ(mode & (fs::perms::group_all | fs::perms::others_all), fs::perms::none) << name;
    }
    fs::permissions(folder_ / "keys" / "server.key", fs::perms::group_read, fs::perm_options::add);
    EXPECT_EQ(load().error().code, ErrorCode::Unavailable);
}

TEST_F(TlsTest, ADamagedOrForeignOrLostKeyIsToldAndNothingIsReplaced) {
    ASSERT_TRUE(load());
    const fs::path keys = folder_ / "keys";
    const std::string authority = load_file(keys / "authority.pem").value();
    const std::string key = load_file(keys / "authority.key").value();
    ASSERT_TRUE(replace_file(keys / "authority.key", "-----BEGIN"));
    EXPECT_EQ(load().error().code, ErrorCode::Corrupt);
    fs::remove(keys / "authority.key");
    EXPECT_EQ(load().error().code, ErrorCode::Corrupt);
    ASSERT_TRUE(replace_file(keys / "authority.key", load_file(keys / "server.key").value()));
    EXPECT_EQ(load().error().code, ErrorCode::Corrupt);
    EXPECT_EQ(load_file(keys / "authority.pem").value(), authority);
    ASSERT_TRUE(replace_file(keys / "authority.key", key));
    EXPECT_TRUE(load());
    // The server's own certificate can be made again, so it is.
    ASSERT_TRUE(replace_file(keys / "server.pem", "nonsense"));
    EXPECT_TRUE(load());
}

TEST_F(TlsTest, ANameThatIsNoneIsInvalid) {
    for (const char* name : {"", "a b", "-x", "ward..example", "http://x", "ü"})
        EXPECT_EQ(load({name}).error().code, ErrorCode::Invalid) << name;
}

TEST_F(TlsTest, AKioskThatPinsTheAuthorityTalksAndNobodyElseIsBelieved) {
    auto identity = load();
    ASSERT_TRUE(identity) << identity.error().message;
    const std::string authority = identity->authority, fingerprint = identity->fingerprint;
    const auto server = serve(std::move(*identity));
    auto transport = make_curl_transport();
    EXPECT_FALSE(transport->get(url(*server, "/healthz"), "", ""));
    const auto offered = transport->get_unverified(url(*server, "/v1/authority"));
    ASSERT_TRUE(offered);
    EXPECT_EQ(decode_authority(offered->body).value(), authority);
    EXPECT_EQ(fingerprint_of(certificate_in(authority).value()), fingerprint);
    transport->trust(authority);
    EXPECT_EQ(transport->get(url(*server, "/healthz"), "", "")->status, 200);
    const fs::path elsewhere = folder_ / "other";
    transport->trust(load_tls_identity({elsewhere, {"127.0.0.1"}}, now_)->authority);
    EXPECT_FALSE(transport->get(url(*server, "/healthz"), "", ""));
}

TEST_F(TlsTest, ACertificateOfAnotherNameIsNotBelieved) {
    auto identity = load({"ward.example"});
    const std::string authority = identity->authority;
    const auto server = serve(std::move(*identity));
    auto transport = make_curl_transport();
    transport->trust(authority);
    EXPECT_FALSE(transport->get(url(*server, "/healthz"), "", ""));
}

/// Shakes hands with at most this version; the version that was agreed, 0: none.
int agreed_version(std::uint16_t port, int at_most) {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(
        SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
    SSL_CTX_set_security_level(context.get(), 0);
    SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context.get(), at_most);
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context.get()), &SSL_free);
    SSL_set_fd(ssl.get(), socket);
    const int version = SSL_connect(ssl.get()) == 1 ? SSL_version(ssl.get()) : 0;
    ::close(socket);
    return version;
}

TEST_F(TlsTest, NothingOlderThanTls12IsSpoken) {
    const auto server = serve(std::move(*load()));
    EXPECT_EQ(agreed_version(server->port(), TLS1_1_VERSION), 0);
    EXPECT_EQ(agreed_version(server->port(), TLS1_2_VERSION), TLS1_2_VERSION);
    EXPECT_EQ(agreed_version(server->port(), TLS1_3_VERSION), TLS1_3_VERSION);
}

TEST_F(TlsTest, PlainTextAndSilenceAreCutOffAndOthersGoOn) {
    auto identity = load();
    const std::string authority = identity->authority;
    const auto server = serve(std::move(*identity));
    HttpClient plain(server->port()), silent(server->port());
    EXPECT_NE(plain.request("GET", "/healthz").status, 200);
    auto transport = make_curl_transport();
    transport->trust(authority);
    EXPECT_EQ(transport->get(url(*server, "/healthz"), "", "")->status, 200);
    const auto start = std::chrono::steady_clock::now();
    server->stop();  // a handshake that hangs does not hold it longer than its limit
    EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
}

TEST_F(TlsTest, AnAddressOthersReachIsServedWithTls) {
    auto identity = load();
    ServerOptions options{.address = "0.0.0.0",
                          .tls = std::make_shared<const TlsIdentity>(std::move(*identity))};
    const PackFiles files = test_pack_files();
    EXPECT_TRUE(Server::start(options, open_sqlite_store(folder_).value(), files, test_pack(files),
                              load_server_keys(folder_).value(), clock_));
}

}  // namespace
}  // namespace machikoe
