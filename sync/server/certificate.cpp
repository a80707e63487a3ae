#include "sync/server/certificate.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <vector>

#include "app/base/crypto.h"

namespace machikoe::certificate {
namespace {

constexpr std::size_t kMaxNameBytes = 253;
constexpr std::size_t kMaxLabelBytes = 63;

struct FreedBio {
    void operator()(BIO* bio) const { BIO_free_all(bio); }
};
using Bio = std::unique_ptr<BIO, FreedBio>;

Bio reading(std::string_view bytes) {
    return Bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

std::string text_in(BIO& bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(&bio, &data);
    return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

std::time_t seconds_of(Milliseconds wall) {
    return std::chrono::duration_cast<std::chrono::seconds>(wall).count();
}

/// "" unless it is an address; then the spelling that inet_ntop() gives it.
std::string plain_address(const std::string& text) {
    unsigned char bytes[16];
    char plain[INET6_ADDRSTRLEN];
    for (const int family : {AF_INET, AF_INET6})
        if (inet_pton(family, text.c_str(), bytes) == 1)
            return inet_ntop(family, bytes, plain, sizeof plain) ? plain : "";
    return "";
}

std::string address_of(const unsigned char* bytes, int size) {
    char plain[INET6_ADDRSTRLEN];
    if (size != 4 && size != 16) return "";
    return inet_ntop(size == 4 ? AF_INET : AF_INET6, bytes, plain, sizeof plain) ? plain : "";
}

bool is_dns_name(std::string_view name) {
    if (name.empty() || name.size() > kMaxNameBytes) return false;
    while (!name.empty()) {
        const std::string_view label = name.substr(0, name.find('.'));
        if (label.empty() || label.size() > kMaxLabelBytes) return false;
        if (label.front() == '-' || label.back() == '-') return false;
        for (const char c : label)
            if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') return false;
        name.remove_prefix(label.size());
        if (name == ".") return false;
        if (!name.empty()) name.remove_prefix(1);
    }
    return true;
}

struct Extension {
    int what;
    std::string value;
};

bool fill(X509& certificate, EVP_PKEY& key, const std::string& name, X509& issuer,
          Milliseconds until, const std::vector<Extension>& extensions) {
    unsigned char serial[16];
    if (RAND_bytes(serial, sizeof serial) != 1) return false;
    serial[0] = static_cast<unsigned char>((serial[0] & 0x7F) | 0x40);  // positive, never short
    const std::unique_ptr<BIGNUM, decltype(&BN_free)> number(
        BN_bin2bn(serial, sizeof serial, nullptr), &BN_free);
    if (!number || !BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(&certificate)))
        return false;
    X509_NAME* subject = X509_get_subject_name(&certificate);
    if (X509_set_version(&certificate, 2) != 1 ||  // that is X.509 version 3
        X509_set_pubkey(&certificate, &key) != 1 ||
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1,
                                   0) != 1 ||
        X509_set_issuer_name(&certificate, X509_get_subject_name(&issuer)) != 1 ||
        !ASN1_TIME_set(X509_getm_notBefore(&certificate), 0) ||
        !ASN1_TIME_set(X509_getm_notAfter(&certificate), seconds_of(until)))
        return false;
    X509V3_CTX context;
    X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
    return std::ranges::all_of(extensions, [&](const Extension& each) {
        const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
            X509V3_EXT_conf_nid(nullptr, &context, each.what, each.value.c_str()),
            &X509_EXTENSION_free);
        return extension && X509_add_ext(&certificate, extension.get(), -1) == 1;
    });
}

Certificate signed_by(EVP_PKEY& key, Certificate certificate, bool filled) {
    const bool good = filled && X509_sign(certificate.get(), &key, EVP_sha256()) > 0;
    ERR_clear_error();
    return good ? std::move(certificate) : nullptr;
}

}  // namespace

Key new_key() {
    Key key(EVP_EC_gen("P-256"));
    ERR_clear_error();
    return key;
}

Key key_of(std::string_view pem) {
    const auto no_passphrase = [](char*, int, int, void*) { return 0; };
    Key key(PEM_read_bio_PrivateKey(reading(pem).get(), nullptr, no_passphrase, nullptr));
    ERR_clear_error();
    return key;
}

Secret to_pem(EVP_PKEY& key) {
    const Bio bio(BIO_new(BIO_s_mem()));
    const bool written = bio && PEM_write_bio_PKCS8PrivateKey(bio.get(), &key, nullptr, nullptr, 0,
                                                              nullptr, nullptr) == 1;
    ERR_clear_error();
    char* data = nullptr;
    const long size = written ? BIO_get_mem_data(bio.get(), &data) : 0;
    if (size <= 0) return Secret(0);
    Secret secret = Secret::copy_of({data, static_cast<std::size_t>(size)});
    wipe(data, static_cast<std::size_t>(size));
    return secret;
}

