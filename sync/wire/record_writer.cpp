#include <simdjson.h>

#include <charconv>

#include "sync/wire/json.h"
#include "sync/wire/record.h"

namespace machikoe {
namespace {

template <class... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

/// Compact JSON, member by member.  Names go in sorted, as nlohmann::json would have them: equal
/// responses have always given equal bytes, and hashes of them are kept.
class Writer {
  public:
    Writer() { text_.reserve(kUsualBytes); }

    Writer& name(std::string_view name) {
        separate();
        quote(name);
        text_ += ':';
        return *this;
    }
    void value(std::string_view text) {
        separate();
        quote(text);
    }
    void value(std::int64_t number) {
        separate();
        char digits[24];
        text_.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
    }
    void value(const std::vector<std::string>& texts) {
        begin('[');
        for (const std::string& text : texts) value(std::string_view(text));
        end(']');
    }
    void begin(char bracket) {
        separate();
        text_ += bracket;
    }
    void end(char bracket) { text_ += bracket; }
    std::string take() { return std::move(text_); }

  private:
    static constexpr std::size_t kUsualBytes = 2048;

    void separate() {
        const char last = text_.empty() ? '{' : text_.back();
        if (last != '{' && last != '[' && last != ':') text_ += ',';
    }
    void quote(std::string_view text) {
        // Rare enough to be slow: what is not UTF-8 must not cost the whole response.
        if (!simdjson::validate_utf8(text.data(), text.size())) {
            text_ += wire::to_bytes(nlohmann::json(std::string(text)));
            return;
        }
        text_ += '"';
        std::size_t plain = 0;
        for (std::size_t at = 0; at < text.size(); ++at) {
            const auto byte = static_cast<unsigned char>(text[at]);
            if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
            text_.append(text, plain, at - plain);
            escape(byte);
            plain = at + 1;
        }
        text_.append(text, plain);
        text_ += '"';
    }
    void escape(unsigned char byte) {
        constexpr std::string_view kShort = "\b\t\n\f\r\"\\", kLetter = "btnfr\"\\";
        text_ += '\\';
        if (const auto at = kShort.find(static_cast<char>(byte)); at != kShort.npos) {
            text_ += kLetter[at];
            return;
        }
        constexpr std::string_view kDigits = "0123456789abcdef";
        text_.append("u00") += kDigits[byte >> 4];
        text_ += kDigits[byte & 15];
    }

    std::string text_;
};

void write(Writer& out, const Answer& answer) {
    out.begin('{');
    const auto status = [&] { out.name("status").value(name_of(answer.status)); };
    std::visit(Overloaded{[&](std::monostate) { status(); },
                          [&](const ChosenOptions& options) {
                              out.name("options").value(options);
                              status();
                          },
                          [&](std::int64_t number) {
                              out.name("number").value(number);
                              status();
                          },
                          [&](const std::string& text) {
                              status();
                              out.name("text").value(std::string_view(text));
                          }},
               answer.value);
    out.end('}');
}

/// 16 hex digits, not a number: above 2^53 a JSON number is not the same everywhere.
std::string seed_text(std::uint64_t seed) {
    char digits[16];
    const auto end = std::to_chars(digits, digits + sizeof digits, seed, 16).ptr;
    const std::string text(digits, end);
    return std::string(16 - text.size(), '0') + text;
}

std::vector<std::string> marks_of(const Response& response) {
    std::vector<std::string> marks;
    if (response.hurried) marks.push_back("hurried");
    if (response.repeated) marks.push_back("repeated");
    return marks;
}

}  // namespace

std::string encode_record(const Response& response) {
    Writer out;
    out.begin('{');
    // Left out where there are none, as in nearly every record; marks below, too.
    if (!response.abandoned.empty()) out.name("abandoned").value(response.abandoned);
    out.name("answers").begin('{');
    for (const auto& [question, answer] : response.answers) write(out.name(question), answer);
    out.end('}');
    out.name("assistance").value(name_of(response.assistance));
    out.name("day").value(std::string_view(response.when.day));
    out.name("duration_s").value(std::int64_t{response.duration_s});
    out.name("event").value(std::string_view(response.event));
    out.name("hour").value(std::int64_t{response.when.hour});
    out.name("issues_opened").value(response.issues_opened);
    out.name("language").value(tag_of(response.language));
    out.name("length").value(name_of(response.length));
    if (const auto marks = marks_of(response); !marks.empty()) out.name("marks").value(marks);
    out.name("mode").value(name_of(response.mode));
    out.name("pack").begin('{');
    out.name("hash").value(std::string_view(response.pack_hash));
    out.name("id").value(std::string_view(response.pack_id));
    out.end('}');
    out.name("seed").value(std::string_view(seed_text(response.seed)));
    out.name("site").value(std::string_view(response.site));
    out.name("universe").value(name_of(response.universe));
    out.name("version").value(std::int64_t{kRecordVersion});
    out.end('}');
    return out.take();
}

}  // namespace machikoe
