#include "sync/indicators/tables.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace machikoe {
namespace {

bool groups_people(const Question& question) {
    return question.section == kAboutSection &&
           (question.type == QuestionType::Single || question.type == QuestionType::AgeBand ||
            question.type == QuestionType::Area);
}

bool has_one_choice(const Question& question) {
    return question.type == QuestionType::Single || question.type == QuestionType::Scale ||
           question.type == QuestionType::AgeBand || question.type == QuestionType::Area;
}

std::vector<CrossVariable> variables_of(const Pack& pack) {
    CrossVariable universe{std::string(kUniverseVariable), {}};
    for (const Universe each : {Universe::Resident, Universe::Parent,
                                Universe::CommunityOrganisation, Universe::Participant})
        universe.groups.emplace_back(name_of(each));
    universe.groups.emplace_back("");
    std::vector<CrossVariable> variables{universe};
    for (const Question& question : pack.survey.questions) {
        if (!groups_people(question)) continue;
        CrossVariable variable{question.id, {}};
        for (const Option& option : question.options) variable.groups.push_back(option.id);
        variable.groups.emplace_back("");
        variables.push_back(std::move(variable));
    }
    return variables;
}

double to_one_decimal(double value) {
    return std::floor(value * 10 + 0.5) / 10;
}

/// The middle one, or halfway between the two in the middle.
double median_of(const std::map<std::int64_t, std::int64_t>& numbers, std::int64_t n) {
    const auto at = [&](std::int64_t rank) {
        for (const auto& [number, count] : numbers)
            if ((rank -= count) <= 0) return static_cast<double>(number);
        return 0.0;
    };
    return (at((n + 1) / 2) + at(n / 2 + 1)) / 2;
}

std::vector<std::optional<std::int64_t>> visible(const MarginTable& table, int row) {
    std::vector<std::optional<std::int64_t>> cells;
    for (int c = 0; c < table.columns(); ++c)
        cells.push_back(table.is_hidden(row, c) ? std::nullopt
                                                : std::optional(table.value(row, c)));
    return cells;
}

}  // namespace

TableCounter::TableCounter(const Pack& pack) : variables_(variables_of(pack)) {
    for (const CrossVariable& variable : variables_) {
        auto& places = group_places_.emplace_back();
        for (std::size_t g = 0; g < variable.groups.size(); ++g)
            places.emplace(variable.groups[g], g);
        people_.emplace_back(variable.groups.size());
    }
    for (const Question& question : pack.survey.questions) {
        if (question.type == QuestionType::Note) continue;
        place_of_question_.emplace(question.id, counts_.size());
        Counts counts;
        counts.question = &question;
        for (const Option& option : question.options)
            counts.place.emplace(option.id, counts.place.size());
        counts.by_option.resize(question.options.size());
        for (const CrossVariable& variable : variables_) {
            counts.base.emplace_back(variable.groups.size());
            counts.cross.emplace_back(variable.groups.size() * question.options.size());
        }
        counts_.emplace_back().fill(counts);
    }
}

TableCounter::Counts TableCounter::sum_of(const ByUniverse& universes, const DisclosureRule& rule) {
    const auto add = [](std::vector<std::int64_t>& sum, const std::vector<std::int64_t>& more) {
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += more[i];
    };
    constexpr auto kAnswered = static_cast<std::size_t>(AnswerStatus::Answered);
    Counts sum;
    bool has_any = false;
    for (const Counts& counts : universes) {
        if (counts.by_status[kAnswered] < rule.minimum_base) continue;
        if (!std::exchange(has_any, true)) {
            sum = counts;
            continue;
        }
        for (std::size_t i = 0; i < std::size(sum.by_status); ++i)
            sum.by_status[i] += counts.by_status[i];
        add(sum.by_option, counts.by_option);
        for (const auto& [number, times] : counts.numbers) sum.numbers[number] += times;
        for (std::size_t v = 0; v < sum.base.size(); ++v) {
            add(sum.base[v], counts.base[v]);
            add(sum.cross[v], counts.cross[v]);
        }
    }
    // None is large enough: the largest alone, so that the table can say how few there are.
    if (!has_any)
        sum = *std::ranges::max_element(universes, {}, [](const Counts& counts) {
            return counts.by_status[static_cast<std::size_t>(AnswerStatus::Answered)];
        });
    return sum;
}

std::vector<std::size_t> TableCounter::groups_of(const Response& response) const {
    std::vector<std::size_t> groups;
    for (std::size_t v = 0; v < variables_.size(); ++v) {
        std::string_view group;
        if (v == 0) {
            group = name_of(response.universe);
        } else if (const auto found = response.answers.find(variables_[v].id);
                   found != response.answers.end()) {
            const auto* chosen = std::get_if<ChosenOptions>(&found->second.value);
            if (chosen && chosen->size() == 1) group = chosen->front();
        }
        const auto place = group_places_[v].find(group);
        groups.push_back(place == group_places_[v].end() ? variables_[v].groups.size() - 1
                                                         : place->second);
    }
    return groups;
}

void TableCounter::count(Counts& counts, const Answer& answer,
                         const std::vector<std::size_t>& groups) {
    ++counts.by_status[static_cast<std::size_t>(answer.status)];
    if (answer.status != AnswerStatus::Answered) return;
    if (const auto* number = std::get_if<std::int64_t>(&answer.value)) ++counts.numbers[*number];
    const auto* chosen = std::get_if<ChosenOptions>(&answer.value);
    if (!chosen) return;
    for (std::size_t v = 0; v < groups.size(); ++v) ++counts.base[v][groups[v]];
    for (const std::string& option : *chosen) {
        const auto place = counts.place.find(option);
        if (place == counts.place.end()) continue;
        ++counts.by_option[place->second];
        for (std::size_t v = 0; v < groups.size(); ++v)
            ++counts.cross[v][place->second * variables_[v].groups.size() + groups[v]];
    }
}

