#include "app/ui/writing_desk.h"

#include <unicode/utf8.h>

#include <cassert>

namespace machikoe {
namespace {

constexpr Milliseconds kLookAgain{100};

/// Nothing can be written any more in this visit, or there is none.
bool is_over(Screen screen) {
    switch (screen) {
        case Screen::Attract:
        case Screen::Sleep:
        case Screen::Saving:
        case Screen::SaveFailed:
        case Screen::Thanks:
        case Screen::Neighbours:
            return true;
        default:
            return false;
    }
}

const Question* free_text_on_screen(const Pack& pack, const Visit& visit) {
    if (visit.screen != Screen::Question) return nullptr;
    const Question* question = pack.survey.question(visit.question);
    return question != nullptr && question->type == QuestionType::FreeText ? question : nullptr;
}

/// The first `most` code points: the visit takes no more.
std::string cut(std::string text, std::size_t most) {
    std::int32_t end = 0;
    const auto size = static_cast<std::int32_t>(text.size());
    for (std::size_t i = 0; i < most && end < size; ++i) U8_FWD_1(text.data(), end, size);
    if (end < size) text.resize(static_cast<std::size_t>(end));
    return text;
}

}  // namespace

const std::string& text_written(const Visit& visit, const Question& question) {
    static const std::string kNothing;
    const auto found = visit.answers.find(question.id);
    const auto* text =
        found == visit.answers.end() ? nullptr : std::get_if<std::string>(&found->second.value);
    return text == nullptr ? kNothing : *text;
}

void WritingDesk::follow(const Pack& pack, const Visit& visit) {
    if (has_begun_ && (is_over(visit.screen) || visit.seed != seed_)) forget();
    const Question* question = free_text_on_screen(pack, visit);
    if (question == nullptr) {
        question_.clear();
        return;
    }
    const std::string& text = text_written(visit, *question);
    const Language language = visit.settings.language;
    if (question->id == question_ && language == language_ && text == told_) return;
    question_ = question->id;
    language_ = language;
    most_letters_ = question->max_length;
    seed_ = visit.seed;
    has_begun_ = true;
    told(text);
    // What no answer may be is in no visit but a prepared one: it begins empty.
    if (!writing_.begin(language, most_letters_, text)) told("");
}

std::string WritingDesk::take(const WritingWish& wish) {
    assert(is_writing());
    writing_.take(wish);
    const WritingView now = writing_.view();
    return told(now.text + now.preedit.text());
}

std::string WritingDesk::finish() {
    assert(is_writing());
    return told(writing_.finish());
}

WritingView WritingDesk::view() {
    assert(is_writing());
    WritingView now = writing_.view();
    is_starting_ = now.conversion == Conversion::Starting;
    return now;
}

std::optional<Milliseconds> WritingDesk::next_due(Milliseconds last_frame) const {
    if (!is_writing() || !is_starting_) return std::nullopt;
    return last_frame + kLookAgain;
}

const std::string& WritingDesk::told(std::string text) {
    wipe(told_);
    told_ = cut(std::move(text), most_letters_);
    return told_;
}

void WritingDesk::forget() {
    writing_.forget();
    wipe(told_);
    question_.clear();
    has_begun_ = false;
}

}  // namespace machikoe
