// Response: one resident's finished answers.  Complete by definition: unfinished
// answers never get this name and never leave the visit.
//
// It says nothing about who answered: no name, no kiosk, no minute.  Day and hour
// only, because a list of who stood at the kiosk when would otherwise tell the rest.
#pragma once

#include <string>
#include <vector>

#include "app/base/clock.h"
#include "app/survey/answer.h"
#include "app/survey/pack.h"

namespace machikoe {

enum class Mode { Kiosk };  // how the answers were collected; series of modes are never spliced
std::string_view name_of(Mode mode);
std::optional<Mode> mode_of(std::string_view name);

struct Response {
    std::string pack_id;  // Plan::id
    std::string pack_hash;
    std::string site;   // where the kiosk stands, e.g. "tsurumi-office"
    std::string event;  // "" outside events
    Universe universe = Universe::Resident;
    Mode mode = Mode::Kiosk;
    /// Japan Standard Time at the end of the visit.  As published by the server it may be blurred:
    /// hour -1, a month instead of the day, or "" (sync/server/mix.h).
    DayHour when;
    Language language = Language::Ja;                // in use at the end
    SurveyLength length = SurveyLength::Everything;  // as chosen by the resident
    Assistance assistance = Assistance::None;        // at the end
    std::uint64_t seed = 0;  // of the option orders and of what a shorter form leaves out
    int duration_s = 0;      // first touch to submit
    bool hurried = false;    // under two seconds for each answer; before the time is blurred
    bool repeated = false;   // the same answers as the response just before at this kiosk
    /// Visits just before this one that ended without being saved: the last question that each was
    /// shown.  Nothing else of them is kept anywhere.
    std::vector<std::string> abandoned;
    std::vector<std::string> issues_opened;  // Issue::id, in pack order
    Answers answers;                         // one entry per question of the survey

    bool operator==(const Response&) const = default;
};

/// What of the survey this resident was asked.
Form form_of(const Response& response);

/// Does the response fit its pack: the same hash, exactly the pack's questions, every
/// answer allowed by check_answer, statuses consistent with the skip logic?  A question that
/// was relevant but never reached is NotShown; one that was not, or whose issue was not
/// opened, cannot be anything else.  NotAsked is exactly what length, assistance and seed leave
/// out, whether its issue was opened or not.
Status check_response(const Pack& pack, const Response& response);

}  // namespace machikoe
