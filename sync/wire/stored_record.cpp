#include "sync/wire/stored_record.h"

#include <simdjson.h>

#include <array>
#include <charconv>

namespace machikoe {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

/// False where decode_record() has to look.
bool take(const element& value, std::string& text) {
    std::string_view view;
    if (value.get(view)) return false;
    text = view;
    return true;
}

bool take(const element& value, std::vector<std::string>& texts) {
    array items;
    if (value.get(items)) return false;
    texts.reserve(items.size());
    for (const element item : items)
        if (!take(item, texts.emplace_back())) return false;
    return true;
}

bool take(const element& value, int& number) {
    std::int64_t wide = 0;
    if (value.get(wide)) return false;
    number = static_cast<int>(wide);
    return true;
}

template <class Enum>
bool take(const element& value, Enum& named, std::optional<Enum> (*of)(std::string_view)) {
    std::string_view view;
    if (value.get(view)) return false;
    const std::optional<Enum> found = of(view);
    named = found.value_or(Enum{});
    return found.has_value();
}

bool take(const element& value, Answer& answer) {
    object members;
    if (value.get(members)) return false;
    for (const auto& [name, member] : members) {
        if (name == "status") {
            if (!take(member, answer.status, answer_status_of)) return false;
        } else if (name == "options") {
            if (!take(member, answer.value.emplace<ChosenOptions>())) return false;
        } else if (name == "number") {
            std::int64_t number = 0;
            if (member.get(number)) return false;
            answer.value = number;
        } else if (name == "text") {
            if (!take(member, answer.value.emplace<std::string>())) return false;
        }
    }
    return true;
}

bool take(const element& value, Answers& answers) {
    object members;
    if (value.get(members)) return false;
    for (const auto& [name, member] : members)
        if (!take(member, answers.try_emplace(answers.end(), std::string(name))->second))
            return false;
    return true;
}

bool take_pack(const element& value, Response& response) {
    std::string_view id, hash;
    if (value["id"].get(id) || value["hash"].get(hash)) return false;
    response.pack_id = id;
    response.pack_hash = hash;
    return true;
}

bool take_marks(const element& value, Response& response) {
    std::vector<std::string> marks;
    if (!take(value, marks)) return false;
    for (const std::string& mark : marks) {
        response.hurried |= mark == "hurried";
        response.repeated |= mark == "repeated";
    }
    return true;
}

bool take_seed(const element& value, std::uint64_t& seed) {
    std::string_view digits;
    if (value.get(digits)) return false;
    return std::from_chars(digits.data(), digits.data() + digits.size(), seed, 16).ec ==
           std::errc{};
}

bool take_member(std::string_view name, const element& value, Response& r) {
    if (name == "answers") return take(value, r.answers);
    if (name == "pack") return take_pack(value, r);
    if (name == "site") return take(value, r.site);
    if (name == "event") return take(value, r.event);
    if (name == "universe") return take(value, r.universe, universe_of);
    if (name == "mode") return take(value, r.mode, mode_of);
    if (name == "day") return take(value, r.when.day);
    if (name == "hour") return take(value, r.when.hour);
    if (name == "language") return take(value, r.language, language_of);
    if (name == "length") return take(value, r.length, survey_length_of);
    if (name == "assistance") return take(value, r.assistance, assistance_of);
    if (name == "seed") return take_seed(value, r.seed);
    if (name == "duration_s") return take(value, r.duration_s);
    if (name == "issues_opened") return take(value, r.issues_opened);
    if (name == "marks") return take_marks(value, r);
    if (name == "abandoned") return take(value, r.abandoned);
    int version = 0;
    return name != "version" || (take(value, version) && version == kRecordVersion);
}

}  // namespace

struct StoredRecords::Parser {
    simdjson::dom::parser parser;
};

StoredRecords::StoredRecords() : parser_(std::make_unique<Parser>()) {}
StoredRecords::~StoredRecords() = default;

Result<Response> StoredRecords::read(std::string_view bytes) {
    object members;
    if (parser_->parser.parse(bytes.data(), bytes.size()).get(members)) return decode_record(bytes);
    Response response;
    // Every member that has always been there is there, once, in what encode_record() wrote.
    std::size_t taken = 0;
    for (const auto& [name, value] : members) {
        if (!take_member(name, value, response)) return decode_record(bytes);
        if (name != "marks" && name != "abandoned") ++taken;
    }
    constexpr std::size_t kMembers = 15;
    return taken == kMembers ? Result<Response>(std::move(response)) : decode_record(bytes);
}

}  // namespace machikoe
