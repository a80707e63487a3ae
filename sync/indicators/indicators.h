// Indicators: shares of respondents, against targets.  Pure: responses in, figures out.
//
// A share is counted / n, both from responses of the indicator's universe whose pack is the
// one the definition belongs to, id and hash.  n follows the definition's base rule:
// AnsweredOnly takes those who answered, IncludeSkipped also those who went on and those who
// refused.  NotShown and NotAsked are never in the base, refusals never count as approval.  Every
// figure is about respondents (「回答者の割合」), never residents, and no ± is given: the people at
// a kiosk are not a random sample (docs/evaluation.md).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/plan/plan.h"
#include "app/survey/pack.h"
#include "app/survey/response.h"
#include "app/survey/shares.h"
#include "sync/indicators/verdict_table.h"
#include "sync/indicators/ward_data.h"

namespace machikoe {

enum class Verdict { Achieved, NotAchieved, None };
enum class NoVerdict {  // why there is none
    HasVerdict,
    NoTargetGiven,      // the policy names no target value
    BaseTooSmall,       // n < minimum_base: no figure at all
    NotComparable,      // the previous figure was measured in another way
    NotMeasurableHere,  // neither answers nor the office's reports measure the target
    NothingReported,    // the office counts it, and has reported nothing yet
};
std::string_view name_of(Verdict verdict);   // "achieved", "not-achieved", "none"
std::string_view name_of(NoVerdict reason);  // "no-target-given", …

struct IndicatorFigure {
    IndicatorDefinition definition;
    std::int64_t n = 0;
    std::int64_t counted = 0;
    std::optional<double> share;  // percent, rounded half up to definition.decimals; absent
                                  // when n < minimum_base
    bool reference_only = false;  // n < reference_base
    Verdict verdict = Verdict::None;
    NoVerdict reason = NoVerdict::HasVerdict;
    std::map<std::string, std::int64_t> by_option;  // Option::id → count
    std::int64_t skipped = 0;
    std::int64_t refused = 0;
    /// CumulativeCount: the sum of what was reported; AllAreas: how many are done.
    std::optional<std::int64_t> reported;
};

/// The code of the year's table, from the exact fraction of the target that was reached; nullptr
/// where there is no verdict.
const VerdictCode* code_for(const IndicatorFigure& figure, const VerdictTable& table);

class IndicatorCounter {
  public:
    /// REQUIRES: pack outlives the counter.
    explicit IndicatorCounter(const Pack& pack, const std::vector<ReportedResult>& reported = {});
    void add(const Response& response);
    std::vector<IndicatorFigure> figures() const;  // in the order of the pack
    /// Responses to this very version of the pack, whatever their universe.
    std::int64_t responses() const { return responses_; }
    /// Responses to the same pack under another hash: in no figure, but not hidden either.
    std::int64_t other_versions() const { return other_versions_; }
    template <class Archive>
    void walk(Archive& archive);  // count_bytes.cpp

  private:
    const Pack& pack_;
    std::vector<IndicatorFigure> figures_;
    std::int64_t responses_ = 0;
    std::int64_t other_versions_ = 0;
};

/// Round half up (四捨五入) of 100·counted/n in exact integer arithmetic.
/// REQUIRES: 0 ≤ counted ≤ n, 0 < n < 10¹², decimals 0…2.
double rounded_percent(std::int64_t counted, std::int64_t n, int decimals);

/// Counts by question and option, for "what your neighbours said" and /v1/totals: a question
/// whose base is under `minimum_base` has no counts at all.  Only questions with options;
/// n is who answered.  Multiple and Ranking count each option that was chosen, so their
/// counts may add up to more than n.
class TotalsCounter {
  public:
    explicit TotalsCounter(const Pack& pack, int minimum_base = kTotalsMinimum);
    void add(const Response& response);
    std::vector<QuestionTotals> totals() const;  // in the order of the survey

  private:
    const Pack& pack_;
    int minimum_base_;
    std::map<std::string, QuestionTotals> totals_;
};

/// The same under disclosure control: what is published is a snapshot of the first 10, 20,
/// 30, … responses to this version of the pack, so that who looks before and after one
/// response sees no difference.  The server's /v1/totals and the kiosk's own totals are both
/// one of these.
class SteppedTotals {
  public:
    /// REQUIRES: pack outlives this.
    explicit SteppedTotals(const Pack& pack);
    /// Publishes when a step is full.
    void add(const Response& response);
    /// Counts one of those that were there before, in any order; publish_if_full() follows.
    void restore(const Response& response);
    /// After a restart it is not known which responses were in the last snapshot: only a step
    /// that is just full may be published.
    void publish_if_full();
    const Totals& published() const { return published_; }

  private:
    const Pack& pack_;
    TotalsCounter counter_;
    std::int64_t counted_ = 0;
    Totals published_;
};

}  // namespace machikoe
