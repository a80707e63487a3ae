// Prompts: everything that a kiosk may have to say, with the key under which it stands.
//
// A pack's texts (`survey/s1/text`), the program's words (`strings/back`) and numbers
// (`number/12`, `number/3/人`).  A text of the program with {0} in it is said in parts: what
// stands between the slots has a clip each (`strings/issue.budget#1`), and what is filled in has
// its own.  What makes no sound ("、", "-") is no prompt.  Official text is Japanese whatever
// language is read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/survey/survey.h"
#include "app/voice/spoken.h"

namespace machikoe {

struct Prompt {
    Language language = Language::Ja;  // chosen by the resident
    Language said_in = Language::Ja;   // another one for official text
    std::string key;
    std::string text;  // as the source has it, with mark-up
    Spoken spoken;
};

/// A text with slots, taken apart.
struct TemplatePart {
    std::string text;  // said as it is; empty for a slot
    int slot = -1;
    std::string counter;  // of a slot: belongs to the number, no longer to the text behind it
};
std::vector<TemplatePart> split_template(std::string_view text, Language language);

/// A text of assets/strings.
struct ProgramText {
    std::string key;  // without "strings/"
    std::string text;
    std::vector<TemplatePart> parts;
    bool is_template() const { return parts.size() != 1 || parts[0].slot >= 0; }
};
/// Invalid names file and line.
Result<std::vector<ProgramText>> program_texts(const std::filesystem::path& strings,
                                               Language language);

/// Of a pack, in one of its languages.  A text of several sentences has a prompt for each, because
/// a page may end between them.
std::vector<Prompt> pack_prompts(const Plan& plan, const Survey& survey, Language language,
                                 const Lexicon& lexicon);

/// Of the program: assets/strings, numbers, names of languages (each in its own) and of keys.
/// Invalid names file and line.
Result<std::vector<Prompt>> program_prompts(const std::filesystem::path& strings, Language language,
                                            const Lexicon& lexicon);

/// What is said for a whole number, clip by clip, as texts that have one: 28,523 is "20000",
/// "8000", … in Japanese.  `counter`: what it counts ("人", "%"), or nothing.
/// REQUIRES: number < 10¹², and < 10,000 in other languages than Japanese and English.
std::vector<std::string> number_parts(std::uint64_t number, Language language,
                                      std::string_view counter);

}  // namespace machikoe
