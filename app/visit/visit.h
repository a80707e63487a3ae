// Visit: one resident at the kiosk, from the first touch to "thank you".
//
// A pure state machine: next(visit, event, now) gives the next visit and at most one
// finished response to be saved.  It reads no clock, draws nothing, stores nothing.
// "Thank you" is reached only by the event Saved, which the caller sends after COMMIT.
// Every event first lets the time pass, as a Tick of the same moment would.
//
//   screen      event              next screen
//   ---------   ----------------   ----------------------------------------------------
//   Attract     Begin              Language
//               SetLanguage        Length
//               the place closes   Sleep
//   Sleep       the place opens    Attract
//               Touched            says for 15 s when it opens
//   Language    SetLanguage        Length
//   Length      SetLength          Overview
//               Back               Overview when a length was chosen before, else Language
//   Overview    OpenIssue          Issue
//               ChangeLength       Length
//               Finish             first asked question of "about", Review when none is
//                                  asked there; with nothing answered: as Quit
//   Issue       StartQuestions     first asked question of the issue, Overview when there
//                                  is none
//               Back               Overview
//   Question    TapOption, SetNumber, SetText   same question, answer changed
//               Next               next asked question; after the last one of an issue:
//                                  Overview; after the last of "about": Review.
//                                  Nothing happens while may_go_on() is false
//               Skip               as Next, the answer cleared; not on required ones
//               Refuse             as Next, the answer refused; only where it is offered
//               Back               the question before; from the first: Issue, or for
//                                  "about": Overview
//               Finish             from an issue: as from Overview; from "about": Review
//               opened by EditQuestion: Next, Skip, Refuse, Back, Finish lead to Review
//   Review      EditQuestion       that question, if it is asked and its issue was opened
//               Submit             Saving, and the response is handed out; with nothing
//                                  answered: as Quit
//               Back               last asked question of "about", or Overview
//   Saving      Saved              Thanks
//               SavingFailed       SaveFailed
//   SaveFailed  Submit             Saving, the very same response again
//               Quit               Attract
//   Thanks      ShowNeighbours     Neighbours, if compared_questions() is not empty
//               Finish, or 20 s without input, under an overlay too    Attract
//   Neighbours  Back               Thanks
//               Finish, or 60 s without input, under an overlay too    Attract
//
//   everywhere but Attract, Sleep, Saving:
//     Quit          overlay ConfirmQuit when anything was answered and not yet saved, else
//                   Attract
//     Forget        Attract; only under ConfirmQuit, whose button it is
//     Resume        closes the overlay
//     SetLanguage (of those the pack offers), SetRuby, SetTextSize, SetTheme
//                   settings only, no answer is lost
//     ShowOfficial  overlay Official, on Issue and on questions of an issue
//     ShowPolicy    overlay Policy, on Overview
//     ShowWord      overlay Word, if the glossary has the entry
//     ShowAssistance   overlay Assistance, on Language, Length and Overview
//     SetAssistance    only under Assistance, which it closes; answers to questions that are
//                      not asked of whoever is helped are forgotten
//     ShowHelp      overlay Help
//     ShowDisplay   overlay Display: text size, colours, ruby
//     ShowLanguages overlay Languages, which SetLanguage closes
//     TurnPage      page, never below 0
//     no input for 2 min           overlay StillThere, over whatever is open; not on Thanks
//                                  and Neighbours, where nothing can be lost
//     no input for another 45 s    Attract; answers are forgotten
//
//   Under an overlay only these, Quit and the settings have a meaning; an overlay opened
//   from another replaces it.  Under StillThere whatever a person does closes it and
//   does nothing else; what it covered (overlay, page) is there again.
//
// What is recorded: a question left by Next or Finish without an answer is Skipped, by Back
// too when it was opened from Review; a required one only by these last two.  An answer not
// allowed, such as a number out of bounds, is dropped when its question is left.  Answers
// to questions that later answers made irrelevant are kept, should the resident change
// their mind again, but never count and never get into the response; so are answers to
// questions that a shorter form leaves out.  There, a question that was not reached is NotShown,
// and so is every Note, which has no answer to give; what the form leaves out is NotAsked.
//
// Leaving for Attract resets everything: answers, seed, length, assistance, ruby, size, theme,
// and the language to the pack's first.  Outside opening hours whoever leaves for Attract comes
// to Sleep; a visit that has begun is never cut short.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>

