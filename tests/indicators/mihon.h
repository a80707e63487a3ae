// The invented ward of assets/packs/mihon-r5, and the answers of the worked example in
// docs/evaluation.md.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/base/file.h"
#include "app/survey/pack.h"
#include "app/survey/response.h"
#include "sync/indicators/ward_data.h"

namespace machikoe {

struct Mihon {
    Pack pack = load_pack(MACHIKOE_SOURCE_DIR "/assets/packs/mihon-r5").value();
    WardData data =
        parse_ward_data("mihon-r5.yaml",
                        load_file(MACHIKOE_SOURCE_DIR "/assets/evaluation/mihon-r5.yaml").value(),
                        pack)
            .value();
};

/// 88 people.  Each list is dealt to them from the first on, so that every count of the example
/// can be read off here.
inline std::vector<Response> worked_example(const Pack& pack) {
    using Dealt = std::vector<std::pair<int, std::string>>;  // "-": skipped, "x": refused
    const std::vector<std::pair<std::string, Dealt>> questions = {
        {"safe",
         {{20, "agree"},
          {31, "rather-agree"},
          {22, "rather-disagree"},
          {10, "disagree"},
          {2, "x"},
          {3, "-"}}},
        {"fear",
         {{9, "agree"}, {18, "rather-agree"}, {30, "rather-disagree"}, {25, "disagree"}, {6, "-"}}},
        {"shelter", {{40, "known"}, {44, "unknown"}, {4, "-"}}},
        {"children",
         {{12, "agree"}, {24, "rather-agree"}, {8, "rather-disagree"}, {4, "disagree"}}},
        {"meetings", {{6, "agree"}, {8, "rather-agree"}, {7, "rather-disagree"}, {4, "disagree"}}},
        {"age", {{20, "under30"}, {34, "from30"}, {34, "from60"}}},
        {"gender", {{15, "female"}, {14, "male"}, {31, "female"}, {25, "male"}, {3, "x"}}},
        {"area",
         {{5, "outside"},
          {11, "north"},
          {9, "south"},
          {8, "east"},
          {13, "south"},
          {22, "north"},
          {20, "east"}}},
    };
    std::vector<Response> responses(88);
    for (Response& response : responses) {
        response.pack_id = pack.plan.id;
        response.pack_hash = pack.hash;
        response.site = "mihon-office";
        response.when = {"2023-10-01", 10};
        response.issues_opened = {"safety", "childcare"};
        response.duration_s = 180;
        for (const Question& question : pack.survey.questions) response.answers[question.id] = {};
    }
    for (const auto& [question, dealt] : questions) {
        std::size_t next = 0;
        for (const auto& [times, option] : dealt)
            for (int i = 0; i < times; ++i, ++next) {
                Answer& answer = responses[next].answers[question];
                if (option == "-")
                    answer.status = AnswerStatus::Skipped;
                else if (option == "x")
                    answer.status = AnswerStatus::Refused;
                else
                    answer = {AnswerStatus::Answered, ChosenOptions{option}};
            }
    }
    return responses;
}

}  // namespace machikoe