Certificate certificate_of(std::string_view pem) {
    Certificate certificate(PEM_read_bio_X509(reading(pem).get(), nullptr, nullptr, nullptr));
    ERR_clear_error();
    return certificate;
}

std::string to_pem(X509& certificate) {
    const Bio bio(BIO_new(BIO_s_mem()));
    return bio && PEM_write_bio_X509(bio.get(), &certificate) == 1 ? text_in(*bio) : "";
}

std::string to_der(X509& certificate) {
    const Bio bio(BIO_new(BIO_s_mem()));
    return bio && i2d_X509_bio(bio.get(), &certificate) == 1 ? text_in(*bio) : "";
}

Certificate sign_authority(EVP_PKEY& key, Milliseconds until) {
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(&key, &der);
    if (size <= 0) return nullptr;
    const std::string id =
        sha256_hex({reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)});
    OPENSSL_free(der);
    Certificate certificate(X509_new());
    const bool filled =
        certificate &&
        fill(*certificate, key, "Machikoe authority " + id.substr(0, 16), *certificate, until,
             {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
              {NID_key_usage, "critical,keyCertSign,cRLSign"},
              {NID_subject_key_identifier, "hash"}});
    return signed_by(key, std::move(certificate), filled);
}

Certificate sign_server(EVP_PKEY& key, const std::set<std::string>& names, X509& authority,
                        EVP_PKEY& authority_key, Milliseconds until) {
    std::string alternatives;
    for (const std::string& name : names)
        alternatives += (alternatives.empty() ? "" : ",") +
                        std::string(plain_address(name).empty() ? "DNS:" : "IP:") + name;
    Certificate certificate(X509_new());
    const bool filled = certificate && fill(*certificate, key, "Machikoe server", authority, until,
                                            {{NID_basic_constraints, "critical,CA:FALSE"},
                                             {NID_key_usage, "critical,digitalSignature"},
                                             {NID_ext_key_usage, "serverAuth"},
                                             {NID_subject_alt_name, alternatives},
                                             {NID_subject_key_identifier, "hash"},
                                             {NID_authority_key_identifier, "keyid:always"}});
    return signed_by(authority_key, std::move(certificate), filled);
}

bool belong_together(X509& certificate, EVP_PKEY& key) {
    const bool same = X509_check_private_key(&certificate, &key) == 1;
    ERR_clear_error();
    return same;
}

bool is_signed_by(X509& certificate, EVP_PKEY& authority_key) {
    const bool good = X509_verify(&certificate, &authority_key) == 1;
    ERR_clear_error();
    return good;
}

bool lasts_until(X509& certificate, Milliseconds when) {
    return ASN1_TIME_cmp_time_t(X509_get0_notAfter(&certificate), seconds_of(when)) == 1;
}

std::set<std::string> names_in(X509& certificate) {
    std::set<std::string> names;
    const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> all(
        static_cast<GENERAL_NAMES*>(
            X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)),
        &GENERAL_NAMES_free);
    for (int i = 0; all && i < sk_GENERAL_NAME_num(all.get()); ++i) {
        int kind = 0;
        const auto* value = static_cast<const ASN1_STRING*>(
            GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(all.get(), i), &kind));
        if (kind != GEN_DNS && kind != GEN_IPADD) continue;
        const unsigned char* bytes = ASN1_STRING_get0_data(value);
        const int size = ASN1_STRING_length(value);
        names.insert(kind == GEN_IPADD ? address_of(bytes, size)
                                       : std::string(reinterpret_cast<const char*>(bytes),
                                                     static_cast<std::size_t>(size)));
    }
    return names;
}

std::string plain_name(std::string_view name) {
    std::string plain(name);
    if (const std::string address = plain_address(plain); !address.empty()) return address;
    for (char& c : plain)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return is_dns_name(plain) ? plain : "";
}

std::set<std::string> addresses_of_interfaces() {
    std::set<std::string> found;
    ifaddrs* all = nullptr;
    if (::getifaddrs(&all) != 0) return found;
    for (const ifaddrs* each = all; each; each = each->ifa_next) {
        if (!each->ifa_addr || (each->ifa_flags & IFF_UP) == 0) continue;
        if (each->ifa_addr->sa_family == AF_INET) {
            const auto* in = reinterpret_cast<const sockaddr_in*>(each->ifa_addr);
            found.insert(address_of(reinterpret_cast<const unsigned char*>(&in->sin_addr), 4));
        } else if (each->ifa_addr->sa_family == AF_INET6) {
            const auto* in = reinterpret_cast<const sockaddr_in6*>(each->ifa_addr);
            // Those of one cable only need a scope, which no certificate can hold.
            if (!IN6_IS_ADDR_LINKLOCAL(&in->sin6_addr))
                found.insert(
                    address_of(reinterpret_cast<const unsigned char*>(&in->sin6_addr), 16));
        }
    }
    ::freeifaddrs(all);
    return found;
}

}  // namespace machikoe::certificate
