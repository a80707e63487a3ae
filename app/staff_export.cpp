#include "app/staff_export.h"

#include <spdlog/spdlog.h>
#include <sys/statvfs.h>

#include <sstream>

#include "app/base/file.h"

namespace machikoe {
namespace {

/// The table of mounts writes a space as \040 and the like.
std::string unescaped(const std::string& text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool octal =
            text[i] == '\\' && i + 3 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '3';
        plain += octal ? static_cast<char>(std::stoi(text.substr(i + 1, 3), nullptr, 8)) : text[i];
        if (octal) i += 3;
    }
    return plain;
}

/// Why writing there failed, as far as the file system tells.
ExportResult reason_for(const std::filesystem::path& folder, std::size_t bytes) {
    struct statvfs system {};
    if (::statvfs(folder.c_str(), &system) != 0) return ExportResult::NoStick;
    if ((system.f_flag & ST_RDONLY) != 0) return ExportResult::ReadOnly;
    if (static_cast<std::uint64_t>(system.f_bavail) * system.f_frsize < bytes)
        return ExportResult::Full;
    return ExportResult::Failed;
}

}  // namespace

std::vector<std::string> sticks_in(const std::string& mounts, const std::filesystem::path& given) {
    std::vector<std::string> found;
    std::error_code ec;
    if (!given.empty() && std::filesystem::is_directory(given, ec)) found.push_back(given.string());
    std::istringstream lines(mounts);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string device, folder;
        words >> device >> folder;
        folder = unescaped(folder);
        if (folder.starts_with("/media/") || folder.starts_with("/run/media/"))
            found.push_back(folder);
    }
    return found;
}

ExportNews write_bundle(const BundleFile& bundle, const std::filesystem::path& folder) {
    if (bundle.bytes.empty()) return {ExportResult::NothingWaits, 0, ""};
    // A stick that was pulled leaves an empty folder or none: writing into the folder of the
    // mount would fill the kiosk's own disk.
    std::error_code ec;
    if (!std::filesystem::is_directory(folder, ec)) return {ExportResult::NoStick, 0, ""};
    const std::filesystem::path file = folder / bundle.name;
    if (const Status written = replace_file(file, bundle.bytes); !written) {
        const ExportResult why = reason_for(folder, bundle.bytes.size());
        spdlog::error("export: {}", written.error().message);
        return {why, 0, ""};
    }
    const auto back = load_file(file, bundle.bytes.size());
    if (!back || *back != bundle.bytes) {
        spdlog::error("export: {}: does not read as it was written", file.string());
        return {ExportResult::Failed, 0, ""};
    }
    return {ExportResult::Done, bundle.responses, bundle.name};
}

}  // namespace machikoe
