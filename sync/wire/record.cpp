#include "sync/wire/record.h"

#include <charconv>
#include <chrono>

#include "sync/wire/json.h"
#include "sync/wire/plain.h"
#include "sync/wire/record_rules.h"

namespace machikoe {
namespace {

using nlohmann::json;
using namespace wire;

std::uint64_t seed_of(std::string_view digits) {
    std::uint64_t seed = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), seed, 16);
    return seed;
}

std::vector<std::string> ids_of(Members& members, const char* name, std::size_t max_items) {
    std::vector<std::string> ids;
    for (const json& item : members.array(name, max_items)) {
        if (!item.is_string() || !wire::is_id(item.get_ref<const std::string&>()))
            return members.refuse(name, "holds what is not an id"), ids;
        ids.push_back(item.get<std::string>());
    }
    return ids;
}

Answer answer_of(Members members) {
    Answer answer;
    const auto status = answer_status_of(members.text("status", 1, kMaxNameBytes));
    if (!status) return members.refuse("status", "unknown"), answer;
    answer.status = *status;
    const int values = members.has("options") + members.has("number") + members.has("text");
    if (values != (answer.status == AnswerStatus::Answered ? 1 : 0))
        return members.refuse("status", "does not go with the values given"), answer;
    if (members.has("options"))
        answer.value = ids_of(members, "options", kMaxChosen);
    else if (members.has("number"))
        answer.value = members.integer("number", std::numeric_limits<std::int64_t>::min(),
                                       std::numeric_limits<std::int64_t>::max());
    else if (members.has("text"))
        answer.value = members.free_text("text", kMaxRecordBytes);
    return answer;
}

/// The enumerator that a member names.
template <class Enum>
Enum named(Members& members, const char* name, std::optional<Enum> (*of)(std::string_view)) {
    const std::optional<Enum> value = of(members.text(name, 1, kMaxNameBytes));
    if (!value) members.refuse(name, "unknown");
    return value.value_or(Enum{});
}

}  // namespace

namespace wire {

bool is_day(std::string_view day) {
    if (day.empty()) return true;
    const bool whole = day.size() == 10 && day[7] == '-';
    if ((!whole && day.size() != 7) || day[4] != '-') return false;
    const auto number = [&](std::size_t at, std::size_t count) {
        int value = 0;
        for (const char c : day.substr(at, count)) {
            if (c < '0' || c > '9') return -1;
            value = value * 10 + (c - '0');
        }
        return value;
    };
    const int year = number(0, 4), month = number(5, 2), date = whole ? number(8, 2) : 1;
    return year >= 0 && month > 0 && date > 0 &&
           std::chrono::year_month_day{std::chrono::year{year},
                                       std::chrono::month{static_cast<unsigned>(month)},
                                       std::chrono::day{static_cast<unsigned>(date)}}
               .ok();
}

bool is_question_id(std::string_view id) {
    return is_id(id) && id.size() <= 20 && id.find_first_of("_-") == id.npos;
}

}  // namespace wire

Result<Response> decode_record(std::string_view bytes) {
    if (auto response = read_plain_record(bytes)) return std::move(*response);
    const auto parsed =
        wire::parse_object(bytes, "record", {.bytes = kMaxRecordBytes, .values = 10'000});
    if (!parsed) return tl::unexpected<Error>(parsed.error());
    std::string fault;
    Members members(*parsed, "record", fault);
    Response response;
    members.integer("version", kRecordVersion, kRecordVersion);
    Members pack(members.object("pack"), "record.pack", fault);
    response.pack_id = pack.text("id", 1, kMaxNameBytes);
    if (!wire::is_id(response.pack_id)) pack.refuse("id", "not an id");
    response.pack_hash = pack.hex("hash", 64);
    // Empty: answered before the kiosk was enrolled.
    response.site = members.text("site", 0, kMaxNameBytes);
    response.event = members.text("event", 0, kMaxNameBytes);
    response.universe = named<Universe>(members, "universe", universe_of);
    response.mode = named<Mode>(members, "mode", mode_of);
    response.when.day = members.text("day", 0, 10);
    if (!wire::is_day(response.when.day)) members.refuse("day", "not a day");
    response.when.hour = static_cast<int>(members.integer("hour", -1, 23));
    if (response.when.hour >= 0 && response.when.day.size() != 10)
        members.refuse("hour", "an hour without its day");
    response.language = named<Language>(members, "language", language_of);
    // Without them: a kiosk that knew neither, and asked everything of everybody.
    if (members.has("length"))
        response.length = named<SurveyLength>(members, "length", survey_length_of);
    if (members.has("assistance"))
        response.assistance = named<Assistance>(members, "assistance", assistance_of);
    response.seed = seed_of(members.hex("seed", 16));
    response.duration_s = static_cast<int>(
        members.integer("duration_s", 0, std::numeric_limits<std::int32_t>::max()));
    response.issues_opened = ids_of(members, "issues_opened", kMaxIssues);
    // Other marks are of a newer kiosk.
    if (members.has("marks"))
        for (const std::string& mark : ids_of(members, "marks", kMaxIssues)) {
            response.hurried |= mark == "hurried";
            response.repeated |= mark == "repeated";
        }
    if (members.has("abandoned")) response.abandoned = ids_of(members, "abandoned", kMaxIssues);
    for (const auto& [question, answer] : members.object("answers").items()) {
        if (!is_question_id(question)) {
            members.refuse("answers", "holds what is not a question's id");
            break;
        }
        response.answers.emplace(
            question, answer_of({answer, members.path_of("answers." + question), fault}));
    }
    if (!fault.empty()) return fail(ErrorCode::Invalid, fault);
    return response;
}

}  // namespace machikoe
