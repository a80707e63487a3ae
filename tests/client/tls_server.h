// TlsServer: an authority, a certificate that it signed, and a socket that speaks TLS with it and
// gives one answer to everybody.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace machikoe {

template <auto free_one>
struct Frees {
    template <class T>
    void operator()(T* one) const {
        free_one(one);
    }
};
using TlsKey = std::unique_ptr<EVP_PKEY, Frees<EVP_PKEY_free>>;
using TlsCertificate = std::unique_ptr<X509, Frees<X509_free>>;

/// Signs certificates.
class TestAuthority {
  public:
    TestAuthority() : key_(EVP_EC_gen("P-256")) {
        certificate_ = certificate_of(key_.get(), "CA:TRUE", NID_basic_constraints);
    }

    std::string pem() const {
        const std::unique_ptr<BIO, Frees<BIO_free>> out(BIO_new(BIO_s_mem()));
        PEM_write_bio_X509(out.get(), certificate_.get());
        char* bytes = nullptr;
        const long size = BIO_get_mem_data(out.get(), &bytes);
        return {bytes, static_cast<std::size_t>(size)};
    }
    /// For a name such as "IP:127.0.0.1".
    TlsCertificate certify(EVP_PKEY* key, const char* name) const {
        return certificate_of(key, name, NID_subject_alt_name);
    }

  private:
    TlsCertificate certificate_of(EVP_PKEY* key, const char* text, int extension) const {
        TlsCertificate made(X509_new());
        X509_set_version(made.get(), X509_VERSION_3);
        ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
        X509_gmtime_adj(X509_getm_notBefore(made.get()), -60);
        X509_gmtime_adj(X509_getm_notAfter(made.get()), 3600);
        X509_set_pubkey(made.get(), key);
        const auto add_name = [](X509_NAME* name, const char* value) {
            X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                                       reinterpret_cast<const unsigned char*>(value), -1, -1, 0);
        };
        add_name(X509_get_issuer_name(made.get()), "test authority");
        add_name(X509_get_subject_name(made.get()),
                 extension == NID_basic_constraints ? "test authority" : "test server");
        const std::unique_ptr<X509_EXTENSION, Frees<X509_EXTENSION_free>> said(
            X509V3_EXT_conf_nid(nullptr, nullptr, extension, text));
        X509_add_ext(made.get(), said.get(), -1);
        X509_sign(made.get(), key_.get(), EVP_sha256());
        return made;
    }

    TlsKey key_;
    TlsCertificate certificate_;
};

class TlsServer {
  public:
    TlsServer(const TestAuthority& authority, const char* name)
        : context_(SSL_CTX_new(TLS_server_method())), key_(EVP_EC_gen("P-256")) {
        SSL_CTX_use_PrivateKey(context_.get(), key_.get());
        SSL_CTX_use_certificate(context_.get(), authority.certify(key_.get(), name).get());
        socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address);
        ::listen(socket_, 8);
        socklen_t size = sizeof address;
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~TlsServer() {
        stopping_ = true;
        thread_.join();
        ::close(socket_);
    }
    TlsServer(const TlsServer&) = delete;
    TlsServer& operator=(const TlsServer&) = delete;

    std::string url() const { return "https://127.0.0.1:" + std::to_string(port_) + "/v1/batch"; }
    /// What came through the handshake.
    std::vector<std::string> requests() const {
        const std::lock_guard lock(mutex_);
        return requests_;
    }

  private:
    void serve() {
        while (!stopping_) {
            pollfd one{socket_, POLLIN, 0};
            if (::poll(&one, 1, 20) <= 0) continue;
            const int connection = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
            const timeval patience{2, 0};
            ::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
            talk(connection);
            ::close(connection);
        }
    }
    /// Keeps the connection for further requests as long as they come.
    void talk(int connection) {
        const std::unique_ptr<SSL, Frees<SSL_free>> tls(SSL_new(context_.get()));
        SSL_set_fd(tls.get(), connection);
        if (SSL_accept(tls.get()) != 1) return;
        char bytes[4096];
        for (int size; !stopping_ && (size = SSL_read(tls.get(), bytes, sizeof bytes)) > 0;) {
            {
                const std::lock_guard lock(mutex_);
                requests_.emplace_back(bytes, static_cast<std::size_t>(size));
            }
            constexpr std::string_view kReply =
                "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok";
            SSL_write(tls.get(), kReply.data(), static_cast<int>(kReply.size()));
        }
    }

    std::unique_ptr<SSL_CTX, Frees<SSL_CTX_free>> context_;
    TlsKey key_;
    int socket_ = -1;
    int port_ = 0;
    std::atomic<bool> stopping_ = false;
    mutable std::mutex mutex_;
    std::vector<std::string> requests_;
    std::thread thread_;
};

}  // namespace machikoe
