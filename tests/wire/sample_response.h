// A response with everything that one can hold, and texts that are easily spoilt.
#pragma once

#include <string>

#include "app/survey/response.h"

namespace machikoe {

inline Response sample_response() {
    Response response;
    response.pack_id = "tsurumi-r4";
    response.pack_hash = std::string(64, 'a');
    response.site = "鶴見区役所";
    response.event = "fair";
    response.universe = Universe::Parent;
    response.when = {"2022-06-01", 10};
    response.language = Language::Vi;
    response.length = SurveyLength::ThreeMinutes;
    response.assistance = Assistance::Family;
    response.seed = 0x00FFFFFFFFFFFFFFu;
    response.duration_s = 180;
    response.repeated = true;
    response.abandoned = {"s1", "m4"};
    response.issues_opened = {"living", "safety"};
    response.answers["s1"] = {AnswerStatus::Answered, ChosenOptions{"feel", "some"}};
    response.answers["m4"] = {AnswerStatus::Answered, std::int64_t{-9007199254740993}};
    response.answers["k7"] = {AnswerStatus::Answered, std::string("「{}」\n\"\\\x01🙂/")};
    response.answers["c1"] = {AnswerStatus::NotAsked, {}};
    response.answers["a0"] = {AnswerStatus::Refused, {}};
    return response;
}

}  // namespace machikoe
