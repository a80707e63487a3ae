#include "app/rehearsal/fixture.h"

#include <nlohmann/json.hpp>
#include <optional>

namespace machikoe {
namespace {

using Json = nlohmann::json;

constexpr TextSize kSizes[] = {TextSize::Small, TextSize::Standard, TextSize::Large,
                               TextSize::Largest};
constexpr ThemeChoice kThemes[] = {ThemeChoice::Standard, ThemeChoice::WhiteOnBlack,
                                   ThemeChoice::YellowOnBlack, ThemeChoice::LowGlare};

tl::unexpected<Error> wrong(const std::string& member, std::string_view why) {
    return fail(ErrorCode::Invalid, "fixture: " + member + ": " + std::string(why));
}

/// The one of `all` that is called so.
template <class Value, std::size_t n>
std::optional<Value> named(const Value (&all)[n], const Json& name) {
    for (const Value value : all)
        if (name.is_string() && name.get_ref<const std::string&>() == name_of(value)) return value;
    return std::nullopt;
}

Result<Answer> answer_of(const std::string& id, const Json& json) {
    Answer answer{AnswerStatus::Answered, std::monostate{}};
    if (json.is_number_integer()) {
        answer.value = json.get<std::int64_t>();
    } else if (json.is_string()) {
        answer.value = json.get<std::string>();
    } else if (json.is_array()) {
        ChosenOptions chosen;
        for (const Json& option : json) {
            if (!option.is_string()) return wrong(id, "options are words");
            chosen.push_back(option.get<std::string>());
        }
        answer.value = std::move(chosen);
    } else {
        return wrong(id, "wants a list of options, a number or a text");
    }
    return answer;
}

Status set_answers(const Pack& pack, Visit& visit, const Json& json) {
    if (!json.is_object()) return wrong("answers", "wants an object");
    visit.answers.clear();
    for (const auto& [id, value] : json.items()) {
        const Question* question = pack.survey.question(id);
        if (question == nullptr) return wrong(id, "the pack has no such question");
        const auto answer = answer_of(id, value);
        if (!answer) return tl::unexpected(answer.error());
        if (const Status allowed = check_answer(*question, *answer); !allowed)
            return wrong(id, allowed.error().message);
        visit.answers[id] = *answer;
    }
    return {};
}

Status set_member(const Pack& pack, Visit& visit, const std::string& member, const Json& value) {
    if (member == "answers") return set_answers(pack, visit, value);
    if (member == "page") {
        if (!value.is_number_unsigned()) return wrong(member, "wants a number from 0");
        visit.page = value.get<int>();
    } else if (member == "ruby") {
        if (!value.is_boolean()) return wrong(member, "wants true or false");
        visit.settings.ruby = value.get<bool>();
    } else if (member == "text-size") {
        const auto size = named(kSizes, value);
        if (!size) return wrong(member, "wants small, standard, large or largest");
        visit.settings.text_size = *size;
    } else if (member == "theme") {
        const auto theme = named(kThemes, value);
        if (!theme) return wrong(member, "wants standard, white-on-black, yellow-on-black, …");
        visit.settings.theme = *theme;
    } else {
        return wrong(member, "no such member");
    }
    return {};
}

}  // namespace

std::string_view name_of(TextSize size) {
    constexpr std::string_view kNames[] = {"small", "standard", "large", "largest"};
    return kNames[static_cast<int>(size)];
}

std::string_view name_of(ThemeChoice theme) {
    constexpr std::string_view kNames[] = {"standard", "white-on-black", "yellow-on-black",
                                           "low-glare"};
    return kNames[static_cast<int>(theme)];
}

Result<Visit> with_fixture(const Pack& pack, Visit visit, std::string_view json) {
    const Json root = Json::parse(json, nullptr, false);
    if (!root.is_object()) return fail(ErrorCode::Invalid, "fixture: not a JSON object");
    for (const auto& [member, value] : root.items())
        if (const Status set = set_member(pack, visit, member, value); !set)
            return tl::unexpected(set.error());
    return visit;
}

}  // namespace machikoe
