// The formats of `machikoe export`, one function each.  Every file appears whole or not at all.
#pragma once

#include <filesystem>

#include "sync/commands/evaluation_input.h"

namespace machikoe {

struct ExportJob {
    const EvaluationInput& input;
    const Evaluation& evaluation;
    std::filesystem::path folder;
    bool microdata = false;  // single responses as well
};

Status export_csv(const ExportJob& job);
Status export_jsonl(const ExportJob& job);
Status export_package(const ExportJob& job);
Status export_xlsx(const ExportJob& job);
/// REQUIRES: microdata: such a file has nothing but single responses.
Status export_sav(const ExportJob& job);

/// Every response of this version, as it may leave: free text only once it was reviewed.
Status for_each_to_leave(const ExportJob& job, const EachResponse& each);

}  // namespace machikoe