#include "app/base/clock.h"
#include "app/survey/answer.h"
#include "app/survey/form.h"
#include "app/survey/pack.h"
#include "app/survey/response.h"
#include "app/visit/opening_hours.h"

namespace machikoe {

// VVSG 2.0 7.2-O: warn after 2 to 5 minutes, then 20 to 45 s to ask for more time.
inline constexpr Milliseconds kIdleBeforeWarning{120'000};
inline constexpr Milliseconds kWarningLasts{45'000};
inline constexpr Milliseconds kThanksLasts{20'000};
inline constexpr Milliseconds kSleepAnswerLasts{15'000};
inline constexpr Milliseconds kNeighboursLasts{60'000};

enum class Screen {
    Attract,
    Sleep,
    Language,
    Length,
    Overview,
    Issue,
    Question,
    Review,
    Saving,
    SaveFailed,
    Thanks,
    Neighbours
};
enum class Overlay {
    None,
    Official,
    Policy,
    Help,
    Word,
    Display,
    Languages,
    Assistance,
    ConfirmQuit,
    StillThere
};
enum class TextSize { Small, Standard, Large, Largest };
enum class ThemeChoice { Standard, WhiteOnBlack, YellowOnBlack, LowGlare };
std::string_view name_of(Screen screen);    // "attract", "language", …
std::string_view name_of(Overlay overlay);  // "none", "official", …

/// What one person set for themselves; gone when they are.
struct Settings {
    Language language = Language::Ja;
    bool ruby = true;
    TextSize text_size = TextSize::Standard;
    ThemeChoice theme = ThemeChoice::Standard;
    bool operator==(const Settings&) const = default;
};

/// What happened: a wish of the resident that a screen returned, or news from outside.
namespace event {
struct Begin {};
struct SetLanguage {
    Language language;
};
struct SetRuby {
    bool on;
};
struct SetTextSize {
    TextSize size;
};
struct SetTheme {
    ThemeChoice theme;
};
struct SetLength {
    SurveyLength length;
};
struct ChangeLength {};
struct ShowAssistance {};
struct SetAssistance {
    Assistance assistance;
};
struct OpenIssue {
    std::string issue;
};
struct StartQuestions {};
struct TapOption {
    std::string option;
};
struct SetNumber {
    std::optional<std::int64_t> number;
};  // nullopt: cleared
struct SetText {
    std::string text;
};                 // "": cleared
struct Refuse {};  // prefer not to say
struct Skip {};
struct Next {};
struct Back {};
struct Finish {};
struct EditQuestion {
    std::string question;
};
struct Submit {};
struct Quit {};
struct Forget {};
struct Resume {};
struct ShowOfficial {};
struct ShowPolicy {};  // about this policy: goal, mission, principles, evaluation
struct ShowHelp {};
struct ShowNeighbours {};  // what others answered to the same questions
struct ShowDisplay {};
struct ShowLanguages {};
struct ShowWord {
    std::string entry;
};
struct TurnPage {
    int page;
};                  // of a text that does not fit one screen
struct Touched {};  // any input that hit nothing: somebody is there
struct Saved {};
struct SavingFailed {};
struct Tick {};  // time passed, nothing happened
}  // namespace event

using Event =
    std::variant<event::Begin, event::SetLanguage, event::SetRuby, event::SetTextSize,
                 event::SetTheme, event::SetLength, event::ChangeLength, event::ShowAssistance,
                 event::SetAssistance, event::OpenIssue, event::StartQuestions, event::TapOption,
                 event::SetNumber, event::SetText, event::Refuse, event::Skip, event::Next,
                 event::Back, event::Finish, event::EditQuestion, event::Submit, event::Quit,
                 event::Forget, event::Resume, event::ShowOfficial, event::ShowPolicy,
                 event::ShowHelp, event::ShowDisplay, event::ShowLanguages,
                 event::ShowNeighbours, event::ShowWord, event::TurnPage, event::Touched,
                 event::Saved, event::SavingFailed, event::Tick>;

/// Where and for whom the kiosk stands; the same for every visit until staff change it.
struct Place {
    std::string site;
    std::string event;
    Universe universe = Universe::Resident;
    std::optional<OpeningHours> hours;  // nullopt: always open
    bool practice = false;  // answers do not count and are kept nowhere
    bool operator==(const Place&) const = default;
};

struct Visit {
    Screen screen = Screen::Attract;
    Overlay overlay = Overlay::None;
    Overlay covered = Overlay::None;  // what StillThere came up over
    int page = 0;  // of what is on top; 0 again when that changes, kept under StillThere
    Settings settings;
    std::optional<SurveyLength> length;  // nullopt: not chosen yet, everything is asked
    Assistance assistance = Assistance::None;
    bool was_asked = false;  // on Sleep: somebody touched a moment ago
    std::string section;     // Issue::id or "about"; on Issue and Question
    std::string question;    // Question::id; on Question
    std::string word;        // GlossaryEntry::id; under Overlay::Word
    bool editing = false;    // the question was opened from Review
    Answers answers;         // only what was answered, skipped or refused so far
    std::set<std::string> issues_opened;
    std::optional<Response> pending;  // handed out, not saved yet; in Saving and SaveFailed
    std::uint64_t seed = 0;
    Milliseconds started{0};     // monotonic
    Milliseconds last_input{0};  // monotonic
    Milliseconds entered{0};     // monotonic; when this screen came up
    /// Grows whenever screen, section, question, overlay, word or page changes, and never
    /// shrinks.  A touch belongs to the step that was visible when it began: one that ends
    /// in another step does nothing.
    std::uint32_t step = 0;

    bool operator==(const Visit&) const = default;
};

/// What of the survey is asked in this visit.
Form form_of(const Place& place, const Visit& visit);

/// Attract and Sleep: nobody is there.
bool is_at_rest(Screen screen);

/// The kiosk before anybody came: Attract, in the language that the pack names first.
Visit visit_before_anybody(const Pack& pack);

struct Next {
    Visit visit;
    std::optional<Response> to_save;  // present exactly when Saving was entered
};

struct Now {
    Milliseconds monotonic{0};
    Milliseconds wall{0};
};

/// The machine.  An event that means nothing on this screen changes nothing but, when a
/// person made it, the idle clock.  `fresh_seed` is taken when a visit begins.
Next next(const Pack& pack, const Place& place, const Visit& visit, const Event& event, Now now,
          std::uint64_t fresh_seed);

/// When, by the monotonic clock, the machine next changes by itself; nullopt: never.
/// Opening and closing follow the wall clock: ask again whenever it may have jumped.
std::optional<Milliseconds> next_deadline(const Place& place, const Visit& visit, Now now);

/// Seconds left under StillThere, rounded up; 0 elsewhere.
int seconds_left(const Visit& visit, Now now);

/// What the screens need to know about progress.
struct Progress {
    std::size_t position = 0;  // 1-based among the questions asked of this section
    std::size_t count = 0;
};
Progress progress_of(const Pack& pack, const Place& place, const Visit& visit);
/// Every asked question of the issue has been answered, skipped or refused, and at least one
/// exists.  Notes are not counted.
bool is_issue_done(const Pack& pack, const Place& place, const Visit& visit,
                   std::string_view issue);
/// May Next be pressed (a required question needs an answer; a number must be in bounds)?
/// False on every other screen than Question.
bool may_go_on(const Pack& pack, const Visit& visit);
/// Has anything been answered that would be lost?
bool has_answers(const Visit& visit);
/// The questions of the issues that were answered by choosing (one, of a scale, or several), in
/// the order of the survey: those whose totals can be shown with the resident's own answer.
std::vector<const Question*> compared_questions(const Pack& pack, const Place& place,
                                                const Visit& visit);

}  // namespace machikoe