void TableCounter::add(const Response& response) {
    const std::vector<std::size_t> groups = groups_of(response);
    for (std::size_t v = 0; v < groups.size(); ++v) ++people_[v][groups[v]];
    // Questions that a response does not name were not shown; both are in order of id or found.
    for (const auto& [question, answer] : response.answers) {
        const auto place = place_of_question_.find(question);
        if (place == place_of_question_.end()) continue;
        count(counts_[place->second][static_cast<std::size_t>(response.universe)], answer, groups);
    }
}

std::vector<QuestionTable> TableCounter::questions(const DisclosureRule& rule) const {
    std::vector<QuestionTable> tables;
    for (const ByUniverse& universes : counts_) {
        if (groups_people(*universes.front().question)) continue;
        const Counts counts = sum_of(universes, rule);
        QuestionTable table;
        table.question = counts.question->id;
        const auto of = [&](AnswerStatus status) {
            return counts.by_status[static_cast<std::size_t>(status)];
        };
        table.answered = of(AnswerStatus::Answered);
        table.shown = table.answered > 0 && table.answered >= rule.minimum_base;
        table.reference_only = table.answered < rule.reference_base;
        table.by_option.resize(counts.by_option.size());
        if (table.shown) {
            table.skipped = of(AnswerStatus::Skipped);
            table.refused = of(AnswerStatus::Refused);
            table.not_shown = of(AnswerStatus::NotShown);
            table.not_asked = of(AnswerStatus::NotAsked);
            for (std::size_t i = 0; i < counts.by_option.size(); ++i)
                table.by_option[i] = counts.by_option[i];
            if (!counts.numbers.empty()) {
                double sum = 0;
                for (const auto& [number, times] : counts.numbers)
                    sum += static_cast<double>(number) * static_cast<double>(times);
                table.mean = to_one_decimal(sum / static_cast<double>(table.answered));
                table.median = to_one_decimal(median_of(counts.numbers, table.answered));
            }
        }
        tables.push_back(std::move(table));
    }
    return tables;
}

CrossTable TableCounter::cross_of(const Counts& counts, std::size_t variable,
                                  const DisclosureRule& rule) const {
    const auto groups = static_cast<int>(variables_[variable].groups.size());
    const auto options = static_cast<int>(counts.by_option.size());
    const std::vector<std::int64_t>& base = counts.base[variable];
    const std::vector<std::int64_t>& cross = counts.cross[variable];
    CrossTable table{counts.question->id, variables_[variable], {}, {}, false};
    const auto note = [&](const auto& cells) {
        for (const auto& cell : cells) table.has_hidden |= !cell;
    };
    if (has_one_choice(*counts.question)) {
        MarginTable margins(options, groups, cross);
        apply(rule, margins);
        for (int o = 0; o < options; ++o) note(table.counts.emplace_back(visible(margins, o)));
        note(table.bases = visible(margins, options));
        return table;
    }
    // Several choices: each option is a table of its own, chosen or not, over the same bases.
    MarginTable bases(1, groups, base);
    apply(rule, bases);
    note(table.bases = visible(bases, 1));
    for (int o = 0; o < options; ++o) {
        std::vector<std::int64_t> inner(cross.begin() + o * groups,
                                        cross.begin() + (o + 1) * groups);
        for (int g = 0; g < groups; ++g)
            inner.push_back(base[static_cast<std::size_t>(g)] - inner[static_cast<std::size_t>(g)]);
        MarginTable margins(2, groups, inner);
        for (int g = 0; g < groups; ++g)
            if (bases.is_hidden(1, g))
                for (int r = 0; r < 3; ++r) margins.hide(r, g);
        apply(rule, margins);
        // Bases are printed once for all options: what was found to give one away goes as well.
        auto& cells = table.counts.emplace_back(visible(margins, 0));
        for (int g = 0; g < groups; ++g)
            if (margins.is_hidden(1, g) || margins.is_hidden(2, g))
                cells[static_cast<std::size_t>(g)].reset();
        note(cells);
    }
    return table;
}

std::vector<CrossTable> TableCounter::crosses(const DisclosureRule& rule) const {
    std::vector<CrossTable> tables;
    for (const ByUniverse& universes : counts_) {
        const Question& question = *universes.front().question;
        if (question.options.empty() || groups_people(question)) continue;
        const Counts counts = sum_of(universes, rule);
        for (std::size_t v = 0; v < variables_.size(); ++v)
            tables.push_back(cross_of(counts, v, rule));
    }
    return tables;
}

std::vector<std::optional<std::int64_t>> TableCounter::composition(
    const CrossVariable& variable, const DisclosureRule& rule) const {
    for (std::size_t v = 0; v < variables_.size(); ++v) {
        if (!(variables_[v] == variable)) continue;
        MarginTable table(1, static_cast<int>(people_[v].size()), people_[v]);
        apply(rule, table);
        return visible(table, 1);
    }
    return {};
}

std::string TableCounter::all_counts() const {
    std::string text;
    const auto write = [&](const auto& numbers) {
        for (const std::int64_t number : numbers) text += std::to_string(number) + ' ';
        text += '\n';
    };
    for (const auto& groups : people_) write(groups);
    for (const ByUniverse& universes : counts_)
        for (const Counts& counts : universes) {
            text += counts.question->id + '\n';
            write(counts.by_status);
            write(counts.by_option);
            for (const auto& [number, times] : counts.numbers)
                text += std::to_string(number) + ':' + std::to_string(times) + ' ';
            for (const auto& base : counts.base) write(base);
            for (const auto& cross : counts.cross) write(cross);
        }
    return text;
}

}  // namespace machikoe
