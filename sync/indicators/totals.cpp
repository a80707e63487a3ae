#include "sync/indicators/indicators.h"

namespace machikoe {

TotalsCounter::TotalsCounter(const Pack& pack, int minimum_base)
    : pack_(pack), minimum_base_(minimum_base) {
    for (const Question& question : pack.survey.questions) {
        if (question.options.empty()) continue;
        QuestionTotals totals;
        totals.question = question.id;
        for (const Option& option : question.options) totals.by_option[option.id] = 0;
        totals_.emplace(question.id, std::move(totals));
    }
}

void TotalsCounter::add(const Response& response) {
    if (response.pack_id != pack_.plan.id || response.pack_hash != pack_.hash) return;
    for (const auto& [question, answer] : response.answers) {
        const auto* chosen = std::get_if<ChosenOptions>(&answer.value);
        const auto totals = totals_.find(question);
        if (answer.status != AnswerStatus::Answered || !chosen || totals == totals_.end()) continue;
        ++totals->second.n;
        for (const std::string& option : *chosen) ++totals->second.by_option[option];
    }
}

std::vector<QuestionTotals> TotalsCounter::totals() const {
    std::vector<QuestionTotals> in_order;
    for (const Question& question : pack_.survey.questions) {
        const auto found = totals_.find(question.id);
        if (found == totals_.end()) continue;
        QuestionTotals totals = found->second;
        totals.enough = totals.n > 0 && totals.n >= minimum_base_;
        if (!totals.enough) totals.by_option.clear();
        in_order.push_back(std::move(totals));
    }
    return in_order;
}

SteppedTotals::SteppedTotals(const Pack& pack)
    : pack_(pack), counter_(pack), published_{pack.hash, 0, counter_.totals()} {}

void SteppedTotals::restore(const Response& response) {
    if (response.pack_hash != pack_.hash) return;
    counter_.add(response);
    ++counted_;
}

void SteppedTotals::add(const Response& response) {
    restore(response);
    publish_if_full();
}

void SteppedTotals::publish_if_full() {
    if (counted_ % kTotalsStep != 0 || counted_ == published_.responses) return;
    published_.questions = counter_.totals();
    published_.responses = counted_;
}

}  // namespace machikoe
