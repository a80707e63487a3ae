#include "app/narration/wording.h"

#include <algorithm>
#include <optional>

namespace machikoe {
namespace {

std::string_view key_of(Role role) {
    switch (role) {
        case Role::Button:
            return "speech.role.button";
        case Role::Key:
            return "speech.role.key";
        case Role::Toggle:
            return "speech.role.toggle";
        case Role::Choice:
            return "speech.role.choice";
        case Role::Check:
            return "speech.role.check";
        case Role::Link:
            return "speech.role.link";
        case Role::Heading:
            return "speech.role.heading";
        case Role::Image:
            return "speech.role.image";
        case Role::Progress:
            return "speech.role.progress";
        case Role::Dialog:
            return "speech.role.dialog";
        case Role::Text:
            break;
    }
    return "";
}

std::string_view key_of(PadKey key) {
    switch (key) {
        case PadKey::Previous:
            return "speech.keys.previous";
        case PadKey::Next:
            return "speech.keys.next";
        case PadKey::PageBack:
            return "speech.keys.page-back";
        case PadKey::PageOn:
            return "speech.keys.page-on";
        case PadKey::Enter:
            return "speech.keys.enter";
        case PadKey::Help:
            return "speech.keys.help";
        case PadKey::Repeat:
            return "speech.keys.repeat";
        case PadKey::Pause:
            return "speech.keys.pause";
        case PadKey::Louder:
            return "speech.keys.louder";
        case PadKey::Quieter:
            return "speech.keys.quieter";
        case PadKey::Faster:
            return "speech.keys.faster";
        case PadKey::Slower:
            return "speech.keys.slower";
        case PadKey::Curtain:
            return "speech.keys.curtain";
    }
    return "";
}

std::string_view key_of(Language language) {
    switch (language) {
        case Language::Ja:
            return "speech.language.ja";
        case Language::JaEasy:
            return "speech.language.ja-easy";
        case Language::En:
            return "speech.language.en";
        case Language::ZhHans:
            return "speech.language.zh-hans";
        case Language::ZhHant:
            return "speech.language.zh-hant";
        case Language::Ko:
            return "speech.language.ko";
        case Language::Vi:
            return "speech.language.vi";
    }
    return "";
}

bool is_chosen_from_others(const Node& node) {
    return node.role == Role::Choice || node.role == Role::Check;
}

/// The language that such a node would switch to.
std::optional<Language> offered_by(const Node& node) {
    for (const std::string_view prefix : {"choose:", "language:"})
        if (node.id.starts_with(prefix)) return language_of(node.id.substr(prefix.size()));
    return std::nullopt;
}

}  // namespace

Words program_words(const Strings& strings, std::string_view key, Language language,
                    std::initializer_list<std::string_view> slots) {
    return {without_ruby(strings.format(key, language, slots)), language};
}

void Worder::add_name(Wording& wording, const Node& node, Language language) const {
    const auto offered = offered_by(node);
    if (offered && speaks_(*offered)) {
        wording.push_back({without_ruby(native_name_of(*offered)), *offered});
    } else if (offered) {
        wording.push_back(text(key_of(*offered), language));
    } else {
        // The name of a button in which an answer stands is the question; its value is the answer.
        const bool is_answer = node.tells_answer && node.value.empty();
        const Language said_in = node.language.value_or(language);
        if (speaks_(said_in)) wording.push_back({node.name, said_in, is_answer});
    }
    const bool is_new = node.value != node.name && node.role != Role::Toggle;
    if (!node.value.empty() && is_new) wording.push_back({node.value, language, node.tells_answer});
}

void Worder::add_state(Wording& wording, const Node& node, Language language) const {
    if (!node.enabled) wording.push_back(text("speech.unavailable", language));
    if (node.role == Role::Toggle)
        wording.push_back(text(node.selected ? "speech.on" : "speech.off", language));
    if (!is_chosen_from_others(node) && !(node.role == Role::Image && node.selected)) return;
    const bool is_setting = offered_by(node).has_value();
    if (is_setting && !node.selected) return;
    Words state = text(node.selected ? "speech.chosen" : "speech.not-chosen", language);
    state.tells_answer = !is_setting;
    wording.push_back(std::move(state));
}

Wording Worder::of(const Node& node, const Focus& focus, Language language) const {
    Wording wording;
    add_name(wording, node, language);
    if (const std::string_view role = key_of(node.role); !role.empty())
        wording.push_back(text(role, language));
    add_state(wording, node, language);
    wording.push_back(text("speech.position", language,
                           {std::to_string(focus.place()), std::to_string(focus.count())}));
    return wording;
}

Wording Worder::of_change(const Node& before, const Node& after, Language language) const {
    Wording wording;
    if (before.selected != after.selected && is_chosen_from_others(after)) {
        Words state = text(after.selected ? "speech.chose" : "speech.unchose", language);
        state.tells_answer = !offered_by(after).has_value();
        return {std::move(state)};
    }
    if (before.name != after.name || before.value != after.value)
        add_name(wording, after, language);
    if (before.selected != after.selected) add_state(wording, after, language);
    return wording;
}

Wording Worder::state_of(const Node& node, Language language) const {
    Wording wording;
    add_state(wording, node, language);
    return wording;
}

Wording Worder::help(const Node& node, Language language) const {
    if (!node.enabled) return {text("speech.unavailable", language)};
    switch (node.role) {
        case Role::Choice:
            return {text("speech.help.choose-one", language)};
        case Role::Check:
            return {text("speech.help.choose", language)};
        case Role::Toggle:
        case Role::Button:
        case Role::Key:
        case Role::Link:
            return {text("speech.help.act", language)};
        default:
            return {text("speech.only-read", language)};
    }
}

Wording Worder::of_key(PadKey key, Language language) const {
    return {text(key_of(key), language)};
}

}  // namespace machikoe
