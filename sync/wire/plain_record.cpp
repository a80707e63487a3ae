#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "sync/wire/json.h"
#include "sync/wire/plain.h"
#include "sync/wire/record_rules.h"

namespace machikoe::wire {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

// No value is shorter than two bytes, so that no record of this size has more than 10,000: the
// strict reader's limit holds without counting.
constexpr std::size_t kMaxPlainBytes = 20'000;

/// Members that were there, a bit each; false: one of them twice.
class Seen {
  public:
    bool add(unsigned member) {
        const unsigned bit = 1u << member;
        const bool is_new = (bits_ & bit) == 0;
        bits_ |= bit;
        return is_new;
    }
    bool has_all(unsigned bits) const { return (bits_ & bits) == bits; }

  private:
    unsigned bits_ = 0;
};

bool take_id(const element& value, std::string& id) {
    std::string_view view;
    if (value.get(view) || !is_id(view)) return false;
    id = view;
    return true;
}

bool take_ids(const element& value, std::size_t max_items, std::vector<std::string>& ids) {
    array items;
    if (value.get(items) || items.size() > max_items) return false;
    ids.reserve(items.size());
    for (const element item : items)
        if (!take_id(item, ids.emplace_back())) return false;
    return true;
}

/// Of a place: no control characters.
bool take_text(const element& value, std::string& text) {
    std::string_view view;
    if (value.get(view) || view.size() > kMaxNameBytes) return false;
    const bool is_plain = std::ranges::none_of(view, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7f;
    });
    text = view;
    return is_plain;
}

bool take_integer(const element& value, std::int64_t min, std::int64_t max, int& number) {
    std::int64_t wide = 0;
    if (value.get(wide) || wide < min || wide > max) return false;
    number = static_cast<int>(wide);
    return true;
}

template <class Enum>
bool take_named(const element& value, Enum& named, std::optional<Enum> (*of)(std::string_view)) {
    std::string_view view;
    if (value.get(view)) return false;
    const std::optional<Enum> found = of(view);
    named = found.value_or(Enum{});
    return found.has_value();
}

bool take_day(const element& value, std::string& day) {
    std::string_view view;
    if (value.get(view) || !wire::is_day(view)) return false;
    day = view;
    return true;
}

bool take_seed(const element& value, std::uint64_t& seed) {
    std::string_view digits;
    if (value.get(digits) || !is_lower_hex(digits, 16)) return false;
    std::from_chars(digits.data(), digits.data() + digits.size(), seed, 16);
    return true;
}

bool take_pack(const element& value, Response& response) {
    object members;
    if (value.get(members) || members.size() != 2) return false;
    std::string_view hash;
    if (members["hash"].get(hash) || !is_lower_hex(hash, 64)) return false;
    response.pack_hash = hash;
    element id;
    return !members["id"].get(id) && take_id(id, response.pack_id);
}

/// The status and, exactly where there is an answer, one value.
bool take_answer(const element& value, Answer& answer) {
    object members;
    if (value.get(members)) return false;
    int statuses = 0, values = 0;
    for (const auto& [name, member] : members) {
        if (name == "status") {
            ++statuses;
            if (!take_named(member, answer.status, answer_status_of)) return false;
            continue;
        }
        ++values;
        if (name == "options") {
            if (!take_ids(member, kMaxChosen, answer.value.emplace<ChosenOptions>())) return false;
        } else if (name == "number") {
            if (member.get(answer.value.emplace<std::int64_t>())) return false;
        } else if (name == "text") {
            std::string_view text;
            if (member.get(text)) return false;
            answer.value.emplace<std::string>(text);
        } else {
            return false;
        }
    }
    return statuses == 1 && values == (answer.status == AnswerStatus::Answered ? 1 : 0);
}

bool take_answers(const element& value, Answers& answers) {
    object members;
    if (value.get(members)) return false;
    for (const auto& [name, member] : members) {
        if (!is_question_id(name)) return false;
        const auto before = answers.size();
        const auto place = answers.try_emplace(answers.end(), std::string(name));
        if (answers.size() == before || !take_answer(member, place->second)) return false;
    }
    return true;
}

/// Other marks are of a newer kiosk.
bool take_marks(const element& value, Response& response) {
    std::vector<std::string> marks;
    if (!take_ids(value, kMaxIssues, marks)) return false;
    for (const std::string& mark : marks) {
        response.hurried |= mark == "hurried";
        response.repeated |= mark == "repeated";
    }
    return true;
}

constexpr unsigned kNeeded = 13;  // the first so many; the others may be missing

bool take_member(std::string_view name, const element& value, Response& r, Seen& seen) {
    constexpr auto kMost = std::numeric_limits<std::int32_t>::max();
    int version = 0;
    if (name == "answers") return seen.add(0) && take_answers(value, r.answers);
    if (name == "pack") return seen.add(1) && take_pack(value, r);
    if (name == "site") return seen.add(2) && take_text(value, r.site);
    if (name == "event") return seen.add(3) && take_text(value, r.event);
    if (name == "universe") return seen.add(4) && take_named(value, r.universe, universe_of);
    if (name == "mode") return seen.add(5) && take_named(value, r.mode, mode_of);
    if (name == "day") return seen.add(6) && take_day(value, r.when.day);
    if (name == "hour") return seen.add(7) && take_integer(value, -1, 23, r.when.hour);
    if (name == "language") return seen.add(8) && take_named(value, r.language, language_of);
    if (name == "seed") return seen.add(9) && take_seed(value, r.seed);
    if (name == "duration_s") return seen.add(10) && take_integer(value, 0, kMost, r.duration_s);
    if (name == "issues_opened")
        return seen.add(11) && take_ids(value, kMaxIssues, r.issues_opened);
    if (name == "version")
        return seen.add(12) && take_integer(value, kRecordVersion, kRecordVersion, version);
    if (name == "length") return seen.add(13) && take_named(value, r.length, survey_length_of);
    if (name == "assistance") return seen.add(14) && take_named(value, r.assistance, assistance_of);
    if (name == "marks") return seen.add(15) && take_marks(value, r);
    if (name == "abandoned") return seen.add(16) && take_ids(value, kMaxIssues, r.abandoned);
    return false;
}

}  // namespace

std::optional<Response> read_plain_record(std::string_view bytes) {
    // Escaped code points (surrogates by halves among them) are for the strict reader.
    if (bytes.size() > kMaxPlainBytes || bytes.find("\\u") != bytes.npos) return std::nullopt;
    thread_local simdjson::dom::parser parser;
    object members;
    if (parser.parse(bytes.data(), bytes.size()).get(members)) return std::nullopt;
    Response response;
    Seen seen;
    for (const auto& [name, value] : members)
        if (!take_member(name, value, response, seen)) return std::nullopt;
    const bool has_time = response.when.hour < 0 || response.when.day.size() == 10;
    if (!seen.has_all((1u << kNeeded) - 1) || !has_time) return std::nullopt;
    return response;
}

}  // namespace machikoe::wire
