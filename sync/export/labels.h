// Labels: the words for ids, for every export alike.
#pragma once

#include <string>
#include <string_view>

#include "app/survey/pack.h"
#include "sync/indicators/tables.h"

namespace machikoe {

/// Plain text without ruby; "" where the pack has no such language.
std::string label_in(const Text& text, Language language);
/// In Japanese where the pack has no such language.
std::string label_of(const Text& text, Language language);
std::string question_label(const Pack& pack, std::string_view question, Language language);
std::string option_label(const Pack& pack, std::string_view question, std::string_view option,
                         Language language);
/// Of a variable: its question, or "universe" in words.
std::string variable_label(const Pack& pack, std::string_view variable, Language language);
/// Of one of its groups; of "" the words for "did not say".
std::string group_label(const Pack& pack, std::string_view variable, std::string_view group,
                        Language language);
std::string_view universe_label(Universe universe, Language language);
std::string_view status_label(AnswerStatus status, Language language);

}  // namespace machikoe
