// Evaluation: everything that is said about the responses to one version of a pack, in one pass.
//
// The counter takes responses and keeps counts; evaluate() turns the counts into what may be
// shown.  Exports, reports and snapshots print an Evaluation and decide nothing more.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/base/result.h"
#include "app/survey/shares.h"
#include "sync/indicators/breakdowns.h"
#include "sync/indicators/indicators.h"
#include "sync/indicators/quality.h"
#include "sync/indicators/raking.h"
#include "sync/indicators/tables.h"
#include "sync/indicators/ward_data.h"

namespace machikoe {

struct EvaluationRules {
    DisclosureRule disclosure;
    std::set<QualityFlag> left_out;  // responses so flagged are in no base
};

/// A group of the respondents beside the same group of the register.
struct CompositionRow {
    std::string group;                  // "" did not say
    std::optional<std::int64_t> count;  // absent: may not be shown
    std::optional<double> share;        // percent of all, one decimal
    std::optional<double> register_share;
};
struct Composition {
    CrossVariable variable;
    std::vector<CompositionRow> rows;
    std::int64_t responses = 0;
};

/// An indicator after raking; beside the plain figure, never in its place.
struct WeightedFigure {
    std::string indicator;
    /// Of the plain base, those whose groups are all known, and those who did not say.  Absent
    /// where the latter are few: the difference of two bases would count them.
    std::optional<std::int64_t> n, unweighted;
    std::optional<double> share;  // percent; absent when n < minimum_base
    double effective_n = 0;
    std::optional<double> design_effect;  // n / effective_n; absent with n
};
struct Weighting {
    bool has_converged = false;
    int rounds = 0;
    std::int64_t respondents = 0;  // with a weight
    std::int64_t trimmed = 0;
    double effective_n = 0;
    std::vector<std::string> empty_groups;  // "age:under18": nobody to give a weight to
    std::vector<WeightedFigure> figures;    // empty when it has not converged
    std::vector<RakingCell> cells;          // the weights; small groups: not for publication
};

struct Evaluation {
    std::int64_t responses = 0;       // in the base of what follows
    std::int64_t left_out = 0;        // flagged, and not wanted
    std::int64_t other_versions = 0;  // of the same pack, in nothing
    std::string first_day, last_day;  // as published: may be a month, or "" when none is known
    std::map<std::string, std::int64_t> by_site, by_event;  // those that may be told apart
    EvaluationRules rules;
    std::vector<IndicatorFigure> figures;
    std::vector<QuestionTable> questions;
    std::vector<CrossTable> crosses;
    std::vector<Breakdown> breakdowns;  // Week, Site, Event
    std::vector<EventSummary> events;   // those that may be told apart, by name
    std::vector<Composition> composition;
    std::optional<Weighting> weighting;  // absent without a register
    Quality quality;                     // of all, those left out too
    std::vector<OtherFigure> others;
};

class EvaluationCounter {
  public:
    /// REQUIRES: pack and data outlive the counter.
    EvaluationCounter(const Pack& pack, const WardData& data, EvaluationRules rules = {});
    void add(const Response& response);
    Evaluation evaluate() const;
    std::int64_t responses() const { return indicators_.responses(); }
    std::int64_t other_versions() const { return indicators_.other_versions(); }
    /// Every count there is, as text: equal exactly when the counts are.  Not for publication.
    std::string all_counts() const;
    /// What those who answered chose, by question: of questions and universes that enough answered,
    /// so that the tables less these are nobody.
    std::vector<QuestionTotals> totals() const;
    /// All counts as bytes: compact, with pack, format and checksum.  Not for publication.
    std::string save() const;
    /// What save() wrote, into a counter of the same pack, register and rules.  Corrupt: damaged.
    /// Invalid: of another pack, other software or other rules.  After an error the counter is of
    /// no use; count anew.
    Status restore(std::string_view bytes);

  private:
    template <class Archive>
    void walk(Archive& archive);
    /// What raking needs of one combination of groups.
    struct Cell {
        std::int64_t people = 0;
        std::vector<std::int64_t> n, counted;  // by indicator
    };
    void add_to_cells(const Response& response);
    std::optional<std::vector<std::size_t>> register_groups(const Response& response) const;
    Weighting weighting() const;
    WeightedFigure weighted(const std::vector<RakingCell>& cells, std::size_t indicator,
                            std::int64_t plain_n) const;

    const Pack& pack_;
    const WardData& data_;
    EvaluationRules rules_;
    IndicatorCounter indicators_;
    TableCounter tables_;
    BreakdownCounter breakdowns_;
    QualityCounter quality_;
    std::map<std::vector<std::size_t>, Cell> cells_;
    std::vector<std::map<std::string, std::size_t, std::less<>>> register_places_;
    std::string first_day_, last_day_;
    std::int64_t left_out_ = 0;
};

}  // namespace machikoe
