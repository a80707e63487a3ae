// ExportFiles: figures, and single responses where they are asked for, as the files of a format.
//
// Every file appears whole or not at all, readable by its owner only.  Free texts leave only once
// they were reviewed.  Whoever asks for single responses has noted in the audit log who and why
// before any of this is called.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "app/base/result.h"
#include "app/survey/pack.h"
#include "sync/indicators/evaluation.h"
#include "sync/store/store.h"

namespace machikoe {

struct ExportOrder {
    const Pack& pack;
    const WardData& ward;
    const VerdictTable* table = nullptr;  // nullptr: none
    const Evaluation& evaluation;
    Store& store;                  // of one moment
    std::filesystem::path folder;  // is there
    bool microdata = false;        // single responses as well
    std::string version;           // of the software
    /// Called for every response that is read; an error ends the export and is handed on.
    std::function<Status()> each_row;
};

struct ExportFormat {
    std::string_view name;  // "csv", …
    Status (*write)(const ExportOrder& order);
    bool needs_microdata = false;  // has nothing but single responses
};
std::span<const ExportFormat> export_formats();
/// nullptr: none of that name.
const ExportFormat* export_format_called(std::string_view name);

/// One pass over the responses of this version of the pack.
using EachResponse = std::function<Status(const std::string& id, const Response& response)>;
Status for_each_of_version(Store& store, const Pack& pack, const std::function<Status()>& each_row,
                           const EachResponse& each);
/// One pass over all responses.
Status count_responses(Store& store, EvaluationCounter& counter,
                       const std::function<Status()>& each_row);

/// Every response of this version, as it may leave.
Status for_each_to_leave(const ExportOrder& order, const EachResponse& each);

Status export_package(const ExportOrder& order);

}  // namespace machikoe
