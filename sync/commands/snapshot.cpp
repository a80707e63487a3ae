#include <fmt/chrono.h>
#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/base/file.h"
#include "sync/export/new_file.h"
#include "sync/commands/snapshot_folder.h"
#include "sync/seal/server_keys.h"

namespace machikoe {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct SnapshotOptions {
    EvaluationOptions evaluation;
    std::string out;
};

/// Written under another name and renamed at the end: there is a whole snapshot or none.
class NewFolder {
  public:
    explicit NewFolder(fs::path path)
        : path_(std::move(path)), temporary_(path_.string() + ".new") {}
    ~NewFolder() {
        std::error_code ec;
        fs::remove_all(temporary_, ec);
    }
    NewFolder(const NewFolder&) = delete;
    NewFolder& operator=(const NewFolder&) = delete;

    Status begin() {
        std::error_code ec;
        if (fs::exists(path_, ec))
            return fail(ErrorCode::Conflict, path_.string() + " is there already");
        fs::remove_all(temporary_, ec);
        fs::create_directories(temporary_ / "pack", ec);
        if (ec) return fail(ErrorCode::Unavailable, temporary_.string() + ": " + ec.message());
        return {};
    }
    Status add(const std::string& name, const std::string& bytes) {
        files_[name] = sha256_hex(bytes);
        return replace_file(temporary_ / name, bytes);
    }
    void add_written(const std::string& name, const std::string& sha256) { files_[name] = sha256; }
    const fs::path& folder() const { return temporary_; }
    const std::map<std::string, std::string>& files() const { return files_; }
    Status commit() {
        std::error_code ec;
        fs::rename(temporary_, path_, ec);
        return ec ? fail(ErrorCode::Unavailable, path_.string() + ": " + ec.message()) : Status{};
    }

  private:
    fs::path path_;
    fs::path temporary_;
    std::map<std::string, std::string> files_;
};

Json manifest_of(const EvaluationInput& input, const Evaluation& evaluation, AnswerDigest& digest,
                 const NewFolder& folder) {
    const DisclosureRule& rule = evaluation.rules.disclosure;
    Json left_out = Json::array();
    for (const QualityFlag flag : evaluation.rules.left_out) left_out.push_back(name_of(flag));
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return {{"format", 1},
            {"software", "machikoe " MACHIKOE_VERSION},
            {"created", fmt::format("{:%FT%TZ}", now)},
            {"pack", {{"id", input.pack().plan.id}, {"hash", input.pack().hash}}},
            {"layout", input.table ? Json(input.table->id) : Json(nullptr)},
            {"mode", name_of(Mode::Kiosk)},
            {"rules",
             {{"minimum_base", rule.minimum_base},
              {"minimum_cell", rule.minimum_cell},
              {"reference_base", rule.reference_base},
              {"left_out", left_out}}},
            {"answers", {{"count", digest.count()}, {"sha256", digest.hex()}}},
            {"files", folder.files()}};
}

Status write_answers(const EvaluationInput& input, NewFolder& folder, EvaluationCounter& counter,
                     AnswerDigest& digest) {
    NewFile ids(folder.folder() / "answers.ids");
    const Status read =
        for_each_of_this_version(input, [&](const std::string& id, const Response& response) {
            counter.add(response);
            ids.stream() << bytes_of_hex(id) << bytes_of_hex(digest.add(id, response));
            return ids.stream().good() ? Status{} : fail(ErrorCode::Unavailable, "disk full?");
        });
    if (!read) return read;
    if (const Status done = ids.commit(); !done) return done;
    const auto hash = sha256_of_file(ids.path());
    if (!hash) return tl::unexpected<Error>(hash.error());
    folder.add_written("answers.ids", *hash);
    return {};
}

Status write_snapshot(const SnapshotOptions& options, const EvaluationInput& input,
                      const SigningKey& key, std::int64_t& responses) {
    NewFolder folder(fs::absolute(options.out).lexically_normal());
    if (const Status begun = folder.begin(); !begun) return begun;
    for (const auto& [name, text] : input.loaded->files)
        if (const Status added = folder.add("pack/" + name, text); !added) return added;
    for (const auto& [name, text] :
         {std::pair{"ward.yaml", input.ward_text}, {"table.yaml", input.table_text}})
        if (!text.empty())
            if (const Status added = folder.add(name, text); !added) return added;
    EvaluationCounter counter(input.pack(), input.ward, input.rules);
    AnswerDigest digest;
    if (const Status read = write_answers(input, folder, counter, digest); !read) return read;
    const Evaluation evaluation = counter.evaluate();
    for (const auto& [name, text] : figure_files(input, evaluation))
        if (const Status added = folder.add(name, text); !added) return added;
    responses = digest.count();
    const std::string manifest = manifest_of(input, evaluation, digest, folder).dump(2) + "\n";
    if (const Status added = folder.add("manifest.json", manifest); !added) return added;
    const std::string signature = key.public_key() + "\n" + key.sign(manifest) + "\n";
    if (const Status added = folder.add("manifest.sig", signature); !added) return added;
    return folder.commit();
}

Ended snapshot(const SnapshotOptions& options) {
    Ended ended = Ended::Ok;
    const auto input = load_evaluation_input(options.evaluation, ended);
    if (!input) return ended;
    const auto keys = load_server_keys(options.evaluation.data);
    if (!keys) return end_with(Ended::Environment, keys.error().message);
    std::int64_t responses = 0;
    const Status written = write_snapshot(options, *input, keys->receipts, responses);
    if (!written)
        return end_with(
            written.error().code == ErrorCode::Conflict ? Ended::BadInput : Ended::Environment,
            written.error().message);
    std::cout << fmt::format("{} responses, signed by {}\n", responses,
                             keys->receipts.public_key());
    return end_after_output();
}

}  // namespace

void add_snapshot(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand(
        "snapshot", "writes all figures with what they were computed from, signed");
    auto options = std::make_shared<SnapshotOptions>();
    add_evaluation_options(*command, options->evaluation);
    command->add_option("--out", options->out, "a folder that is not there yet")->required();
    command->callback([options, &chosen] { chosen = [options] { return snapshot(*options); }; });
}

}  // namespace machikoe
