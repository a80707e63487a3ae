// Resident: a scripted person in front of the kiosk.
//
// Knows what a person knows: which screen it is and what can be touched there.  Decides
// what to touch next and how long to think before.  The same seed makes the same person,
// who does the same on the same screens, on every machine.
//
// A resident never waits for a node that is not there: what is not known by its id is
// touched when nothing else is left, and out of curiosity now and then.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/clock.h"
#include "app/robot/dice.h"
#include "app/ui/ui.h"
#include "app/visit/visit.h"

namespace machikoe {

/// What one person is like.  Shares are probabilities from 0 to 1.
struct Personality {
    std::uint64_t seed = 1;
    double language = 0;      // which of those offered, as a share of their list
    double interest = 0.5;    // share of the issues that are to be answered; at least one is
    double approval = 0;      // -1 … 1: leans towards the lower or the upper options
    double leisure = 1;       // 0: the shortest survey … 1: everything
    double decided = 0.5;     // how far from the middle of an ordered list they stand
    double tempo = 1;         // thinks 400 to 6000 ms times this
    double skips = 0;         // per question
    double refuses = 0;       // per question that offers it
    double goes_back = 0;     // per screen
    double changes_mind = 0;  // per question: another option after the first; per review: edits
    double is_curious = 0;    // per screen: official text, help, a word, a page, anything unknown
    double adjusts = 0;       // per screen: ruby, size, theme, language
    double double_taps = 0;   // per touch
    double drags_off = 0;     // per touch: the finger leaves the button, which then does nothing
    bool tells_about_self = true;
    std::optional<int> walks_away_after;  // touches
    std::optional<int> quits_after;       // touches
    bool means_to_quit = true;            // when asked whether they do
    bool comes_back = false;              // when asked whether somebody is still there
};
/// Who stands around the kiosk.
enum class Crowd {
    PassersBy,  // have little time, and some walk away or quit
    Invited,    // came to an event to be asked: open every issue and stay to the end
};
Personality personality_of(std::uint64_t seed, Crowd crowd = Crowd::PassersBy);

/// What is in front of a person.
struct Sight {
    Screen screen = Screen::Attract;
    Overlay overlay = Overlay::None;
    std::string_view section;
    std::string_view question;
    const std::vector<Node>& nodes;
};
Sight sight_of(const Visit& visit, const std::vector<Node>& nodes);

/// Can the node be touched now?
bool is_touchable(const Node& node);

struct Touch {
    enum class Kind { Tap, DoubleTap, DragOff } kind = Kind::Tap;
    std::string node;          // Node::id
    Milliseconds thinking{0};  // before it
};

class Resident {
  public:
    explicit Resident(Personality personality);

    /// The next touch; nullopt: waits, or is gone for good.
    std::optional<Touch> decide(const Sight& sight);
    bool has_walked_away() const { return has_walked_away_; }
    const Personality& personality() const { return personality_; }

  private:
    using Nodes = std::vector<const Node*>;
    enum class Plan { Answer, Skip, Refuse };

    const Node* choose(const Sight& sight, const Nodes& touchable);
    const Node* under_overlay(const Sight& sight, const Nodes& touchable);
    const Node* on_a_whim(const Sight& sight, const Nodes& touchable);
    const Node* of_languages(const Nodes& touchable);
    const Node* of_lengths(const Nodes& touchable);
    const Node* of_issues(const Nodes& touchable);
    const Node* on_question(const Sight& sight, const Nodes& touchable);
    const Node* answering(const Sight& sight, const Nodes& touchable);
    const Node* after_answering(const Sight& sight, const Nodes& touchable);
    const Node* on_review(const Nodes& touchable);
    const Node* anything(const Nodes& touchable);
    void look_at_question(const Sight& sight, const Nodes& touchable);
    double lean_on(std::string_view question);

    Personality personality_;
    Dice dice_;
    bool has_walked_away_ = false;
    int touches_ = 0;
    int whims_left_ = 12;  // so that every visit comes to its end
    std::string seen_;     // screen, overlay and question of the last sight
    std::optional<std::size_t> issues_to_open_;
    std::vector<std::string> issues_opened_;
    std::string question_;
    Plan plan_ = Plan::Answer;
    int taps_left_ = 0;  // on the options or keys of this question
    int tries_ = 0;      // of leaving this screen
};

}  // namespace machikoe
