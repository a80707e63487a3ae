#include "sync/commands/common.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <iostream>

#include "app/base/file.h"

namespace machikoe {
namespace {

/// "id equals the folder's name" (docs/pack.md): only who knows the folder can tell.
std::optional<PackFault> name_fault(const std::filesystem::path& folder, const Pack& pack) {
    std::error_code ec;
    const std::string name = std::filesystem::canonical(folder, ec).filename().string();
    if (ec || name == pack.plan.id) return std::nullopt;
    return PackFault{
        "pack.yaml", 0,
        fmt::format("id '{}' differs from the folder's name '{}'", pack.plan.id, name)};
}

}  // namespace

Ended end_with(Ended ended, std::string_view message) {
    std::string line(message);
    std::replace(line.begin(), line.end(), '\n', ' ');
    std::cout.flush();
    fmt::print(stderr, "machikoe: {}\n", line);
    return ended;
}

Ended end_after_output() {
    std::cout.flush();
    if (std::cout && std::fflush(stdout) == 0) return Ended::Ok;
    return end_with(Ended::Environment, "standard output cannot be written");
}

Result<PackReading> read_pack(const std::filesystem::path& folder) {
    PackReading reading;
    Result<PackFiles> files = load_pack_files(folder);
    if (!files) return tl::unexpected<Error>(files.error());
    reading.files = std::move(*files);
    auto parsed = parse_pack(reading.files);
    if (!parsed) {
        reading.faults = std::move(parsed.error());
    } else if (const auto fault = name_fault(folder, *parsed)) {
        reading.faults.push_back(*fault);
    } else {
        reading.pack = std::move(*parsed);
    }
    return reading;
}

std::unique_ptr<LoadedPack> load_pack_for(const std::filesystem::path& folder, Ended& ended) {
    Result<PackReading> reading = read_pack(folder);
    if (!reading) {
        const bool operators = reading.error().code == ErrorCode::Unavailable;
        ended = end_with(operators ? Ended::Environment : Ended::BadInput,
                         "pack: " + reading.error().message);
        return nullptr;
    }
    if (reading->pack)
        return std::make_unique<LoadedPack>(
            LoadedPack{std::move(reading->files), std::move(*reading->pack)});
    std::string message = "pack: " + to_string(reading->faults.front());
    if (const std::size_t others = reading->faults.size() - 1; others > 0)
        message += fmt::format(" (and {} more; see: machikoe check {})", others, folder.string());
    ended = end_with(Ended::BadInput, message);
    return nullptr;
}

void add_data_options(CLI::App& command, std::string& data, std::string& database) {
    command.add_option("--data", data, "folder of keys/ and server.db")->required();
    // The message must not repeat what may hold a password.
    const auto is_url = [](const std::string& text) {
        return parse_store_location(text).url.empty() ? "must begin with postgresql://" : "";
    };
    command
        .add_option("--database", database,
                    "PostgreSQL in place of server.db: postgresql://USER@HOST/NAME?sslmode=… "
                    "(docs/store.md); the password from PGPASSWORD or ~/.pgpass")
        ->check(is_url);
}

std::unique_ptr<Store> open_store_for(const StoreLocation& location, StoreMode mode) {
    Result<std::unique_ptr<Store>> store = open_store(location, mode);
    if (store) return std::move(*store);
    end_with(Ended::Environment, "database: " + store.error().message);
    return nullptr;
}

Result<std::string> passphrase_in(const std::filesystem::path& file) {
    constexpr std::size_t kMaxBytes = 4096;
    Result<std::string> text = load_file(file, kMaxBytes);
    if (!text) return text;
    text->resize(std::min(text->find_first_of("\r\n"), text->size()));
    if (text->empty())
        return fail(ErrorCode::Invalid, file.string() + ": no passphrase in its first line");
    return text;
}

StagingFolder::StagingFolder(std::filesystem::path path) : path_(std::move(path)) {
    if (::mkdir(path_.c_str(), 0700) != 0) {
        const std::error_code ec(errno, std::generic_category());
        made_ = fail(ErrorCode::Unavailable, path_.string() + ": " + ec.message());
    }
}

StagingFolder::~StagingFolder() {
    std::error_code ec;
    if (made_) std::filesystem::remove_all(path_, ec);
}

std::string hour_of(Milliseconds wall) {
    const DayHour when = day_hour_in_japan(wall);
    return fmt::format("{} {:02}h", when.day, when.hour);
}

}  // namespace machikoe
