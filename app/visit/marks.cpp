#include "app/visit/marks.h"

#include <utility>

#include "app/base/crypto.h"

namespace machikoe {
namespace {

constexpr int kLeastAnswersForHurry = 3;

int answers_in(const Response& response) {
    int answered = 0;
    for (const auto& [question, answer] : response.answers)
        answered += answer.status == AnswerStatus::Answered;
    return answered;
}

std::string digest_of(const Answers& answers) {
    std::string text;
    for (const auto& [question, answer] : answers) {
        text += question + '=' + std::string(name_of(answer.status));
        if (const auto* chosen = std::get_if<ChosenOptions>(&answer.value))
            for (const std::string& option : *chosen) text += ',' + option;
        else if (const auto* number = std::get_if<std::int64_t>(&answer.value))
            text += ',' + std::to_string(*number);
        else if (const auto* words = std::get_if<std::string>(&answer.value))
            text += ',' + *words;
        text += ';';
    }
    return sha256_hex(text);
}

}  // namespace

void Marks::watch(const Visit& visit) {
    if (visit.screen == Screen::Question) question_ = visit.question;
    if (visit.screen == Screen::Saving) question_.clear();
    if (!is_at_rest(visit.screen) || question_.empty()) return;
    if (abandoned_.size() < kMostAbandoned) abandoned_.push_back(question_);
    question_.clear();
}

void Marks::mark(Response& response, Milliseconds now) {
    response.abandoned = std::exchange(abandoned_, {});
    const int answers = answers_in(response);
    response.hurried = answers >= kLeastAnswersForHurry &&
                       response.duration_s < kHurriedSecondsPerAnswer * answers;
    if (last_ && now - last_->when > kRepeatWithin) last_.reset();
    std::string digest = digest_of(response.answers);
    response.repeated = answers >= kLeastAnswersForHurry && last_ && last_->digest == digest;
    last_ = Last{std::move(digest), now};
}

}  // namespace machikoe
