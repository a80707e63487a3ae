// EvaluationInput: what every command that computes figures is given: the answers of one moment,
// the pack, the ward's data and the year's table.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sync/commands/common.h"
#include "sync/export/export_files.h"
#include "sync/indicators/evaluation.h"

namespace machikoe {

struct EvaluationOptions {
    std::string data;
    std::string database;  // "": server.db in `data`
    std::string pack;
    std::string evaluation;  // folder of ward data and tables; "": beside the packs
    std::string layout;      // a table's id, "osaka-r5"; "": none
    std::vector<std::string> leave_out;
};
StoreLocation store_of(const EvaluationOptions& options);
void add_evaluation_options(CLI::App& command, EvaluationOptions& options);

struct EvaluationInput {
    std::unique_ptr<LoadedPack> loaded;
    WardData ward;
    std::optional<VerdictTable> table;
    EvaluationRules rules;
    std::unique_ptr<Store> store;       // for reading, of one moment
    std::string ward_text, table_text;  // the files as they were read; "" none

    const Pack& pack() const { return loaded->pack; }
};
/// Prints what is wrong; `ended` then says how to end.
std::unique_ptr<EvaluationInput> load_evaluation_input(const EvaluationOptions& options,
                                                       Ended& ended);

/// The store, of the moment of this call.
Ended open_answers(const EvaluationOptions& options, EvaluationInput& input);

/// One pass over the answers.
Status for_each_of_this_version(const EvaluationInput& input, const EachResponse& each);
Status count_all(const EvaluationInput& input, EvaluationCounter& counter);

/// Who is asking, for the audit log: the account's name and number.
std::string asking_account();

}  // namespace machikoe
