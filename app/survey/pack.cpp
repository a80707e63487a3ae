#include "app/survey/pack.h"

#include <algorithm>

#include "app/base/crypto.h"
#include "app/base/file.h"
#include "app/plan/plan_reader.h"
#include "app/survey/survey_reader.h"

namespace machikoe {
namespace {

constexpr std::uintmax_t kLargestPack = 8u << 20;

constexpr std::string_view kFiles[] = {kPackFile,     kPolicyFile, kIssuesFile,
                                       kGlossaryFile, kSurveyFile, kIndicatorsFile};

std::string hash_of(const PackFiles& files) {
    std::string canonical;
    for (const auto& [name, bytes] : files) {
        canonical += name;
        canonical += '\0';
        canonical += std::to_string(bytes.size());
        canonical += '\0';
        canonical += bytes;
    }
    return sha256_hex(canonical);
}

std::uintmax_t size_of(const PackFiles& files) {
    std::uintmax_t size = 0;
    for (const auto& [name, bytes] : files) size += bytes.size();
    return size;
}

/// Reads the files in the order in which they refer to each other.
class PackReader {
  public:
    explicit PackReader(const PackFiles& files) : files_(files) {}

    tl::expected<Pack, PackFaults> read() {
        check_names();
        if (size_of(files_) > kLargestPack) {
            faults_.push_back({std::string(kPackFile), 0, "the pack is larger than 8 MiB"});
            return tl::unexpected(std::move(faults_));
        }
        read_all();
        if (!faults_.empty()) return tl::unexpected(std::move(faults_));
        pack_.hash = hash_of(files_);
        return std::move(pack_);
    }

  private:
    void check_names() {
        for (const std::string_view name : kFiles) {
            if (!files_.contains(std::string(name)))
                faults_.push_back({std::string(name), 0, "is missing"});
        }
        for (const auto& [name, bytes] : files_) {
            if (std::ranges::find(kFiles, name) == std::end(kFiles))
                faults_.push_back({name, 0, "is no file of a pack"});
        }
    }

    std::optional<YamlNode> root_of(std::string_view name) {
        const auto found = files_.find(std::string(name));
        if (found == files_.end()) return std::nullopt;
        return parse_yaml(found->first, found->second, faults_);
    }

    YamlContext context_of(std::string_view name) {
        return {.file = std::string(name), .languages = languages_, .faults = &faults_};
    }

    using ReadPlan = void (*)(const YamlContext&, const YamlNode&, Plan&);
    std::optional<YamlNode> read_plan(std::string_view name, ReadPlan read_file) {
        auto root = root_of(name);
        if (!root) return std::nullopt;
        if (name == kPackFile) languages_ = read_languages(*root);
        read_file(context_of(name), *root, pack_.plan);
        return root;
    }

    void read_all() {
        read_plan(kPackFile, read_pack);
        read_plan(kPolicyFile, read_policy);
        const bool has_issues = read_plan(kIssuesFile, read_issues).has_value();
        const bool has_glossary = read_plan(kGlossaryFile, read_glossary).has_value();
        // Without what they refer to, every reference would be one more fault.
        if (!has_issues || !has_glossary) return;
        const auto survey = root_of(kSurveyFile);
        if (survey) read_survey(context_of(kSurveyFile), *survey, pack_.plan, pack_.survey);
        const auto indicators = read_plan(kIndicatorsFile, read_indicators);
        if (survey && indicators)
            check_indicator_questions(context_of(kIndicatorsFile), *indicators, pack_.plan,
                                      pack_.survey);
    }

    const PackFiles& files_;
    PackFaults faults_;
    std::vector<Language> languages_;
    Pack pack_;
};

constexpr std::size_t kMostFaultsInLog = 100;

Error joined(const PackFaults& faults) {
    std::string message;
    for (std::size_t i = 0; i < std::min(faults.size(), kMostFaultsInLog); ++i) {
        if (!message.empty()) message += '\n';
        message += to_string(faults[i]);
    }
    if (faults.size() > kMostFaultsInLog)
        message += "\nand " + std::to_string(faults.size() - kMostFaultsInLog) + " more";
    return {ErrorCode::Invalid, std::move(message)};
}

}  // namespace

Result<PackFiles> load_pack_files(const std::filesystem::path& folder) {
    namespace fs = std::filesystem;
    std::error_code ec;
    fs::directory_iterator entries(folder, ec);
    if (ec) return fail(ErrorCode::NotFound, folder.string() + ": no such folder");
    PackFiles files;
    std::uintmax_t left = kLargestPack;
    for (; entries != fs::directory_iterator(); entries.increment(ec)) {
        // Not through a link: it could lead anywhere, and would not travel with the folder.
        const fs::path& path = entries->path();
        if (path.extension() != ".yaml" || !fs::is_regular_file(entries->symlink_status(ec)))
            continue;
        auto bytes = load_file(path, left);
        if (!bytes && bytes.error().code == ErrorCode::Invalid)
            return fail(ErrorCode::Invalid, folder.string() + ": larger than 8 MiB in all");
        if (!bytes) return tl::unexpected(bytes.error());
        left -= bytes->size();
        files.emplace(path.filename().string(), *std::move(bytes));
    }
    if (ec) return fail(ErrorCode::Unavailable, folder.string() + ": " + ec.message());
    return files;
}

tl::expected<Pack, std::vector<PackFault>> parse_pack(const PackFiles& files) {
    return PackReader(files).read();
}

Result<Pack> load_pack(const std::filesystem::path& folder) {
    const auto files = load_pack_files(folder);
    if (!files) return tl::unexpected(files.error());
    auto pack = parse_pack(*files);
    if (!pack) return tl::unexpected(joined(pack.error()));
    std::error_code ec;
    const auto name = std::filesystem::canonical(folder, ec).filename().string();
    if (name != pack->plan.id)
        return fail(ErrorCode::Invalid, to_string({std::string(kPackFile), 0,
                                                   "'id' is not the folder's name, " + name}));
    return *std::move(pack);
}

}  // namespace machikoe
