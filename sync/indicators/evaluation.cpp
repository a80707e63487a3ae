#include "sync/indicators/evaluation.h"

#include <algorithm>
#include <cmath>

#include "sync/indicators/judge.h"

namespace machikoe {
namespace {

double rounded(double percent, int decimals) {
    const double scale = std::pow(10, decimals);
    return std::floor(percent * scale + 0.5) / scale;
}

/// Places and evenings of few people are not told apart, and neither are those whose count would
/// give them away.
std::map<std::string, std::int64_t> large_ones(const Breakdown& breakdown) {
    std::map<std::string, std::int64_t> large;
    for (std::size_t g = 0; g < breakdown.groups.size(); ++g)
        if (breakdown.responses[g] && !breakdown.groups[g].empty())
            large.emplace(breakdown.groups[g], *breakdown.responses[g]);
    return large;
}

Composition composition_of(const CrossVariable& variable, const TableCounter& tables,
                           std::int64_t responses, const EvaluationRules& rules,
                           const std::optional<Register>& people) {
    Composition composition{variable, {}, responses};
    const auto counts = tables.composition(variable, rules.disclosure);
    for (std::size_t g = 0; g < variable.groups.size(); ++g) {
        CompositionRow row{variable.groups[g], counts[g], {}, {}};
        if (row.count && responses > 0) row.share = rounded_percent(*row.count, responses, 1);
        composition.rows.push_back(std::move(row));
    }
    if (!people) return composition;
    for (const RegisterMargin& margin : people->margins) {
        if (margin.question != variable.id) continue;
        std::int64_t all = 0;
        for (const RegisterGroup& group : margin.groups) all += group.people;
        // Of several options in one group none has a share of its own.
        for (const RegisterGroup& group : margin.groups)
            for (CompositionRow& row : composition.rows)
                if (group.options.size() == 1 && row.group == group.options.front())
                    row.register_share = rounded_percent(group.people, all, 1);
    }
    return composition;
}

}  // namespace

EvaluationCounter::EvaluationCounter(const Pack& pack, const WardData& data, EvaluationRules rules)
    : pack_(pack),
      data_(data),
      rules_(std::move(rules)),
      indicators_(pack, data.reported),
      tables_(pack),
      breakdowns_(pack),
      quality_(pack) {
    if (!data.people) return;
    for (const RegisterMargin& margin : data.people->margins) {
        auto& places = register_places_.emplace_back();
        for (std::size_t g = 0; g < margin.groups.size(); ++g)
            for (const std::string& option : margin.groups[g].options) places.emplace(option, g);
    }
}

void EvaluationCounter::add(const Response& response) {
    if (response.pack_id != pack_.plan.id || response.pack_hash != pack_.hash)
        return indicators_.add(response);  // which counts other versions
    const std::set<QualityFlag> flags = flags_of(pack_, response);
    quality_.add(response, flags);
    if (std::ranges::any_of(flags, [&](QualityFlag f) { return rules_.left_out.contains(f); })) {
        ++left_out_;
        return;
    }
    indicators_.add(response);
    tables_.add(response);
    breakdowns_.add(response);
    const std::string& day = response.when.day;
    if (!day.empty() && (first_day_.empty() || day < first_day_)) first_day_ = day;
    if (day > last_day_) last_day_ = day;
    if (data_.people) add_to_cells(response);
}

std::optional<std::vector<std::size_t>> EvaluationCounter::register_groups(
    const Response& response) const {
    std::vector<std::size_t> groups;
    for (std::size_t m = 0; m < register_places_.size(); ++m) {
        const auto found = response.answers.find(data_.people->margins[m].question);
        if (found == response.answers.end()) return std::nullopt;
        const auto* chosen = std::get_if<ChosenOptions>(&found->second.value);
        if (!chosen || chosen->size() != 1) return std::nullopt;
        const auto place = register_places_[m].find(chosen->front());
        if (place == register_places_[m].end()) return std::nullopt;
        groups.push_back(place->second);
    }
    return groups;
}

void EvaluationCounter::add_to_cells(const Response& response) {
    const auto groups = register_groups(response);
    if (!groups) return;
    Cell& cell = cells_[*groups];
    const std::size_t indicators = pack_.plan.indicators.size();
    cell.n.resize(indicators);
    cell.counted.resize(indicators);
    ++cell.people;
    for (std::size_t i = 0; i < indicators; ++i) {
        const auto [in_base, counted] = standing(pack_.plan.indicators[i], response);
        cell.n[i] += in_base;
        cell.counted[i] += counted;
    }
}

WeightedFigure EvaluationCounter::weighted(const std::vector<RakingCell>& cells,
                                           std::size_t indicator, std::int64_t plain_n) const {
    const IndicatorDefinition& definition = pack_.plan.indicators[indicator];
    WeightedFigure figure;
    figure.indicator = definition.id;
    std::int64_t n = 0;
    double base = 0, counted = 0;
    std::vector<RakingCell> in_base;
    for (const RakingCell& cell : cells) {
        const Cell& counts = cells_.at(cell.groups);
        n += counts.n[indicator];
        base += cell.weight * static_cast<double>(counts.n[indicator]);
        counted += cell.weight * static_cast<double>(counts.counted[indicator]);
        if (counts.n[indicator] > 0)
            in_base.push_back({cell.groups, counts.n[indicator], cell.weight});
    }
    figure.effective_n = effective_n(in_base);
    const std::int64_t unknown = plain_n - n;
    if (unknown == 0 || unknown >= rules_.disclosure.minimum_base) {
        figure.n = n;
        figure.unweighted = unknown;
        if (figure.effective_n > 0)
            figure.design_effect = static_cast<double>(n) / figure.effective_n;
    }
    if (n > 0 && n >= definition.minimum_base)
        figure.share = rounded(100 * counted / base, definition.decimals);
    return figure;
}

Weighting EvaluationCounter::weighting() const {
    Weighting weighting;
    std::vector<std::vector<std::int64_t>> margins;
    std::vector<RakingCell> cells;
    for (const auto& [groups, cell] : cells_) {
        cells.push_back({groups, cell.people, 1});
        weighting.respondents += cell.people;
    }
    for (std::size_t m = 0; m < data_.people->margins.size(); ++m) {
        const RegisterMargin& margin = data_.people->margins[m];
        auto& people = margins.emplace_back();
        for (std::size_t g = 0; g < margin.groups.size(); ++g) {
            people.push_back(margin.groups[g].people);
            if (std::ranges::none_of(cells, [&](const auto& c) { return c.groups[m] == g; }))
                weighting.empty_groups.push_back(margin.question + ":" +
                                                 margin.groups[g].options.front());
        }
    }
    if (cells.empty() || !weighting.empty_groups.empty()) return weighting;
    const Raked raked = rake(std::move(cells), margins);
    weighting.has_converged = raked.has_converged;
    weighting.rounds = raked.rounds;
    weighting.trimmed = raked.trimmed;
    weighting.effective_n = effective_n(raked.cells);
    if (!raked.has_converged) return weighting;
    const std::vector<IndicatorFigure> plain = indicators_.figures();
    for (std::size_t i = 0; i < plain.size(); ++i) {
        if (!is_share(plain[i].definition.target_kind)) continue;
        weighting.figures.push_back(weighted(raked.cells, i, plain[i].n));
    }
    weighting.cells = raked.cells;
    return weighting;
}

Evaluation EvaluationCounter::evaluate() const {
    Evaluation evaluation;
    evaluation.responses = indicators_.responses();
    evaluation.left_out = left_out_;
    evaluation.other_versions = indicators_.other_versions();
    evaluation.first_day = first_day_;
    evaluation.last_day = last_day_;
    evaluation.breakdowns = breakdowns_.breakdowns(rules_.disclosure);
    evaluation.events = breakdowns_.events(rules_.disclosure, evaluation.breakdowns);
    const auto by = [&](BreakdownKind kind) {
        return large_ones(evaluation.breakdowns[static_cast<std::size_t>(kind)]);
    };
    evaluation.by_site = by(BreakdownKind::Site);
    evaluation.by_event = by(BreakdownKind::Event);
    evaluation.rules = rules_;
    evaluation.figures = indicators_.figures();
    evaluation.questions = tables_.questions(rules_.disclosure);
    evaluation.crosses = tables_.crosses(rules_.disclosure);
    for (const CrossVariable& variable : tables_.variables())
        evaluation.composition.push_back(
            composition_of(variable, tables_, evaluation.responses, rules_, data_.people));
    if (data_.people) evaluation.weighting = weighting();
    evaluation.quality = quality_.quality();
    evaluation.others = data_.others;
    return evaluation;
}

std::vector<QuestionTotals> EvaluationCounter::totals() const {
    DisclosureRule rule;
    rule.minimum_base = kTotalsMinimum;
    const std::vector<QuestionTable> tables = tables_.questions(rule);
    std::vector<QuestionTotals> all;
    for (const Question& question : pack_.survey.questions) {
        if (question.options.empty()) continue;
        QuestionTotals& totals = all.emplace_back();
        totals.question = question.id;
        const auto table = std::ranges::find(tables, question.id, &QuestionTable::question);
        if (table == tables.end() || !table->shown) continue;
        totals.n = table->answered;
        totals.enough = true;
        for (std::size_t o = 0; o < question.options.size(); ++o)
            totals.by_option[question.options[o].id] = table->by_option[o].value_or(0);
    }
    return all;
}

std::string EvaluationCounter::all_counts() const {
    std::string text = tables_.all_counts() + breakdowns_.all_counts();
    const auto add = [&](const auto& value) { text += std::to_string(value) + ' '; };
    for (const IndicatorFigure& figure : indicators_.figures()) {
        text += figure.definition.id + '\n';
        add(figure.n);
        add(figure.counted);
        add(figure.skipped);
        add(figure.refused);
    }
    for (const auto& [groups, cell] : cells_) {
        for (const std::size_t group : groups) add(group);
        add(cell.people);
        for (const std::int64_t n : cell.n) add(n);
        for (const std::int64_t n : cell.counted) add(n);
    }
    for (const auto& [flag, count] : quality_.quality().flagged) add(count);
    for (const DropOff& question : quality_.quality().drop_off) {
        add(question.shown);
        add(question.last);
    }
    add(quality_.quality().abandoned);
    for (const auto& [question, count] : quality_.quality().abandoned_at)
        text += question + ':', add(count);
    add(responses());
    add(other_versions());
    add(left_out_);
    return text;
}

}  // namespace machikoe
