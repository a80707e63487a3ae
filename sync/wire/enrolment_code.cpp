#include "app/base/crypto.h"
#include "sync/wire/record.h"

namespace machikoe {
namespace {

constexpr std::size_t kCodeSigns = 12;
constexpr std::size_t kFingerprintSigns = 20;

/// In fours, joined by "-".
std::string grouped(std::string_view signs) {
    std::string text;
    for (std::size_t i = 0; i < signs.size(); ++i) {
        if (i > 0 && i % 4 == 0) text += '-';
        text += signs[i];
    }
    return text;
}

/// Upper case, without blanks and "-".  nullopt: another number of signs, or strange ones.
std::optional<std::string> signs_in(std::string_view text, std::size_t count) {
    std::string signs;
    for (char c : text) {
        if (c == '-' || c == ' ' || c == '\t' || c == '\n' || c == '\r') continue;
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (kCodeAlphabet.find(c) == kCodeAlphabet.npos) return std::nullopt;
        signs += c;
    }
    if (signs.size() != count) return std::nullopt;
    return signs;
}

}  // namespace

std::string to_string(const EnrolmentCode& code) {
    return code.fingerprint.empty() ? code.code : code.code + "+" + grouped(code.fingerprint);
}

Result<EnrolmentCode> parse_enrolment_code(std::string_view text) {
    const std::size_t plus = text.find('+');
    const auto code = signs_in(text.substr(0, plus), kCodeSigns);
    const auto fingerprint =
        plus == text.npos ? std::string() : signs_in(text.substr(plus + 1), kFingerprintSigns);
    if (!code || !fingerprint)
        return fail(ErrorCode::Invalid,
                    "this is not a whole enrolment code; machikoe enroll prints one");
    return EnrolmentCode{grouped(*code), *fingerprint};
}

std::string fingerprint_of(std::string_view der) {
    // The digest as one large number, in the digits of the alphabet, lowest first.
    const std::string digest = sha256_hex(der);
    std::string number(digest.size() / 2, '\0');
    for (std::size_t i = 0; i < number.size(); ++i)
        number[i] = static_cast<char>(std::stoi(digest.substr(2 * i, 2), nullptr, 16));
    std::string signs;
    while (signs.size() < kFingerprintSigns) {
        unsigned rest = 0;
        for (char& byte : number) {
            const unsigned value = rest * 256 + static_cast<unsigned char>(byte);
            byte = static_cast<char>(value / kCodeAlphabet.size());
            rest = value % static_cast<unsigned>(kCodeAlphabet.size());
        }
        signs += kCodeAlphabet[rest];
    }
    return signs;
}

}  // namespace machikoe
