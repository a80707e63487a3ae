#include "sync/commands/evaluation_input.h"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include "app/base/file.h"
#include "sync/commands/progress.h"

namespace machikoe {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const EvaluationOptions& options) {
    if (!options.evaluation.empty()) return options.evaluation;
    // assets/packs/tsurumi-r4 → assets/evaluation
    return fs::absolute(fs::path(options.pack) / ".")
               .lexically_normal()
               .parent_path()
               .parent_path()
               .parent_path() /
           "evaluation";
}

Ended end_with_faults(const PackFaults& faults) {
    const std::string more =
        faults.size() > 1 ? fmt::format(" (and {} more)", faults.size() - 1) : "";
    return end_with(Ended::BadInput, to_string(faults.front()) + more);
}

/// The ward's data; without a file there is none, and nothing is made up.
bool load_ward(const fs::path& folder, EvaluationInput& input, Ended& ended) {
    const fs::path file = folder / (input.pack().plan.id + ".yaml");
    const auto text = load_file(file);
    if (!text && text.error().code == ErrorCode::NotFound) return true;
    if (!text) return ended = end_with(Ended::Environment, text.error().message), false;
    auto ward = parse_ward_data(file.string(), *text, input.pack());
    if (!ward) return ended = end_with_faults(ward.error()), false;
    input.ward = std::move(*ward);
    input.ward_text = *text;
    return true;
}

bool load_table(const fs::path& folder, const std::string& layout, EvaluationInput& input,
                Ended& ended) {
    if (layout.empty()) return true;
    const fs::path file = folder / (layout + ".yaml");
    const auto text = load_file(file);
    if (!text)
        return ended =
                   end_with(Ended::BadInput, "no table '" + layout + "': " + text.error().message),
               false;
    auto table = parse_verdict_table(file.string(), *text);
    if (!table) return ended = end_with_faults(table.error()), false;
    input.table = std::move(*table);
    input.table_text = *text;
    return true;
}

std::function<Status()> stepping(Progress& progress) {
    return [&progress] {
        progress.step();
        return Status{};
    };
}

}  // namespace

StoreLocation store_of(const EvaluationOptions& options) {
    return {options.data, options.database};
}

void add_evaluation_options(CLI::App& command, EvaluationOptions& options) {
    add_data_options(command, options.data, options.database);
    command.add_option("--pack", options.pack, "folder of the content pack")->required();
    command.add_option(
        "--evaluation", options.evaluation,
        "folder of the ward's data (PACK-ID.yaml) and of the years' tables; default: "
        "'evaluation' beside the packs' folder");
    command.add_option("--layout", options.layout, "the year's table: osaka-r4, osaka-r5, …");
    command
        .add_option("--leave-out", options.leave_out,
                    "responses with these marks are in no base: hurried, straight-line, repeated")
        ->delimiter(',');
}

std::unique_ptr<EvaluationInput> load_evaluation_input(const EvaluationOptions& options,
                                                       Ended& ended) {
    auto input = std::make_unique<EvaluationInput>();
    for (const std::string& name : options.leave_out) {
        const auto flag = quality_flag_of(name);
        if (!flag) {
            ended = end_with(Ended::Usage, "--leave-out " + name + ": no such mark");
            return nullptr;
        }
        input->rules.left_out.insert(*flag);
    }
    input->loaded = load_pack_for(options.pack, ended);
    if (!input->loaded) return nullptr;
    const fs::path folder = folder_of(options);
    if (!load_ward(folder, *input, ended)) return nullptr;
    if (!load_table(folder, options.layout, *input, ended)) return nullptr;
    ended = open_answers(options, *input);
    if (ended != Ended::Ok) return nullptr;
    return input;
}

Ended open_answers(const EvaluationOptions& options, EvaluationInput& input) {
    input.store = open_store_for(store_of(options), StoreMode::ReadOnly);
    if (!input.store) return Ended::Environment;
    if (const Status held = input.store->hold_moment(); !held)
        return end_with(Ended::Environment, held.error().message);
    return Ended::Ok;
}

Status for_each_of_this_version(const EvaluationInput& input, const EachResponse& each) {
    const Result<Counts> counts = input.store->counts();
    if (!counts) return tl::unexpected<Error>(counts.error());
    Progress progress(counts->responses);
    return for_each_of_version(*input.store, input.pack(), stepping(progress), each);
}

Status count_all(const EvaluationInput& input, EvaluationCounter& counter) {
    const Result<Counts> counts = input.store->counts();
    if (!counts) return tl::unexpected<Error>(counts.error());
    Progress progress(counts->responses);
    return count_responses(*input.store, counter, stepping(progress));
}

std::string asking_account() {
    const passwd* account = ::getpwuid(::getuid());
    return fmt::format("{} ({})", account ? account->pw_name : "unknown", ::getuid());
}

}  // namespace machikoe
