// Plan: a ward's management policy for one fiscal year, official text and plain text.
//
// A Plan is plain data, complete once loaded, never changed afterwards.  Official
// text is verbatim, mistakes of the source included; what residents read is the
// plain text beside it.  A number that the source does not give is absent here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/plan/language.h"

namespace machikoe {

/// A statement of the source and its plain wording.
struct Statement {
    std::string official;  // Japanese, verbatim, no ruby
    Text plain;
};

/// One measure of the source.  The budget is that of this action alone, never of the
/// issue: the source lists only the main action.
struct Action {
    std::string number;  // "1-1-1"
    Statement title;
    Statement description;
    std::int64_t budget_thousand_yen = 0;
};

struct Strategy {
    std::string number;  // "1-1"
    Statement title;
    Statement description;
};

/// The illustrations that the program can draw; a pack chooses among them.
enum class IssuePicture { None, Neighbours, Families, Learning, Readiness, Gathering };
std::string_view name_of(IssuePicture picture);  // "none", "neighbours", …

struct Issue {
    std::string id;    // "living", "childcare", …: stable, used in data
    int number = 0;    // 1…5, as the source counts
    std::string icon;  // name of a Material icon, e.g. "diversity"
    IssuePicture picture = IssuePicture::None;
    Text short_title;   // for cards and tabs
    Text one_sentence;  // what this is about
    Statement title;
    Statement overview;
    Strategy strategy;
    Action action;
    std::vector<Statement> remaining;  // what is still to be solved, how it will change
    Text what_was_done;                // plain summary for the issue page
    Text what_will_change;
};

struct GlossaryEntry {
    std::string id;
    std::string term;     // as it stands in official text
    std::string reading;  // hiragana
    Text label;           // the word as shown
    Text meaning;
};

struct ReformRow {  // 「市政改革プラン」様式3; the source prints "-"
    std::string item;
    std::string content;
};

/// What the survey must measure; see docs/pack.md.
enum class TargetKind {
    NoneGiven,
    AtLeastPercent,   // of the respondents
    AtLeastPrevious,  // as the figure before, when that was measured alike
    CumulativeCount,  // so many in all, as reported by the office
    AllAreas,         // done in every area, as reported by the office
    NotMeasurable,    // the policy has a target that neither answers nor reports can measure
};
/// A share of respondents, and not what the office counts.
bool is_share(TargetKind kind);
/// Which way is better.
enum class Direction { Up, Down };
std::string_view name_of(Direction direction);  // "up", "down"
enum class BaseRule { AnsweredOnly, IncludeSkipped };
enum class Universe { Resident, Parent, CommunityOrganisation, Participant };

std::string_view name_of(Universe universe);  // "resident", "parent", …
std::optional<Universe> universe_of(std::string_view name);
std::string_view name_of(TargetKind kind);  // "none-given", "at-least-percent", …

struct IndicatorDefinition {
    std::string id;
    std::string issue;             // Issue::id
    bool official = false;         // wording recognisable in the source
    std::string official_wording;  // only when official
    Text label;                    // always a share of respondents, never of residents
    Universe universe = Universe::Resident;
    std::string question;              // Question::id
    std::vector<std::string> counted;  // Option::id of the numerator
    BaseRule base = BaseRule::AnsweredOnly;
    TargetKind target_kind = TargetKind::NoneGiven;
    Direction direction = Direction::Up;   // Down: "at least" reads "at most"
    std::optional<double> target_percent;  // AtLeastPercent: 0…100
    std::int64_t target_count = 0;         // CumulativeCount, AllAreas: how many in all
    std::optional<double> previous_percent;
    std::string previous_mode;           // how the previous figure was measured: "mail", …
    bool previous_same_question = true;  // false: other words, so no comparison
    int decimals = 1;                    // rounding of the share, 0…2
    int minimum_base = 10;               // below: no figure
    int reference_base = 30;             // below: marked as reference only
};

/// How many people live in the ward.  Without a source and a date it would be no fact.
struct Residents {
    std::int64_t number = 0;  // > 0
    std::string source;       // Japanese, as published, no ruby
    std::string date;         // "2024-11-01": the day that the number describes
};

/// Yen for each resident, to the nearest yen, half up.
/// REQUIRES: thousand_yen ≤ 10¹², residents > 0.
std::int64_t yen_per_resident(std::int64_t thousand_yen, std::int64_t residents);

struct Plan {
    std::string id;           // "tsurumi-r4": folder name, key in data
    std::string fiscal_year;  // "2022"
    Text ward;                // 鶴見区
    Text title;
    std::string head;  // 区長 内田 忠憲
    std::string municipality_code;
    std::vector<Language> languages;  // offered, in the order of the buttons; first is default
    std::optional<Residents> residents;
    Statement goal;
    Statement mission;
    std::vector<Statement> principles;
    std::vector<Issue> issues;
    std::string reform_title;
    std::vector<ReformRow> reform;
    Text reform_plain;
    std::vector<Statement> evaluation;  // 1年間の取組成果と今後取り組みたいこと
    std::vector<GlossaryEntry> glossary;
    std::vector<IndicatorDefinition> indicators;

    const Issue* issue(std::string_view id) const;
};

}  // namespace machikoe
