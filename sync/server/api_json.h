// ApiJson: the bodies of /api/v1.  assets/api/openapi.json describes each member; a test holds
// every answer against it, so a member that is new here is new there.
//
// Absent figures are null: a number that may not be shown, and one that does not exist.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "app/survey/pack.h"
#include "sync/indicators/evaluation.h"
#include "sync/store/store.h"

namespace machikoe {

struct ApiFigures {
    const Pack& pack;
    const Evaluation& evaluation;
    const std::string& version;  // of the software
};

std::string ward_json(const ApiFigures& figures);
std::string indicators_json(const ApiFigures& figures);
/// nullopt: there is none.
std::optional<std::string> indicator_json(const ApiFigures& figures, const std::string& id);
/// By week, site and event: how many responded, and every indicator that is a share.
std::string breakdowns_json(const ApiFigures& figures);
std::string questions_json(const ApiFigures& figures);
/// nullopt: no question, or one that has no table.
std::optional<std::string> question_json(const ApiFigures& figures, const std::string& id);
std::string composition_json(const ApiFigures& figures);
/// `version`: the server's.
std::string kiosks_json(const std::vector<KioskRow>& kiosks, const Counts& counts,
                        const std::string& version, Milliseconds now);

}  // namespace machikoe
