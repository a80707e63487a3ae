// Tables: how often each answer was given, in all and by group.  Counts only, so memory does not
// grow with the responses; what may be shown of them is decided at the end.
//
// A cross table sets a question against what people said of themselves (the questions of the
// "about" section with one choice) and against the universe.  Who did not say it is a group of
// its own, so that the groups add up to all.
//
// Tables are linked: an indicator counts one universe, so a table of all universes less the
// indicator is the others.  A universe of which fewer than minimum_base answered a question is
// therefore in no table of that question.  The questions about people have no table of their own:
// their counts stand in the composition, hidden as there.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/survey/pack.h"
#include "app/survey/response.h"
#include "sync/indicators/disclosure.h"

namespace machikoe {

inline constexpr std::string_view kUniverseVariable = "universe";

/// What people are grouped by.
struct CrossVariable {
    std::string id;                   // Question::id, or kUniverseVariable
    std::vector<std::string> groups;  // Option::id, or Universe; "" last: did not say
    bool operator==(const CrossVariable&) const = default;
};

/// The counts of one question; absent what may not be shown.
struct QuestionTable {
    std::string question;
    std::int64_t answered = 0;
    std::optional<std::int64_t> skipped, refused, not_shown, not_asked;
    std::vector<std::optional<std::int64_t>> by_option;  // in the question's order
    std::optional<double> mean, median;                  // of a Number, to one decimal
    bool shown = false;                                  // answered ≥ minimum_base
    bool reference_only = false;                         // answered < reference_base
};

/// A question by a variable.  Of a question with several choices the columns may add up to more
/// than the base.
struct CrossTable {
    std::string question;
    CrossVariable by;
    std::vector<std::optional<std::int64_t>> bases;                // by group
    std::vector<std::vector<std::optional<std::int64_t>>> counts;  // [option][group]
    bool has_hidden = false;
};

class TableCounter {
  public:
    /// REQUIRES: pack outlives the counter.
    explicit TableCounter(const Pack& pack);
    /// REQUIRES: the response is to this version of the pack.
    void add(const Response& response);

    /// Not of the questions that group people.
    std::vector<QuestionTable> questions(const DisclosureRule& rule) const;
    std::vector<CrossTable> crosses(const DisclosureRule& rule) const;
    const std::vector<CrossVariable>& variables() const { return variables_; }
    /// How many responses are in each group of a variable; small groups and what would give them
    /// away are absent.
    std::vector<std::optional<std::int64_t>> composition(const CrossVariable& variable,
                                                         const DisclosureRule& rule) const;
    /// Every count there is, as text: equal exactly when the counts are.
    std::string all_counts() const;
    template <class Archive>
    void walk(Archive& archive);  // count_bytes.cpp

  private:
    struct Counts {
        const Question* question = nullptr;
        std::map<std::string, std::size_t, std::less<>> place;  // of an option
        std::int64_t by_status[5] = {};
        std::vector<std::int64_t> by_option;
        std::map<std::int64_t, std::int64_t> numbers;
        std::vector<std::vector<std::int64_t>> base;   // [variable][group]
        std::vector<std::vector<std::int64_t>> cross;  // [variable][option × groups + group]
    };
    /// Of one question: by universe.
    using ByUniverse = std::array<Counts, 4>;
    std::vector<std::size_t> groups_of(const Response& response) const;
    static Counts sum_of(const ByUniverse& universes, const DisclosureRule& rule);
    void count(Counts& counts, const Answer& answer, const std::vector<std::size_t>& groups);
    CrossTable cross_of(const Counts& counts, std::size_t variable,
                        const DisclosureRule& rule) const;

    std::vector<CrossVariable> variables_;
    std::vector<std::map<std::string, std::size_t, std::less<>>> group_places_;
    std::vector<std::vector<std::int64_t>> people_;  // [variable][group]
    std::vector<ByUniverse> counts_;                 // by question
    std::map<std::string, std::size_t, std::less<>> place_of_question_;
};

}  // namespace machikoe
