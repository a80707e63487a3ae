#include "sync/commands/verify.h"

#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/base/file.h"
#include "sync/commands/snapshot_folder.h"
#include "sync/seal/server_keys.h"

namespace machikoe {
namespace {

namespace fs = std::filesystem;

class Verification {
  public:
    Verification(StoreLocation location, fs::path folder)
        : location_(std::move(location)), folder_(std::move(folder)) {}
    Ended run();

  private:
    /// Something that an auditor must see.
    void differs(const std::string& what) {
        std::cout << "differs: " << what << "\n";
        ++differences_;
    }
    Status load();
    Status read_answers();
    void check_signature();
    void check_files();
    void compare();
    void compare_lines(const std::string& name, const std::string& then, const std::string& now);
    void next_id();

    StoreLocation location_;
    fs::path folder_;
    Manifest manifest_;
    EvaluationInput input_;
    std::unique_ptr<EvaluationCounter> counter_;
    AnswerDigest digest_;
    std::ifstream ids_;
    std::string id_, hash_;  // the snapshot's next answer, as bytes; "" after the last
    std::int64_t missing_ = 0, changed_ = 0, later_ = 0;
    int differences_ = 0;
};

Status Verification::load() {
    auto manifest = read_manifest(folder_);
    if (!manifest) return tl::unexpected<Error>(manifest.error());
    manifest_ = std::move(*manifest);
    auto files = load_pack_files(folder_ / "pack");
    if (!files) return tl::unexpected<Error>(files.error());
    auto pack = parse_pack(*files);
    if (!pack) return fail(ErrorCode::Invalid, "pack/" + to_string(pack.error().front()));
    input_.loaded = std::make_unique<LoadedPack>(LoadedPack{std::move(*files), std::move(*pack)});
    if (const auto text = load_file(folder_ / "ward.yaml")) {
        auto ward = parse_ward_data("ward.yaml", *text, input_.pack());
        if (!ward) return fail(ErrorCode::Invalid, to_string(ward.error().front()));
        input_.ward = std::move(*ward);
    }
    input_.rules = manifest_.rules;
    return {};
}

void Verification::check_signature() {
    if (!manifest_.is_signed) return differs("the signature is not one of this manifest");
    const auto keys = load_server_keys(location_.folder);
    if (keys && keys->receipts.public_key() == manifest_.signing_key)
        std::cout << "signed by this server\n";
    else
        differs("signed by another key than this server's: " + manifest_.signing_key);
}

void Verification::check_files() {
    for (const auto& [name, sha256] : manifest_.files) {
        // A name from a file: it must not lead out of the folder.
        if (name.find("..") != std::string::npos || name.starts_with('/')) {
            differs("the manifest names a file outside the snapshot");
            continue;
        }
        const auto found = sha256_of_file(folder_ / name);
        if (!found)
            differs(name + " is not there");
        else if (*found != sha256)
            differs(name + " was changed after it was signed");
    }
    if (input_.pack().hash != manifest_.pack_hash)
        differs("the pack in the snapshot is not the one that the manifest names");
    if (manifest_.software != "machikoe " MACHIKOE_VERSION)
        std::cout << "computed by " << manifest_.software
                  << ", recomputed by machikoe " MACHIKOE_VERSION "\n";
}

void Verification::next_id() {
    std::string entry(kAnswerIdBytes, '\0');
    ids_.read(entry.data(), static_cast<std::streamsize>(entry.size()));
    const bool whole = ids_.gcount() == static_cast<std::streamsize>(entry.size());
    id_ = whole ? entry.substr(0, 16) : "";
    hash_ = whole ? entry.substr(16) : "";
}

/// Both are in the order of ids: one pass, and memory does not grow.
Status Verification::read_answers() {
    auto store = open_store(location_, StoreMode::ReadOnly);
    if (!store) return tl::unexpected<Error>(store.error());
    input_.store = std::move(*store);
    counter_ = std::make_unique<EvaluationCounter>(input_.pack(), input_.ward, input_.rules);
    ids_.open(folder_ / "answers.ids", std::ios::binary);
    next_id();
    const Status read =
        for_each_of_this_version(input_, [&](const std::string& id, const Response& response) {
            const std::string bytes = bytes_of_hex(id);
            for (; !id_.empty() && id_ < bytes; next_id()) ++missing_;
            if (id_ != bytes) return ++later_, Status{};
            counter_->add(response);
            if (bytes_of_hex(digest_.add(id, response)) != hash_) ++changed_;
            next_id();
            return Status{};
        });
    for (; !id_.empty(); next_id()) ++missing_;
    return read;
}

void Verification::compare_lines(const std::string& name, const std::string& then,
                                 const std::string& now) {
    std::istringstream before(then), after(now);
    std::string was, is;
    int shown = 0, count = 0;
    while (true) {
        const bool has_was = static_cast<bool>(std::getline(before, was));
        const bool has_is = static_cast<bool>(std::getline(after, is));
        if (!has_was && !has_is) break;
        if (has_was && has_is && was == is) continue;
        ++count;
        if (++shown <= 20)
            std::cout << fmt::format("  {}\n    snapshot:   {}\n    recomputed: {}\n", name,
                                     has_was ? was : "(nothing)", has_is ? is : "(nothing)");
    }
    if (count > 0) differs(fmt::format("{}: {} lines", name, count));
}

void Verification::compare() {
    if (missing_ > 0)
        differs(
            fmt::format("{} responses of the snapshot are not in the database any more", missing_));
    if (changed_ > 0)
        differs(fmt::format("{} responses say something else than at the snapshot", changed_));
    if (later_ > 0)
        std::cout << fmt::format("{} responses came since; they are in no figure here\n", later_);
    if (missing_ == 0 && changed_ == 0 && digest_.hex() != manifest_.answers_digest)
        differs("the digest of the answers");
    const auto now = figure_files(input_, counter_->evaluate());
    for (const auto& [name, text] : now) {
        const auto then = load_file(folder_ / name);
        compare_lines(name, then.value_or(""), text);
    }
    if (differences_ == 0) return;
    if (missing_ + changed_ > 0)
        std::cout << "why: the answers are not the same any more\n";
    else if (manifest_.software != "machikoe " MACHIKOE_VERSION)
        std::cout << "why: perhaps the software, which is another version\n";
    else
        std::cout << "why: the snapshot's own files are not what was signed\n";
}

Ended Verification::run() {
    if (const Status loaded = load(); !loaded)
        return end_with(Ended::BadInput, folder_.string() + ": " + loaded.error().message);
    check_signature();
    check_files();
    if (const Status read = read_answers(); !read)
        return end_with(Ended::Environment, read.error().message);
    compare();
    if (differences_ == 0)
        std::cout << fmt::format(
            "{} responses, every figure of {} recomputed and the same to the last digit\n",
            digest_.count(), manifest_.created);
    const Ended ended = end_after_output();
    return differences_ > 0 && ended == Ended::Ok ? Ended::NeedsCare : ended;
}

}  // namespace

Ended verify_snapshot(const StoreLocation& location, const std::string& snapshot) {
    return Verification(location, snapshot).run();
}

}  // namespace machikoe
